// What stands above the panes: the plan's title, how it fares, and the year where it is open.

import { yearButtons } from "./dates.js";
import { button, byId, icon, make } from "./dom.js";
import { counts } from "./findings.js";
import { say } from "./words.js";

/** Writes it; `open` goes to a tab, `settle` takes a year. */
export function head(answer, { open, settle }) {
  const plans = answer.document.plans, title = plans[0]?.title ?? plans[0]?.mark ?? say("title_none");
  byId("title").textContent = title;
  document.title = `${title} – planparse`;
  byId("facts").replaceChildren(...facts(answer, open));
  byId("kind").textContent = say(answer.editable ? "kind_text" : "kind_other");
  byId("edit").hidden = !answer.editable;
  const safe = answer.findings.filter(finding => finding.fix?.safety === "safe").length, all = byId("mend-all");
  all.hidden = safe === 0;
  all.querySelector("span").textContent = say("mend_all", { count: safe });
  all.setAttribute("aria-label", say("mend_all_label", { count: safe }));
  const years = answer.years.filter(year => year.value === null), bar = byId("open-year");
  const told = plans.length > 1 ? "open_years" : years.some(year => year.candidates.length) ? "open_year_choice" : "open_year";
  bar.hidden = years.length === 0;
  bar.replaceChildren(icon("date"), make("span", {}, say(told, { count: years.length })), yearButtons(years, settle));
}

function facts(answer, open) {
  const count = counts(answer.findings), worst = ["error", "warning", "information"].find(severity => count[severity] > 0);
  const plans = answer.document.plans.length, [year] = answer.years;
  const pill = (kind, name, words, tab) => button([icon(name), words], () => open(tab), { class: "pill " + kind });
  const dated = year && (year.value === null ? pill("warning", "date", say("year_pill_open"), "dates") : pill("plain", "date", say("year_pill", { year: year.value }), "dates"));
  return [
    worst ? pill(worst, worst, say("findings_pill", { count: answer.findings.length }), "findings") : pill("good", "mend", say("findings_pill_none"), "findings"),
    dated ?? "",
    plans > 1 ? make("span", {}, say("plans_of", { count: plans })) : "",
    make("span", { class: "name" }, answer.name),
    make("span", {}, say("characters", { count: answer.document.source.characters })),
    make("span", {}, say("time_taken", { n: Math.ceil(answer.milliseconds) })),
  ].filter(Boolean);
}
