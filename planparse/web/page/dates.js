// The year of each plan with what speaks for it, to be chosen where it is open; then every time in the text.

import { button, icon, make, tied } from "./dom.js";
import { say } from "./words.js";

const OPEN = ["year_open", "year_likely", "year_candidates"]; // by how many candidates there are
const MOST = 8; // so many candidates are offered

/** Fills the panel; `settle` takes a year (null: find out) and the first day of week 1. */
export function dates(panel, given, { settle }) {
  const { dates: times, years, places, input } = given;
  for (const year of years) panel.append(yearOf(year, given, settle));
  panel.append(own(input, settle));
  if (times.length === 0) {
    panel.append(make("p", { class: "empty" }, say("dates_none")));
    return;
  }
  const rows = times.map(time => make("tr", { data: tied(places.codes(time)) },
    make("td", { "data-head": say("time") }, make("b", {}, time.text.replace(/\s+/g, " ")), make("small", {}, say("line", { n: time.line }))),
    make("td", { "data-head": say("days"), class: "days" }, time.days),
    make("td", { "data-head": say("why") }, make("span", { class: "pale" }, time.because))));
  const heads = ["time", "days", "why"].map(name => make("th", { scope: "col" }, say(name)));
  panel.append(make("table", { class: "grid" }, make("caption", {}, say("times_of", { count: times.length })), make("thead", {}, make("tr", {}, heads)), make("tbody", {}, rows)));
}

/** Years among which a plan's is open, the likeliest ones. */
function choices(year, today = new Date().getFullYear()) {
  const near = year.candidates.length ? year.candidates : [today - 1, today, today + 1];
  return [...near].sort((a, b) => Math.abs(a - today) - Math.abs(b - today)).slice(0, MOST);
}

function yearOf(year, { places, input }, settle) {
  const open = year.value === null;
  const told = open ? say(OPEN[Math.min(year.candidates.length, 2)], { year: year.candidates[0] }) : say(input.year ? "year_given" : "year_is", { year: year.value });
  const card = make("section", { class: open ? "year open" : "year" }, make("h3", {}, make("span", { class: "big" }, told), make("small", {}, year.title ?? say("untitled"))));
  if (open) card.append(yearButtons([year], settle));
  const clues = grouped(year.evidence);
  if (clues.length) {
    const list = clues.map(({ clue, count }) => {
      const side = clue.agrees === null ? "told" : clue.agrees ? "for" : "against";
      return make("li", { class: side, data: tied(places.of(clue)) }, icon(side === "against" ? "close" : "mend"),
        make("span", {}, make("span", { class: "unseen" }, say("clue_" + side) + say("colon")), clue.name + say("colon"), make("b", {}, clue.text.replace(/\s+/g, " ")), count > 1 ? make("small", {}, " " + say("more_places", { count: count - 1 })) : null));
    });
    card.append(make("h4", {}, say("evidence")), make("ul", { class: "clues" }, list));
  }
  return card;
}

/** Witnesses of one kind that say the same, together; those against the year come first. */
function grouped(evidence) {
  const groups = new Map();
  for (const clue of evidence) {
    const key = JSON.stringify([clue.kind, clue.agrees]), group = groups.get(key) ?? { clue, count: 0 };
    group.count++;
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => Number(b.clue.agrees === false) - Number(a.clue.agrees === false));
}

/** A button for each year that an open one could be. */
export function yearButtons(open, settle) {
  const years = [...new Set(open.flatMap(year => choices(year)))].sort((a, b) => a - b);
  const buttons = years.map(year => button(String(year), () => settle({ year }), { class: "year-choice" }));
  return make("span", { class: "years", role: "group", "aria-label": say("choose_year") }, buttons);
}

/** Year and first day of the term as the user knows them. */
function own(input, settle) {
  const year = make("input", { type: "number", min: 1949, max: 2100, step: 1, id: "own-year", value: input.year ?? "" });
  const term = make("input", { type: "date", id: "own-term", value: input.term_start ?? "" });
  const form = make("form", { class: "own" },
    make("label", { for: "own-year" }, say("own_year"), year), make("label", { for: "own-term" }, say("own_term"), term),
    make("button", { type: "submit" }, say("apply")),
    input.year || input.term_start ? button(say("find_out"), () => settle({ year: null, term_start: null }), { class: "quiet" }) : null);
  form.addEventListener("submit", event => {
    event.preventDefault();
    settle({ year: year.value ? Number(year.value) : null, term_start: term.value || null });
  });
  return form;
}
