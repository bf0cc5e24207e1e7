// Places in the source text. The server counts code points; the browser counts UTF-16 units.

const BREAK = /\r?\n/g, OLD_BREAK = /\r/g; // as the server counts lines: CR ends one only where there is no LF

export class Places {
  #units = null; // the unit at which each code point begins; null where both count alike

  constructor(text) {
    this.text = text;
    if (/[\ud800-\udbff]/.test(text)) {
      this.#units = [];
      let at = 0;
      for (const sign of text) {
        this.#units.push(at);
        at += sign.length;
      }
      this.#units.push(at);
    }
    this.lines = []; // [start, end] of each, in units, without its break
    let start = 0;
    for (const found of text.matchAll(text.includes("\n") ? BREAK : OLD_BREAK)) {
      this.lines.push([start, found.index]);
      start = found.index + found[0].length;
    }
    if (start < text.length || this.lines.length === 0) this.lines.push([start, text.length]);
  }

  /** The unit of a code point. */
  unit(offset) {
    return this.#units ? this.#units[Math.min(offset, this.#units.length - 1)] : Math.min(offset, this.text.length);
  }
  /** The stretch of a node's position; null without one. */
  of(node) {
    const position = node?.position;
    return position ? { start: this.unit(position.start.offset), end: this.unit(position.end.offset) } : null;
  }
  /** The stretch of a line, counted from 1. */
  line(number) {
    const line = this.lines[number - 1];
    return line ? { start: line[0], end: line[1] } : null;
  }
  /** The stretch of what tells its place by `offset` and `end_offset`; null without them. */
  codes({ offset, end_offset: end }) {
    return offset === null || end === null ? null : { start: this.unit(offset), end: this.unit(end) };
  }
  /** The line, counted from 1, on which a unit stands. */
  lineAt(unit) {
    let low = 0, high = this.lines.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.lines[middle][0] <= unit) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }
}
