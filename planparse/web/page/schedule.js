// Schedules and other tables; a switch shows their entries as a calendar.

import { calendar } from "./calendar.js";
import { make, tied } from "./dom.js";
import { rowLabel } from "./outline.js";
import { shortTime, tablesOf, walk, weekday, wordsOf } from "./plans.js";
import { say } from "./words.js";

const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
let wanted = "table"; // the way that the user likes; without a table there is only the other

/** Fills the panel. */
export function schedule(panel, given) {
  const tables = tablesOf(given.document), box = make("div", {});
  let shown = tables.length ? wanted : "calendar";
  const draw = () => {
    box.replaceChildren();
    if (shown === "calendar") calendar(box, given);
    else if (tables.length === 0) box.append(make("p", { class: "empty" }, say("schedule_none")));
    else for (const { plan, node } of tables) box.append(node.type === "schedule" ? timed(node, plan, given) : plain(node, given));
  };
  const choice = ["table", "calendar"].map(name => {
    const radio = make("input", { type: "radio", name: "shown", value: name, checked: name === shown, on: { change: () => { shown = wanted = name; draw(); } } });
    return make("label", {}, radio, make("span", {}, say("shown_" + name)));
  });
  panel.append(make("fieldset", { class: "choice" }, make("legend", { class: "unseen" }, say("shown")), choice), box);
  draw();
}

function timed(node, plan, { places, document }) {
  const all = node.children.flatMap(row => row.items);
  const owners = all.some(item => item.owner), sites = all.some(item => item.place), notes = node.children.some(row => row.notes.some(note => note.role === "note"));
  const column = role => node.columns.find(entry => entry.role === role)?.name;
  const heads = [
    say("unit_" + node.unit), column("work") || say("work"),
    owners && (column("owner") || say("owner")), sites && (column("place") || say("place")), notes && (column("note") || say("note")),
  ].filter(Boolean);
  const rows = node.children.map(row => {
    const time = shortTime(row.when);
    const key = make("th", { scope: "row" }, make("b", {}, rowLabel(row)), time ? make("small", {}, time) : null);
    const cells = [
      entries(row.items, places),
      owners && once(row.items.map(item => item.owner)),
      sites && once(row.items.map(item => item.place)),
      notes && entries(row.notes.filter(note => note.role === "note"), places),
    ].filter(cell => cell !== false);
    return make("tr", { data: tied(places.of(row)) }, key, cells.map((cell, k) => make("td", { "data-head": heads[k + 1], class: k === 0 && "work" }, cell)));
  });
  const head = make("thead", {}, make("tr", {}, heads.map(name => make("th", { scope: "col" }, name))));
  const title = document.plans.length > 1 ? plan.title ?? plan.mark ?? say("untitled") : say("schedule_of", { rows: rows.length });
  return make("table", { class: "grid" }, make("caption", {}, title), head, make("tbody", {}, rows));
}

const once = words => [...new Set(words.filter(Boolean))].map(word => make("div", {}, word));

function entries(items, places) {
  return make("ul", { class: "entries" }, items.map(item => {
    const day = item.when?.start && item.when.kind !== "range" && item.when.start === item.when.end ? say("day_" + WEEKDAYS[weekday(item.when.start)]) : null;
    const time = shortTime(item.when);
    const more = [...walk(item)].slice(1).map(child => wordsOf(child)).filter(Boolean);
    return make("li", { data: tied(places.of(item)) },
      time ? make("span", { class: "chip" }, time + (day ? " " + day : "")) : null,
      make("span", {}, (item.number?.text ?? "") + (item.text ?? "")),
      more.length ? make("small", {}, more.join(" ")) : null);
  }));
}

function plain(node, { places }) {
  const width = Math.max(node.columns.length, ...node.rows.map(row => row.length));
  const heads = Array.from({ length: width }, (_, k) => node.columns[k] ?? "");
  const head = node.columns.length ? make("thead", {}, make("tr", {}, heads.map(name => make("th", { scope: "col" }, name)))) : null;
  const rows = node.rows.map(row => make("tr", {}, heads.map((name, k) => make("td", { "data-head": name }, row[k] ?? ""))));
  return make("table", { class: "grid", data: tied(places.of(node)) }, make("caption", {}, say("table_of", { rows: rows.length })), head, make("tbody", {}, rows));
}
