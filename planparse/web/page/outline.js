// The outline as a tree: arrow keys walk it, left and right close and open it.

import { button, icon, make, tied } from "./dom.js";
import { below, shortTime, wordsOf } from "./plans.js";
import { say } from "./words.js";

const MANY = 40; // rows of a longer schedule are closed at first
const QUIET = new Set(["noise", "signature"]);

/** Fills the panel. */
export function outline(panel, { document: parsed, places }) {
  let number = 0;
  function item(node, level, folded = false) {
    const children = node.type === "table" ? [] : below(node);
    const id = "node-" + number++;
    const row = make("div", { class: "node", id, data: tied(places.of(node)) }, children.length ? icon("open") : make("span", { class: "gap" }), face(node));
    const open = children.length ? String(!folded) : null;
    const entry = make("li", { role: "treeitem", class: node.type, tabindex: -1, "aria-labelledby": id, "aria-level": level, "aria-expanded": open }, row);
    if (children.length) entry.append(make("ul", { role: "group" }, children.map(child => item(child, level + 1, node.type === "schedule" && children.length > MANY))));
    return entry;
  }
  const roots = parsed.plans.map(plan => item(plan, 1));
  if (parsed.stray?.length) roots.push(...parsed.stray.map(node => item(node, 1)));
  if (roots.length === 0) {
    panel.append(make("p", { class: "empty" }, say("outline_none")));
    return;
  }
  const tree = make("ul", { role: "tree", class: "tree", lang: "zh-CN", "aria-label": say("tab_outline") }, roots);
  const all = open => {
    for (const entry of tree.querySelectorAll("[aria-expanded]")) entry.setAttribute("aria-expanded", String(open || entry.matches(".plan")));
  };
  const head = make("p", { class: "panel-head" }, button(say("unfold"), () => all(true), { class: "quiet" }), button(say("fold"), () => all(false), { class: "quiet" }));
  panel.append(head, tree);
  walkable(tree);
}

/** What a node looks like: its label, its words, and what was found in it. */
function face(node) {
  if (node.type === "plan") return make("span", { class: "face" }, make("b", {}, node.title ?? node.mark ?? say("untitled")), node.issuer ? make("small", {}, node.issuer) : null);
  if (node.type === "schedule") return make("span", { class: "face" }, make("b", {}, say("schedule_of", { rows: node.children.length })));
  if (node.type === "table") return make("span", { class: "face" }, make("b", {}, say("table_of", { rows: node.rows.length })), make("span", {}, node.columns.join("、")));
  const label = node.type === "schedule_row" ? rowLabel(node) : node.number?.text ?? node.bullet;
  const words = [label ? make("span", { class: "label" }, label) : null];
  if (QUIET.has(node.type)) words.push(make("span", { class: "kind" }, say(node.type === "noise" ? "noise_" + node.reason : "signature")), node.text);
  else if (node.heading) words.push(make("b", {}, node.heading), node.text ? " " + node.text : null);
  else words.push(node.type === "schedule_row" ? null : node.text);
  return make("span", { class: "face" }, make("span", { class: "said-there" }, words), chips(node));
}

/** The key of a schedule's row: 第2周 9/9—15/9. */
export function rowLabel(row) {
  const label = row.label?.replace(/\s+/g, " ");
  if (row.week !== null && row.week !== undefined && !/[周週]/.test(label ?? "")) return say("week", { n: row.week });
  return label ?? row.when?.text ?? "";
}

/** Time, targets and owners of a node, in short. */
export function chips(node) {
  const made = [], time = shortTime(node.when);
  if (time) made.push(make("span", { class: "chip" }, icon("date"), (node.when.bound === "by" ? "≤ " : "") + time));
  const targets = node.targets ?? [], owners = (node.owners ?? []).filter(owner => !owner.inherited);
  if (targets.length) made.push(make("span", { class: "chip" }, icon("target"), targets.map(target => target.text).slice(0, 2).join("、") + (targets.length > 2 ? ` +${targets.length - 2}` : "")));
  if (owners.length) made.push(make("span", { class: "chip" }, icon("owner"), owners.map(owner => owner.text).slice(0, 2).join("、") + (owners.length > 2 ? ` +${owners.length - 2}` : "")));
  return made.length ? make("span", { class: "chips" }, made) : null;
}

function walkable(tree) {
  const seen = () => [...tree.querySelectorAll('[role="treeitem"]')].filter(entry => entry.getClientRects().length > 0);
  const toggle = (entry, open) => entry.hasAttribute("aria-expanded") && entry.setAttribute("aria-expanded", String(open));
  function go(entry) {
    if (!entry) return;
    tree.querySelector('[tabindex="0"]')?.setAttribute("tabindex", "-1");
    entry.tabIndex = 0;
    entry.focus();
  }
  tree.querySelector('[role="treeitem"]').tabIndex = 0;
  tree.addEventListener("click", event => {
    const entry = event.target.closest('[role="treeitem"]');
    if (event.target.closest(".icon")?.parentElement.matches(".node")) toggle(entry, entry.getAttribute("aria-expanded") !== "true");
    go(entry);
  });
  tree.addEventListener("keydown", event => {
    const here = event.target.closest('[role="treeitem"]'), entries = seen(), at = entries.indexOf(here);
    const open = here.getAttribute("aria-expanded");
    const up = here.parentElement.closest('[role="treeitem"]');
    const acts = {
      ArrowDown: () => go(entries[at + 1]),
      ArrowUp: () => go(entries[at - 1]),
      Home: () => go(entries[0]),
      End: () => go(entries.at(-1)),
      ArrowRight: () => (open === "false" ? toggle(here, true) : open && go(entries[at + 1])),
      ArrowLeft: () => (open === "true" ? toggle(here, false) : go(up)),
      Enter: () => here.querySelector(".node").click(),
      " ": () => here.querySelector(".node").click(),
    };
    if (!(event.key in acts)) return;
    event.preventDefault();
    acts[event.key]();
  });
}
