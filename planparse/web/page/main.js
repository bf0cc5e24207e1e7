// The page's beginning: what is shown, and what the user's acts lead to.

import { post } from "./api.js";
import { Comparing } from "./compare.js";
import { dates } from "./dates.js";
import { button, byId } from "./dom.js";
import { downloads } from "./downloads.js";
import { example } from "./example.js";
import { findings } from "./findings.js";
import { gestures } from "./gestures.js";
import { changed, ofFile, ofText, ofTransfer } from "./given.js";
import { head } from "./head.js";
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

const PANELS = { outline, findings, schedule, promises, dates, json };
const paste = byId("paste");
const { tell, fails, busy } = notices();
const steps = new Steps();
let shown = null; // what the panes show: the server's answer, its input, and its places
let starting = true; // whether the place to paste into is shown
let saved = null; // the step that was last taken away as a file
let working = false; // one thing after the other: a second click must not mend what is being mended
let known = { read: [], write: [] }; // the formats that the server knows

// -- reading and mending -----------------------------------------------------------------------------------------

/** A step: an input and the server's words on it; `own` tells that the user has worked on it. */
async function parsed(input, own = false) {
  const lang = spoken();
  return { input, lang, own, answer: await post("parse", { input, lang }) };
}
async function attempt(work) {
  if (working) return;
  working = true;
  try {
    await busy(work());
  } catch (error) {
    fails(error);
  } finally {
    working = false;
  }
}
/** Reads a new plan. */
function begin(given) {
  return attempt(async () => {
    const input = await given;
    if (!input) return;
    const step = await parsed(input);
    starting = false;
    steps.add(step);
    byId("title").focus({ preventScroll: true });
    scrollTo(0, 0);
  });
}
/** Goes on with other words or another year. */
function onward(values) {
  return attempt(async () => steps.add(await parsed(changed(steps.now.input, values), true)));
}
// Markdown stays what it is; all else goes on as plain text.
const withText = (input, text) => ({ text, html: null, data: null, name: /\.(txt|md|markdown)$/i.test(input.name) ? input.name : input.name.replace(/\.[^.]*$/, "") + ".txt" });

function mend({ code = null, at = null, unsafe = false }) {
  const here = document.activeElement.closest(".finding")?.id;
  return attempt(async () => {
    const { input } = steps.now;
    const { text, applied, refused } = await post("fix", { input, lang: spoken(), code, at, unsafe });
    const count = applied.reduce((sum, made) => sum + made.count, 0);
    if (count) steps.add(await parsed(changed(input, withText(input, text)), true));
    const left = refused.length ? " " + say("refused", { count: refused.length }) : "";
    tell(say(count ? "mended" : "mended_none", { count }) + left, count ? button(say("undo_short"), undo) : null);
    if (here) (byId(here) ?? [...document.querySelectorAll(".finding")].at(-1) ?? byId("panel-findings")).focus();
  });
}
const undo = () => working || steps.undo();
const redo = () => working || steps.redo();

// -- the panes ---------------------------------------------------------------------------------------------------

const source = new SourceView(byId("source"));
const tabs = new Tabs(byId("tabs"), byId("panels"), Object.keys(PANELS), (name, panel) => PANELS[name](panel, shown, { mend, settle: onward, tell }));
new Link(source, byId("source"), byId("panels"), {
  toSource: () => front("source"),
  toFinding: number => {
    front("side");
    tabs.choose("findings");
    const entry = byId("finding-" + number);
    entry?.scrollIntoView({ block: "center" });
    entry?.focus({ preventScroll: true });
  },
});

/** Brings a pane to the front where there is room for one. */
function front(pane) {
  byId("panes").dataset.shown = pane;
  for (const name of ["source", "side"]) byId("show-" + name).setAttribute("aria-pressed", String(name === pane));
}
function open(tab) {
  front("side");
  tabs.choose(tab);
  byId("tab-" + tab).focus();
}

function draw() {
  const step = steps.now;
  byId("start").hidden = !starting;
  byId("work").hidden = starting;
  byId("back").hidden = step === null;
  byId("undo").disabled = !steps.canUndo;
  byId("redo").disabled = !steps.canRedo;
  editing(false);
  if (!step || starting) document.title = "planparse " + say("brand");
  else if (step.lang === spoken()) show(step);
  else busy(parsed(step.input, step.own)).then(again => steps.now === step && steps.replace(again), fails);
}
function show({ answer, input }) {
  const places = new Places(answer.text), fresh = shown?.name !== answer.name;
  shown = { ...answer, input, places };
  head(answer, { open, settle: onward });
  source.show(places, answer.findings, { fresh });
  tabs.refresh({ findings: answer.findings.length || "", promises: answer.promises.length || "", dates: answer.dates.length || "" }, { fresh });
  if (document.activeElement === document.body) byId("title").focus({ preventScroll: true });
}

