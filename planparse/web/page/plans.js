// Walking a document: its nodes in order, and short words for their times.

import { say } from "./words.js";

/** What stands right under a node. */
export function below(node) {
  return [...(node.items ?? []), ...(node.notes ?? []), ...(node.children ?? [])];
}

/** A node and all under it, in order. */
export function* walk(node) {
  yield node;
  for (const child of below(node)) yield* walk(child);
}

/** All schedules and tables of a document, each with its plan. */
export function tablesOf(document) {
  const found = [];
  for (const plan of document.plans)
    for (const node of walk(plan)) if (node.type === "schedule" || node.type === "table") found.push({ plan, node });
  return found;
}

/** The words of a node on one line, without its number. */
export function wordsOf(node) {
  return [node.heading, node.text].filter(Boolean).join(" ").replace(/\s+/g, " ");
}

/** A day so many days later. */
export function plusDays(day, days) {
  const date = new Date(day + "T00:00:00Z");
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}
/** The day of the week, Monday 0. */
export const weekday = day => (new Date(day + "T00:00:00Z").getUTCDay() + 6) % 7;
/** How many days from one day to another. */
export const daysBetween = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

const forms = new Map(); // making one takes longer than using it
function formatOf(locale) {
  if (!forms.has(locale)) forms.set(locale, new Intl.DateTimeFormat(locale, { month: locale === "zh-CN" ? "numeric" : "short", day: "numeric", timeZone: "UTC" }));
  return forms.get(locale);
}
/** A day in short: 9/2, 2 Sept. */
export function shortDay(day) {
  const locale = say("locale");
  return formatOf(locale).format(new Date(day + "T00:00:00Z"));
}

/** A time in short: its days where they are known, else null. */
export function shortTime(when) {
  if (!when?.start) return null;
  const first = shortDay(when.start), last = shortDay(when.end);
  return first === last ? first : `${first}–${last}`;
}

/** A month and its year: 2012年9月, September 2012. */
export function monthName(month) {
  return new Intl.DateTimeFormat(say("locale"), { year: "numeric", month: "long", timeZone: "UTC" }).format(new Date(month + "-01T00:00:00Z"));
}
