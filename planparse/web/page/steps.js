// What was done to a plan, step by step, for undo and redo. A step is an input and the server's answer to it.

export class Steps extends EventTarget {
  #steps = [];
  #at = -1;

  get now() {
    return this.#steps[this.#at] ?? null;
  }
  get canUndo() {
    return this.#at > 0;
  }
  get canRedo() {
    return this.#at < this.#steps.length - 1;
  }

  /** One step on; what was undone is forgotten. */
  add(step) {
    this.#steps.splice(this.#at + 1, Infinity, step);
    this.#move(this.#at + 1);
  }
  /** Another answer to the same input. */
  replace(step) {
    this.#steps[this.#at] = step;
    this.#move(this.#at);
  }
  undo() {
    if (this.canUndo) this.#move(this.#at - 1);
  }
  redo() {
    if (this.canRedo) this.#move(this.#at + 1);
  }
  #move(to) {
    this.#at = to;
    this.dispatchEvent(new Event("change"));
  }
}
