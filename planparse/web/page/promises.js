// What the plan promises: what, how much, who, until when. To be searched, filtered and sorted.

import { make, tied } from "./dom.js";
import { say } from "./words.js";

const FILTERS = {
  all: () => true,
  target: row => row.target !== null,
  ownerless: row => row.owners.length === 0,
  undated: row => row.deadline === null,
};
const LAST = "9999"; // what has no day stands last
const ORDERS = {
  text: () => 0,
  due: (a, b) => (a.deadline?.end ?? LAST).localeCompare(b.deadline?.end ?? LAST),
  owner: (a, b) => Number(!a.owners.length) - Number(!b.owners.length) || ownersOf(a).localeCompare(ownersOf(b), "zh"),
};
const ownersOf = row => row.owners.map(owner => owner.text).join("、");

/** Fills the panel. */
export function promises(panel, { promises: rows, places }) {
  if (rows.length === 0) {
    panel.append(make("p", { class: "empty" }, say("promises_none")));
    return;
  }
  let filter = "all", order = "text", asked = "";
  const body = make("tbody", {}), state = make("output", { class: "pale" });
  const draw = () => {
    const wanted = rows.filter(row => FILTERS[filter](row) && (!asked || [row.text, ownersOf(row), ...row.path].join(" ").includes(asked))).sort(ORDERS[order]);
    state.textContent = say("shown_of", { shown: wanted.length, total: rows.length });
    body.replaceChildren(...wanted.map(row => show(row, places)));
  };
  const filters = Object.keys(FILTERS).map(name => make("option", { value: name }, say("filter_" + name)));
  const orders = Object.keys(ORDERS).map(name => make("option", { value: name }, say("order_" + name)));
  const heads = ["promise", "target", "owner", "deadline"].map(name => make("th", { scope: "col" }, say(name)));
  panel.append(
    make("div", { class: "panel-head" },
      make("input", { type: "search", "aria-label": say("search"), placeholder: say("search"), on: { input: event => { asked = event.target.value.trim(); draw(); } } }),
      make("select", { "aria-label": say("filter"), on: { change: event => { filter = event.target.value; draw(); } } }, filters),
      make("select", { "aria-label": say("order"), on: { change: event => { order = event.target.value; draw(); } } }, orders), state),
    make("table", { class: "grid promises" }, make("thead", {}, make("tr", {}, heads)), body));
  draw();
}

function show(row, places) {
  const where = [...row.path, row.number].filter(Boolean).join(" › ");
  const place = row.line ? places.line(row.line) : null;
  const due = row.deadline, days = due?.end ?? null;
  return make("tr", { data: tied(place) },
    make("td", { "data-head": say("promise") }, where ? make("small", {}, where) : null, row.text),
    make("td", { "data-head": say("target") }, row.target ? [make("b", {}, row.target.text), row.target.subject ? make("small", {}, row.target.subject) : null] : none()),
    make("td", { "data-head": say("owner") }, row.owners.length ? row.owners.map(owner => make("div", {}, owner.text, owner.duty === "responsible" ? null : make("small", {}, say("duty_" + owner.duty)))) : none()),
    make("td", { "data-head": say("deadline"), class: "days" }, due ? [days ? make("b", {}, days) : null, make("small", {}, due.text)] : none()));
}

const none = () => make("span", { class: "pale none" }, "—");