function editing(on) {
  byId("draft").hidden = !on;
  byId("source").hidden = on;
  byId("edit").setAttribute("aria-pressed", String(on));
  byId("edit").querySelector("span").textContent = say(on ? "edit_done" : "edit");
}
function edit() {
  const draft = byId("draft"), top = byId("source").scrollTop;
  if (draft.hidden) {
    draft.value = shown.text;
    editing(true);
    draft.focus();
    draft.setSelectionRange(0, 0);
    draft.scrollTop = top;
  } else if (draft.value === shown.text.replace(/\r\n?/g, "\n")) editing(false);
  else onward(withText(steps.now.input, draft.value));
}

// -- the rest of the page ----------------------------------------------------------------------------------------

const comparing = new Comparing({ language: spoken, busy, fails });
const inCompare = () => !byId("compare").hidden;
const drawFormats = downloads({
  asked: () => ({ input: steps.now.input, lang: spoken() }),
  lacks: form => known.write.find(({ format, ready }) => format === form && !ready)?.needs,
  taken: () => (saved = steps.now),
  fails,
});

function start(state) {
  starting = state;
  draw();
}
function mode(name) {
  byId("read").hidden = name !== "read";
  byId("compare").hidden = name !== "compare";
  for (const other of ["read", "compare"]) byId("mode-" + other).setAttribute("aria-pressed", String(other === name));
  if (name === "compare") comparing.offer(steps.now?.input);
}
function language(name) {
  speak(name);
  byId("language").textContent = say("other_language");
  byId("language").lang = say("other_language_code");
  readable();
  comparing.draw();
  draw();
}
function readable() {
  const suffixes = known.read.filter(form => form.ready).flatMap(form => form.suffixes);
  byId("file").accept = suffixes.join(",");
  const names = ["docx", "xlsx", "pdf", "html", "md", "txt", "csv"].filter(name => suffixes.includes("." + name));
  byId("readable").textContent = names.length ? say("readable", { formats: names.join(say("comma")) }) : "";
  drawFormats();
}
/** What the browser keeps for the page; null where it keeps nothing. */
function remembered(value) {
  try {
    if (value) localStorage.setItem("lang", value);
    return localStorage.getItem("lang");
  } catch {
    return null;
  }
}

const acts = {
  go: () => begin(ofText(paste.value)),
  choose: () => byId("file").click(),
  example: () => begin(ofText(example, say("example_name") + ".txt")),
  back: () => start(false),
  new: () => {
    paste.value = "";
    byId("go").disabled = true;
    start(true);
    paste.focus();
  },
  undo, redo, edit,
  "mend-all": () => mend({}),
  language: () => {
    language(spoken() === "zh" ? "en" : "zh");
    remembered(spoken());
  },
  "mode-read": () => mode("read"),
  "mode-compare": () => mode("compare"),
  "show-source": () => front("source"),
  "show-side": () => front("side"),
};
for (const [id, act] of Object.entries(acts)) byId(id).addEventListener("click", act);
paste.addEventListener("input", () => (byId("go").disabled = !paste.value.trim()));
byId("file").addEventListener("change", ({ target }) => {
  const [file] = target.files;
  if (file) begin(ofFile(file));
  target.value = "";
});
steps.addEventListener("change", draw);
addEventListener("beforeunload", event => steps.now?.own && steps.now !== saved && event.preventDefault());
gestures({
  // The clipboard is empty as soon as its event has ended: what is in it is taken before anything is waited for.
  take: (transfer, target) => (inCompare() ? comparing.take(transfer, target).catch(fails) : begin(ofTransfer(transfer))),
  busyElsewhere: () => starting || inCompare(),
  undo,
  redo,
});

front("side");
mode("read");
language(new URLSearchParams(location.search).get("lang") ?? remembered() ?? "zh");
paste.focus();
try {
  known = await post("formats", { lang: spoken() });
  readable();
} catch (error) {
  fails(error);
}
