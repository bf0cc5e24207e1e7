// What is wrong, in order of the text, with what a fix would change and a button for it.

import { button, icon, make } from "./dom.js";
import { stretch } from "./source.js";
import { say } from "./words.js";

const LONGEST = 24; // so many signs of what is taken out or put in are shown

/** Fills the panel; `mend` takes a rule's code and an offset. */
export function findings(panel, { findings: found, places, editable }, { mend }) {
  if (found.length === 0) {
    panel.append(make("p", { class: "empty good" }, icon("mend"), say("findings_none")));
    return;
  }
  const safe = new Map();
  for (const { code, fix } of found) if (fix?.safety === "safe") safe.set(code, (safe.get(code) ?? 0) + 1);
  if (!editable && found.some(({ fix }) => fix)) panel.append(make("p", { class: "hint" }, say("mends_text")));
  const rows = found.map((finding, number) => {
    const place = stretch(places, finding), tied = place.start < place.end;
    const where = finding.origin ?? (finding.line ? say("line", { n: finding.line }) : say("whole_file"));
    const foot = make("div", { class: "foot" },
      make("span", { class: "pale" }, `${finding.code} ${finding.name}`),
      tied ? make("button", { type: "button", class: "quiet to-source" }, where) : make("span", { class: "pale" }, where));
    if (finding.fix) {
      const risky = finding.fix.safety !== "safe", words = say("mend_this") + say("colon") + finding.fix.message;
      foot.append(button(say(risky ? "mend_risky" : "mend"), () => mend({ code: finding.code, at: finding.start ?? 0, unsafe: risky }), {
        class: risky ? "mend risky" : "mend", "aria-label": words, title: finding.fix.message,
      }));
      const same = safe.get(finding.code);
      if (!risky && same > 1) foot.append(button(say("mend_same", { count: same }), () => mend({ code: finding.code, at: null, unsafe: false }), { class: "mend same", "aria-label": say("mend_same", { count: same }) + say("colon") + finding.code }));
    }
    return make("li", { class: "finding " + finding.severity, id: "finding-" + number, tabindex: -1, data: tied ? { start: place.start, end: place.end } : {} },
      icon(finding.severity),
      make("div", {}, make("p", { class: "message" }, make("span", { class: "unseen" }, say("severity_" + finding.severity) + say("colon")), finding.message), finding.fix ? change(finding.fix, places) : null, foot));
  });
  panel.append(make("ol", { class: "findings" }, rows));
}

/** What a fix changes, at its first place. */
function change(fix, places) {
  const edit = fix.edits[0];
  if (!edit) return null;
  const start = places.unit(edit.start), end = places.unit(edit.end), text = places.text;
  const before = text.slice(text.lastIndexOf("\n", start - 1) + 1, start).slice(-8), after = text.slice(end).split("\n", 1)[0].slice(0, 8);
  return make("p", { class: "change", lang: "zh-CN" }, before,
    start < end ? make("del", {}, plainly(text.slice(start, end))) : null,
    edit.text ? make("ins", {}, plainly(edit.text)) : null, after,
    fix.edits.length > 1 ? make("span", { class: "pale" }, " " + say("more_places", { count: fix.edits.length - 1 })) : null);
}

function plainly(text) {
  const seen = text.replace(/\r?\n/g, "↵").replace(/\t/g, "⇥").replace(/ /g, "␣");
  return seen.length > LONGEST ? seen.slice(0, LONGEST - 1) + "…" : seen;
}

/** How many findings there are of each severity. */
export function counts(found) {
  const count = { error: 0, warning: 0, information: 0 };
  for (const { severity } of found) count[severity]++;
  return count;
}
