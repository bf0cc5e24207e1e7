// The page's beginning: what is shown, and what the user's acts lead to.

import { Refused, post } from "./api.js";
import { Comparing } from "./compare.js";
import { dates, yearButtons } from "./dates.js";
import { byId, button, icon, make } from "./dom.js";
import { downloads } from "./downloads.js";
import { example } from "./example.js";
import { counts, findings } from "./findings.js";
import { changed, ofFile, ofText, ofTransfer } from "./given.js";
import { json } from "./json.js";
import { Link } from "./link.js";
import { notices } from "./notices.js";
import { outline } from "./outline.js";
import { Places } from "./places.js";
import { promises } from "./promises.js";
import { schedule } from "./schedule.js";
import { SourceView } from "./source.js";
import { Steps } from "./steps.js";
import { Tabs } from "./tabs.js";
import { say, speak, spoken } from "./words.js";

const TABS = ["outline", "findings", "schedule", "promises", "dates", "json"];
const { tell, fails, busy } = notices();
const steps = new Steps();
let shown = null; // what the panes show: the server's answer, its input, and its places
let starting = true; // whether the place to paste into is shown
let saved = null; // the step that was last taken away as a file
let known = { read: [], write: [] }; // the formats that the server knows

// -- reading and mending ---------------------------------------------------------------------------------------

