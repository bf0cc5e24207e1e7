// Two plans side by side: two places to put them, and the report of what changed in a frame of its own.

import { post, save } from "./api.js";
import { button, byId, icon, make } from "./dom.js";
import { ofFile, ofText, ofTransfer } from "./given.js";
import { say } from "./words.js";

const SIDES = ["old", "new"];

export class Comparing {
  #given = { old: null, new: null };
  #report = null;
  #hooks;

  /** `hooks`: `language()`, `busy(promise)` and `fails(error)`. */
  constructor(hooks) {
    this.#hooks = hooks;
    byId("run").addEventListener("click", () => this.#run());
    byId("swap").addEventListener("click", () => {
      this.#given = { old: this.#given.new, new: this.#given.old };
      this.draw();
    });
    byId("report-save").addEventListener("click", () => this.#save());
  }

  /** Puts an input into a side that is still empty. */
  offer(input) {
    if (input && !this.#given.new && !this.#given.old) this.#given.new = input;
    this.draw();
  }

  /** Takes a dropped or pasted input where it belongs: the side under it, else the first that is empty. */
  async take(transfer, target) {
    const side = target?.closest?.(".slot")?.dataset.side ?? SIDES.find(name => !this.#given[name]) ?? "new";
    const files = [...transfer.files];
    if (files.length > 1 && !target?.closest?.(".slot")) {
      [this.#given.old, this.#given.new] = await Promise.all(files.slice(0, 2).map(ofFile));
    } else this.#given[side] = (await ofTransfer(transfer)) ?? this.#given[side];
    this.draw();
  }

  draw() {
    byId("slots").replaceChildren(...SIDES.map(side => this.#slot(side)));
    byId("run").disabled = !this.#given.old || !this.#given.new;
    byId("report").hidden = !this.#report;
    if (this.#report) byId("report-count").textContent = say("report_count", { records: this.#report.records });
  }

  #slot(side) {
    const given = this.#given[side];
    const put = input => {
      this.#given[side] = input;
      this.draw();
      byId("slots").querySelector(`[data-side=${side}] button`).focus();
    };
    const title = make("h2", { id: "slot-" + side }, say("slot_" + side));
    if (given)
      return make("section", { class: "slot full", data: { side }, "aria-labelledby": "slot-" + side }, title,
        make("p", { class: "given" }, icon("file"), make("b", {}, given.name)), button(say("take_out"), () => put(null), { class: "quiet", "aria-label": `${say("take_out")} ${given.name}` }));
    const file = make("input", { type: "file", class: "unseen", tabindex: -1, "aria-label": `${say("slot_" + side)} ${say("choose")}`, on: { change: async () => put(await ofFile(file.files[0])) } });
    const area = make("textarea", { rows: 4, spellcheck: "false", "aria-label": `${say("slot_" + side)} ${say("paste_label")}`, placeholder: say("slot_here"),
      on: { change: () => area.value.trim() && put(ofText(area.value)) } });
    return make("section", { class: "slot", data: { side }, "aria-labelledby": "slot-" + side }, title, area, button([icon("file"), say("choose")], () => file.click()), file);
  }

  async #run() {
    const lang = this.#hooks.language();
    try {
      this.#report = await this.#hooks.busy(post("compare", { ...this.#given, lang }));
      byId("frame").src = this.#report.report;
      byId("report-alone").href = this.#report.report;
      this.draw();
      byId("report").scrollIntoView({ block: "start" });
    } catch (error) {
      this.#hooks.fails(error);
    }
  }

  async #save() {
    try {
      const answer = await fetch(this.#report.report);
      if (answer.ok) save({ blob: await answer.blob(), name: say("report") + ".html" });
      else throw new Error(say("gone"));
    } catch (error) {
      this.#hooks.fails(error);
    }
  }
}
