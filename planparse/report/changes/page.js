
"use strict";
const find = (selector, within = document) => [...within.querySelectorAll(selector)];
const register = document.getElementById("register"), search = document.getElementById("search");
const records = find(".record", register), lines = find(".record, .note", register), parts = find(".part", register);
const boxes = find("fieldset input", register), verdicts = find(".verdict", register);

document.documentElement.classList.add("scripted");
for (const part of find(".scripted, .verdict, .asked")) part.hidden = false;

// What is searched is what a reader takes for the same: full-width and half-width, large and small.
const plain = text => text.normalize("NFKC").toLowerCase();
const texts = new Map();
function textOf(line) {
  if (!texts.has(line)) {
    const heading = find("h3", line.parentElement), words = find(".kinds, .label, .words, .at, .possible [lang]", line);
    texts.set(line, plain([...heading, ...words].map(part => part.textContent).join("\n")));
  }
  return texts.get(line);
}

function fill(output, values) {
  output.textContent = output.dataset.form.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}
function count() {
  fill(document.getElementById("shown"), { shown: records.filter(record => record.checkVisibility()).length, total: records.length });
}
function filter() {
  const asked = plain(search.value).split(/\s+/).filter(Boolean);
  for (const part of find(".wanted", register)) part.classList.remove("wanted");
  for (const line of lines) line.classList.toggle("unmatched", asked.length > 0 && !asked.every(word => textOf(line).includes(word)));
  const checked = new Set(boxes.filter(box => box.checked).map(box => box.value));
  for (const part of parts) {
    const left = find(".record, .note", part).some(line => !line.classList.contains("unmatched") && [...line.classList].some(name => checked.has(name)));
    part.classList.toggle("unmatched", !left);
  }
  count();
}
function check(on) {
  for (const box of boxes) box.checked = on;
  filter();
}
for (const box of boxes) box.addEventListener("change", filter);
search.addEventListener("input", filter);
document.getElementById("all").addEventListener("click", () => check(true));
document.getElementById("none").addEventListener("click", () => check(false));

// A link leads to its record even where a box or the search has hidden it.
function go(id) {
  const aim = document.getElementById(id), line = aim && aim.closest(".record, .note");
  if (!line) return;
  for (const part of [line, line.closest(".part")]) {
    part.classList.remove("unmatched");
    part.classList.add("wanted");
  }
  count();
  aim.focus({ preventScroll: true });
  aim.scrollIntoView({ block: "center" });
  aim.classList.remove("flash");
  void aim.offsetWidth; // starts the animation again
  aim.classList.add("flash");
  setTimeout(() => aim.classList.remove("flash"), 1600);
}
document.addEventListener("click", event => {
  const link = event.target.closest('a[href^="#"]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const id = link.getAttribute("href").slice(1);
  if (!document.getElementById(id)?.closest(".record, .note")) return;
  event.preventDefault();
  if (location.hash !== "#" + id) history.pushState(null, "", "#" + id);
  go(id);
});
addEventListener("popstate", () => go(location.hash.slice(1)));

// Verdicts stay with the page's two files, as far as the browser keeps anything for a page.
const judged = new Map(), known = new Map(verdicts.map(part => [part.dataset.pair, JSON.parse(part.dataset.pair)]));
const store = "planparse pairs " + register.dataset.files;
function pairs(verdict) {
  return [...known].filter(([pair]) => judged.get(pair) === verdict).map(([, keys]) => keys);
}
function tell() {
  for (const part of verdicts)
    for (const button of find("button", part)) button.setAttribute("aria-pressed", String(judged.get(part.dataset.pair) === button.value));
  fill(document.getElementById("judged"), { same: pairs("confirmed").length, different: pairs("rejected").length });
  find(".judged")[0].hidden = judged.size === 0;
}
function judge(pair, verdict) {
  if (judged.get(pair) === verdict) judged.delete(pair);
  else {
    const [old, now] = known.get(pair);
    // An entry has one partner: confirming another takes the first one back.
    if (verdict === "confirmed")
      for (const [other, keys] of known) if (judged.get(other) === "confirmed" && (keys[0] === old || keys[1] === now)) judged.delete(other);
    judged.set(pair, verdict);
  }
  try { localStorage.setItem(store, JSON.stringify([...judged])); } catch { /* the browser keeps nothing; the page still does */ }
  tell();
}
try {
  for (const [pair, verdict] of JSON.parse(localStorage.getItem(store) ?? "[]"))
    if (known.has(pair) && ["confirmed", "rejected"].includes(verdict)) judged.set(pair, verdict);
} catch { judged.clear(); }
for (const part of verdicts)
  for (const button of find("button", part)) button.addEventListener("click", () => judge(part.dataset.pair, button.value));
document.getElementById("download").addEventListener("click", () => {
  const text = JSON.stringify({ confirmed: pairs("confirmed"), rejected: pairs("rejected") }, null, 2) + "\n";
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = "pairs.json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
});

tell();
filter();
addEventListener("pageshow", filter); // a browser that goes back brings its boxes along
if (location.hash) go(location.hash.slice(1));
