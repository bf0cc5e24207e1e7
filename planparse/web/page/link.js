// The tie between both panes: whatever carries data-start and data-end points at the source, and the source at it.

export class Link {
  #source;
  #side;
  #marked = null;

  /** `toSource` brings the source pane to the front where only one pane is seen. */
  constructor(source, box, side, { toSource, toFinding }) {
    this.#source = source;
    this.#side = side;
    side.addEventListener("pointerover", event => this.#over(event.target));
    side.addEventListener("focusin", event => this.#over(event.target));
    side.addEventListener("pointerleave", () => this.#source.point(null));
    side.addEventListener("click", event => {
      const part = event.target.closest("[data-start]");
      if (!part || event.target.closest("button:not(.to-source), input, select, a")) return;
      if (event.target.closest(".to-source")) toSource();
      this.#source.point(place(part), { scroll: true });
    });
    let waiting = false;
    box.addEventListener("pointermove", event => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        this.#mark(this.#source.under(event));
      });
    });
    box.addEventListener("pointerleave", () => this.#mark(null));
    box.addEventListener("click", event => {
      const mark = event.target.closest("mark");
      if (mark) toFinding(Number(mark.dataset.finding));
      else if (getSelection().isCollapsed) this.reveal(this.#source.under(event));
    });
  }

  /** Brings what stands at a place of the source into view, in the tab that is open. */
  reveal(unit) {
    const part = this.#mark(unit);
    part?.scrollIntoView({ block: "center" });
    return part;
  }

  #over(element) {
    const part = element.closest("[data-start]");
    this.#source.point(part ? place(part) : null);
  }

  #mark(unit) {
    this.#marked?.classList.remove("linked");
    this.#marked = null;
    if (unit === null) return null;
    let least = Infinity;
    for (const part of this.#side.querySelectorAll('[role="tabpanel"]:not([hidden]) [data-start]')) {
      const { start, end } = place(part);
      // Of those of the same length the last is the deepest.
      if (start <= unit && unit < Math.max(end, start + 1) && end - start <= least && part.getClientRects().length > 0) {
        least = end - start;
        this.#marked = part;
      }
    }
    this.#marked?.classList.add("linked");
    return this.#marked;
  }
}

function place(part) {
  return { start: Number(part.dataset.start), end: Number(part.dataset.end) };
}
