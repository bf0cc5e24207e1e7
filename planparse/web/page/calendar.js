// The events of a plan on a calendar of weeks, month by month, and what could not be put on it.

import { make, tied } from "./dom.js";
import { daysBetween, monthName, plusDays, shortDay, shortTime, walk, weekday } from "./plans.js";
import { say } from "./words.js";

const NAMES = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const LONG = 7; // what lasts longer stands above its month
const MOST_LEFT_OUT = 30;

/** Fills a box. */
export function calendar(box, { document: parsed, entries, left_out: leftOut, places }) {
  if (entries.length === 0) {
    const open = parsed.plans.some(plan => !plan.year?.value);
    box.append(make("p", { class: "empty" }, say(open ? "calendar_open" : "calendar_none")));
  }
  const sunday = sundays(parsed), first = day => plusDays(day, -((weekday(day) + (sunday ? 1 : 0)) % 7));
  const months = new Map(), month = day => {
    const key = day.slice(0, 7);
    if (!months.has(key)) months.set(key, { long: [], weeks: new Map() });
    return months.get(key);
  };
  for (const event of entries) {
    // A deadline stands on its last day.
    const start = event.due ? event.end : event.start, shown = { event, start, end: event.end };
    if (event.rrule || daysBetween(start, event.end) >= LONG) {
      month(start).long.push(shown);
      continue;
    }
    for (let week = first(start); week <= event.end; week = plusDays(week, 7)) {
      const weeks = month(week).weeks;
      if (!weeks.has(week)) weeks.set(week, []);
      weeks.get(week).push(shown);
    }
  }
  for (const [key, { long, weeks }] of [...months].sort()) {
    box.append(make("h3", { class: "month" }, monthName(key)));
    if (long.length) box.append(make("ul", { class: "long" }, long.map(shown => entry(shown, places))));
    for (const [week, shown] of [...weeks].sort()) box.append(weekOf(week, shown, places, sunday));
  }
  if (leftOut.length) box.append(apart(leftOut, places));
}

function weekOf(week, all, places, sunday) {
  const heads = Array.from({ length: 7 }, (_, k) => {
    const day = plusDays(week, k), name = NAMES[(k + (sunday ? 6 : 0)) % 7];
    return make("li", { class: name === "sat" || name === "sun" ? "rest" : "" }, make("span", {}, say("day_" + name)), " ", shortDay(day));
  });
  const parts = all
    .map(shown => ({ shown, from: Math.max(0, daysBetween(week, shown.start)), to: Math.min(6, daysBetween(week, shown.end)) }))
    .sort((a, b) => a.from - b.from || b.to - a.to)
    .map(({ shown, from, to }) => {
      const part = entry(shown, places);
      part.style.gridColumn = `${from + 1} / ${to + 2}`;
      return part;
    });
  const name = `${shortDay(week)}–${shortDay(plusDays(week, 6))}`;
  return make("section", { class: "week", "aria-label": name },
    make("ul", { class: "days", "aria-hidden": "true" }, heads), make("ul", { class: "dated" }, parts));
}

function entry({ event, start, end }, places) {
  const time = (event.due ? "≤ " : "") + (event.rrule ? event.when : shortTime({ start, end })) + (event.time ? " " + event.time : "");
  const more = [event.owner, event.place].filter(Boolean).join(" · ");
  return make("li", { class: event.due ? "due" : "", data: tied(places.codes(event)) },
    make("small", { class: "time" }, time), make("span", { title: event.text }, event.text), more ? make("small", {}, more) : null);
}

/** What is in no calendar, with the reason. */
function apart(leftOut, places) {
  const rows = leftOut.slice(0, MOST_LEFT_OUT).map(event => make("li", { data: tied(places.codes(event)) },
    make("b", {}, event.when), " ", make("span", {}, event.text), make("small", {}, event.reason)));
  const more = leftOut.length - rows.length;
  return make("details", { class: "apart" }, make("summary", {}, say("left_out", { count: leftOut.length })),
    make("ul", {}, rows), more > 0 ? make("p", { class: "pale" }, say("more", { count: more })) : null);
}

/** Whether the weeks of the document begin on Sunday. */
function sundays(parsed) {
  let count = 0;
  for (const plan of parsed.plans)
    for (const node of walk(plan))
      if (node.type === "schedule_row" && node.when?.start && daysBetween(node.when.start, node.when.end) === 6) count += weekday(node.when.start) === 6 ? 1 : -1;
  return count > 0;
}
