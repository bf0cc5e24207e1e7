// The source text: numbered lines, findings as marks, and the stretch that another pane points at.

import { make } from "./dom.js";

const GRADES = ["information", "warning", "error"];

export class SourceView {
  #box;
  #lines = [];
  #places = null;

  constructor(box) {
    this.#box = box;
  }

  /** Shows a text with its findings; `fresh` begins at its top. */
  show(places, findings, { fresh }) {
    const top = fresh ? 0 : this.#box.scrollTop;
    this.#places = places;
    const marks = findings
      .map((finding, number) => ({ number, grade: GRADES.indexOf(finding.severity), ...stretch(places, finding) }))
      .filter(mark => mark.start < mark.end)
      .sort((a, b) => a.start - b.start);
    let open = [], next = 0;
    this.#lines = places.lines.map(([start, end], k) => {
      while (next < marks.length && marks[next].start < Math.max(end, start + 1)) open.push(marks[next++]);
      open = open.filter(mark => mark.end > start);
      const words = make("span", { class: "words" }, pieces(places.text, start, end, open));
      return make("div", { class: "line", data: { n: k + 1 } }, words);
    });
    this.#box.replaceChildren(...this.#lines);
    requestAnimationFrame(() => (this.#box.scrollTop = top)); // at once it would cost a layout of its own
    globalThis.CSS.highlights?.delete("linked");
  }

  /** Points at a stretch; `scroll` brings it into view. */
  point(place, { scroll = false } = {}) {
    for (const line of this.#box.querySelectorAll(".linked")) line.classList.remove("linked");
    globalThis.CSS.highlights?.delete("linked");
    if (!place || !this.#places) return;
    const first = this.#places.lineAt(place.start), last = this.#places.lineAt(Math.max(place.start, place.end - 1));
    for (let n = first; n <= last; n++) this.#lines[n - 1]?.classList.add("linked");
    const from = this.#spot(place.start), to = this.#spot(place.end);
    if (globalThis.Highlight && from && to) {
      const range = document.createRange();
      range.setStart(...from);
      range.setEnd(...to);
      globalThis.CSS.highlights.set("linked", new Highlight(range));
    }
    if (scroll) this.#lines[first - 1]?.scrollIntoView({ block: "center" });
  }

  /** The place in the text, in units, at a point of the screen; null where there is none. */
  under(event) {
    const line = event.target.closest?.(".line");
    if (!line) return null;
    const start = this.#places.lines[line.dataset.n - 1][0];
    const caret = document.caretPositionFromPoint?.(event.clientX, event.clientY);
    const range = caret ? null : document.caretRangeFromPoint?.(event.clientX, event.clientY);
    const node = caret?.offsetNode ?? range?.startContainer, offset = caret?.offset ?? range?.startOffset ?? 0;
    if (!node || !line.contains(node) || node.nodeType !== Node.TEXT_NODE) return start;
    let before = 0;
    for (const text of texts(line)) {
      if (text === node) break;
      before += text.length;
    }
    return start + before + offset;
  }

  #spot(unit) {
    const line = this.#lines[this.#places.lineAt(unit) - 1];
    let left = unit - this.#places.lines[line.dataset.n - 1][0], last = null;
    for (const text of texts(line)) {
      if (left <= text.length) return [text, left];
      left -= text.length;
      last = text;
    }
    return last ? [last, last.length] : null;
  }
}

/** The stretch of a finding. */
export function stretch(places, finding) {
  return finding.start === null ? { start: 0, end: 0 } : { start: places.unit(finding.start), end: places.unit(finding.end) };
}

function* texts(line) {
  const walk = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) yield walk.currentNode;
}

/** A line cut where marks begin and end. */
function pieces(text, start, end, marks) {
  const cuts = new Set([start, end]);
  for (const mark of marks) for (const cut of [mark.start, mark.end]) if (cut > start && cut < end) cuts.add(cut);
  const sorted = [...cuts].sort((a, b) => a - b), made = [];
  for (let k = 0; k + 1 < sorted.length; k++) {
    const part = text.slice(sorted[k], sorted[k + 1]).replaceAll("\v", "\n"); // VT parts the lines of a cell; both count as one
    const over = marks.filter(mark => mark.start <= sorted[k] && mark.end >= sorted[k + 1]);
    if (over.length === 0) made.push(part);
    else {
      const worst = over.reduce((a, b) => (b.grade > a.grade ? b : a));
      made.push(make("mark", { class: GRADES[worst.grade], data: { finding: worst.number } }, part));
    }
  }
  return made;
}