/** A step: an input and what the server says of it; `own` is what the user has done to it. */
async function parsed(input, own = false) {
  const lang = spoken();
  return { input, lang, own, answer: await post("parse", { input, lang }) };
}
async function begin(input) {
  if (!input) return;
  await attempt(async () => {
    const step = await parsed(input);
    starting = false;
    steps.add(step);
    byId("title").focus({ preventScroll: true });
    scrollTo(0, 0);
  });
}
async function attempt(work) {
  try {
    return await busy(work());
  } catch (error) {
    fails(error);
  }
}
function onward(input) {
  return attempt(async () => steps.add(await parsed(input, true)));
}
async function mend({ code = null, at = null, unsafe = false }) {
  const here = document.activeElement.closest(".finding")?.id;
  await attempt(async () => {
    const { input } = steps.now, lang = spoken();
    const { text, applied, refused } = await post("fix", { input, lang, code, at, unsafe });
    const count = applied.reduce((sum, made) => sum + (made.count ?? 1), 0);
    const words = [count ? say("mended", { count }) : say("mended_none"), refused.length ? say("refused", { count: refused.length }) : ""].join(" ");
    if (count) steps.add(await parsed(changed(input, { text, html: null, data: null, name: asText(input) }), true));
    if (here) (byId(here) ?? [...document.querySelectorAll(".finding")].at(-1) ?? byId("panel-findings")).focus();
    tell(words, count ? button(say("undo").replace(/[（(].*/, ""), () => steps.undo()) : null);
  });
}
// Markdown stays what it is; all else goes on as plain text.
const asText = input => (/\.(txt|md|markdown)$/i.test(input.name) ? input.name : input.name.replace(/\.[^.]*$/, "") + ".txt");
function settle(values) {
  return onward(changed(steps.now.input, values));
}

// -- the panes ---------------------------------------------------------------------------------------------------

const source = new SourceView(byId("source"));
const tabs = new Tabs(byId("tabs"), byId("panels"), TABS, (name, panel) => {
  const fill = { outline, findings, schedule, promises, dates, json }[name];
  fill(panel, shown, { mend, settle, tell });
});
const link = new Link(source, byId("source"), byId("panels"), {
  toSource: () => front("source"),
  toFinding: number => {
    front("side");
    tabs.choose("findings");
    const entry = byId("finding-" + number);
    entry?.scrollIntoView({ block: "center" });
    entry?.focus({ preventScroll: true });
  },
});
const drawFormats = downloads({
  asked: () => ({ input: steps.now.input, lang: spoken() }),
  lacks: form => known.write.find(({ format, ready }) => format === form && !ready)?.needs,
  taken: () => (saved = steps.now),
  fails,
});

function front(pane) {
  byId("panes").dataset.shown = pane;
  for (const name of ["source", "side"]) byId("show-" + name).setAttribute("aria-pressed", String(name === pane));
}

function draw() {
  const step = steps.now;
  byId("start").hidden = !starting;
  byId("work").hidden = starting;
  byId("back").hidden = step === null;
  byId("undo").disabled = !steps.canUndo;
  byId("redo").disabled = !steps.canRedo;
  editing(false);
  if (!step || starting) {
    document.title = "planparse " + say("brand");
    return;
  }
  if (step.lang !== spoken()) return attempt(async () => steps.replace(await parsed(step.input, step.own)));
  const { answer, input } = step, places = new Places(answer.text), fresh = !shown || shown.name !== answer.name;
  shown = { ...answer, input, places };
  const plans = answer.document.plans, title = plans[0]?.title ?? plans[0]?.mark ?? say("title_none");
  byId("title").textContent = title;
  document.title = `${title} – planparse`;
  byId("facts").replaceChildren(...facts(answer));
  byId("kind").textContent = say(answer.editable ? "kind_text" : "kind_other");
  byId("edit").hidden = !answer.editable;
  const safe = answer.findings.filter(finding => finding.fix?.safety === "safe").length, all = byId("mend-all");
  all.hidden = safe === 0;
  all.querySelector("span").textContent = say("mend_all", { count: safe });
  all.setAttribute("aria-label", say("mend_all_label", { count: safe }));
  const open = answer.years.filter(year => year.value === null), bar = byId("open-year");
  bar.hidden = open.length === 0;
  bar.replaceChildren(icon("date"), make("span", {}, say(open.some(year => year.candidates.length) ? "open_year_choice" : "open_year")), yearButtons(open, settle));
  source.show(places, answer.findings, { fresh });
  tabs.refresh({ findings: answer.findings.length || "", promises: answer.promises.length || "", dates: answer.dates.length || "" }, { fresh });
  if (document.activeElement === document.body) byId("title").focus({ preventScroll: true });
}

function facts(answer) {
  const { error, warning, information } = counts(answer.findings), worst = error ? "error" : warning ? "warning" : information ? "information" : "good";
  const plans = answer.document.plans, [year] = answer.years;
  const pill = (kind, name, words, tab) => button([icon(name), words], () => { front("side"); tabs.choose(tab); byId("tab-" + tab).focus(); }, { class: "pill " + kind });
  return [
    pill(worst, worst === "good" ? "mend" : worst, answer.findings.length ? say("findings_pill", { count: answer.findings.length }) : say("findings_pill_none"), "findings"),
    year ? pill(year.value === null ? "warning" : "plain", "date", year.value === null ? say("year_pill_open") : say("year_pill", { year: year.value }), "dates") : null,
    plans.length > 1 ? make("span", {}, say("plans_of", { count: plans.length })) : null,
    make("span", { class: "name" }, answer.name),
    make("span", {}, say("characters", { count: answer.document.source.characters })),
    answer.milliseconds === undefined ? null : make("span", {}, say("time_taken", { n: Math.ceil(answer.milliseconds) })),
  ].filter(Boolean);
}

// -- what the user does ------------------------------------------------------------------------------------------

const comparing = new Comparing({ language: spoken, busy, fails });
const inCompare = () => !byId("compare").hidden;

function mode(name) {
  byId("read").hidden = name !== "read";
  byId("compare").hidden = name !== "compare";
  for (const other of ["read", "compare"]) byId("mode-" + other).setAttribute("aria-pressed", String(other === name));
  if (name === "compare") comparing.offer(steps.now?.input);
}
function editing(on) {
  byId("draft").hidden = !on;
  byId("source").hidden = on;
  byId("edit").setAttribute("aria-pressed", String(on));
  byId("edit").querySelector("span").textContent = say(on ? "edit_done" : "edit");
}
function edit() {
  const draft = byId("draft");
  if (draft.hidden) {
    const top = byId("source").scrollTop;
    draft.value = shown.text;
    editing(true);
    draft.focus();
    draft.setSelectionRange(0, 0);
    draft.scrollTop = top;
  } else if (draft.value === shown.text.replace(/\r\n?/g, "\n")) editing(false);
  else onward(changed(steps.now.input, { text: draft.value, html: null, data: null, name: asText(steps.now.input) }));
}
function language(name) {
  speak(name);
  try {
    localStorage.setItem("lang", spoken());
  } catch { /* the browser keeps nothing; the page speaks all the same */ }
  byId("language").textContent = say("other_language");
  byId("language").lang = say("other_language_code");
  drawFormats();
  comparing.draw();
  readable();
  draw();
}
function readable() {
  const suffixes = known.read.filter(form => form.ready).flatMap(form => form.suffixes);
  byId("file").accept = suffixes.join(",");
  const names = ["docx", "xlsx", "pdf", "html", "md", "txt", "csv"].filter(name => suffixes.includes("." + name));
  byId("readable").textContent = names.length ? say("readable", { formats: names.join(say("comma")) }) : "";
}

const paste = byId("paste");
paste.addEventListener("input", () => (byId("go").disabled = !paste.value.trim()));
byId("go").addEventListener("click", () => begin(ofText(paste.value)));
byId("choose").addEventListener("click", () => byId("file").click());
byId("file").addEventListener("change", async event => {
  const [file] = event.target.files;
  event.target.value = "";
  if (file) begin(await ofFile(file));
});
byId("example").addEventListener("click", () => begin(ofText(example, say("example_name") + ".txt")));
byId("new").addEventListener("click", () => {
  paste.value = "";
  byId("go").disabled = true;
  start(true);
  paste.focus();
});
byId("back").addEventListener("click", () => start(false));
function start(state) {
  starting = state;
  draw();
}
byId("undo").addEventListener("click", () => steps.undo());
byId("redo").addEventListener("click", () => steps.redo());
byId("mend-all").addEventListener("click", () => mend({}));
byId("edit").addEventListener("click", edit);
byId("language").addEventListener("click", () => language(spoken() === "zh" ? "en" : "zh"));
for (const name of ["read", "compare"]) byId("mode-" + name).addEventListener("click", () => mode(name));
for (const name of ["source", "side"]) byId("show-" + name).addEventListener("click", () => front(name));
steps.addEventListener("change", draw);

document.addEventListener("paste", async event => {
  const { target, clipboardData: transfer } = event;
  if (target.closest?.("input, #draft") || !transfer) return;
  if (target === paste && paste.value.trim()) return; // someone is writing there
  event.preventDefault();
  // The clipboard is empty as soon as its event has ended: what is in it is taken before anything is waited for.
  if (inCompare()) comparing.take(transfer, target).catch(fails);
  else begin(await ofTransfer(transfer));
});
let over = 0;
const hasFiles = event => [...(event.dataTransfer?.types ?? [])].some(type => type === "Files" || type.startsWith("text/"));
addEventListener("dragenter", event => {
  if (hasFiles(event)) byId("dropping").hidden = ++over === 0;
});
addEventListener("dragleave", () => {
  over = Math.max(0, over - 1);
  byId("dropping").hidden = over === 0;
});
addEventListener("dragover", event => event.preventDefault());
addEventListener("drop", async event => {
  event.preventDefault();
  over = 0;
  byId("dropping").hidden = true;
  if (inCompare()) comparing.take(event.dataTransfer, event.target).catch(fails);
  else begin(await ofTransfer(event.dataTransfer));
});
addEventListener("beforeunload", event => steps.now?.own && steps.now !== saved && event.preventDefault());
addEventListener("keydown", event => {
  if (event.target === paste && event.key === "Enter" && (event.ctrlKey || event.metaKey)) byId("go").click();
  if (!(event.ctrlKey || event.metaKey) || event.altKey || starting || inCompare() || event.target.closest("input, textarea, select")) return;
  const key = event.key.toLowerCase();
  if (key === "z" && !event.shiftKey) steps.undo();
  else if (key === "y" || (key === "z" && event.shiftKey)) steps.redo();
  else return;
  event.preventDefault();
});

// -- the start ---------------------------------------------------------------------------------------------------

let asked = new URLSearchParams(location.search).get("lang");
try {
  asked ??= localStorage.getItem("lang");
} catch { /* Chinese, then */ }
front("side");
mode("read");
language(asked ?? "zh");
paste.focus();
try {
  known = await post("formats", { lang: spoken() });
  readable();
  drawFormats();
} catch (error) {
  if (error instanceof Refused) fails(error);
  else throw error;
}
