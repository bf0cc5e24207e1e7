// Tabs as the ARIA practices have them: arrow keys move, a panel is filled when it is first seen.

import { make } from "./dom.js";

export class Tabs {
  #list;
  #tabs = new Map();
  #fill;

  /** `names` in order; `fill(name, panel)` puts the content in. */
  constructor(list, panels, names, fill) {
    this.#list = list;
    this.#fill = fill;
    for (const name of names) {
      const count = make("span", { class: "count" }), words = make("span", { data: { say: "tab_" + name } });
      const tab = make("button", { type: "button", role: "tab", id: "tab-" + name, "aria-controls": "panel-" + name, tabindex: -1 }, words, count);
      const panel = make("div", { role: "tabpanel", id: "panel-" + name, "aria-labelledby": "tab-" + name, tabindex: 0, class: "scroll", hidden: true });
      tab.addEventListener("click", () => this.choose(name));
      list.append(tab);
      panels.append(panel);
      this.#tabs.set(name, { tab, panel, count, stale: true });
    }
    list.addEventListener("keydown", event => this.#key(event));
  }

  get chosen() {
    return [...this.#tabs].find(([, { panel }]) => !panel.hidden)?.[0];
  }

  choose(name) {
    for (const [other, entry] of this.#tabs) {
      entry.tab.setAttribute("aria-selected", String(other === name));
      entry.tab.tabIndex = other === name ? 0 : -1;
      entry.panel.hidden = other !== name;
    }
    const entry = this.#tabs.get(name);
    if (entry.stale) this.#fill(name, entry.panel);
    entry.stale = false;
    requestAnimationFrame(() => entry.tab.scrollIntoView({ block: "nearest", inline: "nearest" })); // at once it would cost a layout of its own
    this.#list.dispatchEvent(new CustomEvent("chosen", { detail: name }));
  }

  /** All panels are to be filled anew; `counts` are shown on their tabs. */
  refresh(counts, { fresh }) {
    for (const [name, entry] of this.#tabs) {
      entry.stale = true;
      entry.top = entry.panel.scrollTop;
      entry.panel.replaceChildren();
      entry.count.textContent = counts[name] ?? "";
    }
    const name = this.chosen ?? [...this.#tabs.keys()][0], { panel, top } = this.#tabs.get(name);
    this.choose(name);
    requestAnimationFrame(() => (panel.scrollTop = fresh ? 0 : top));
  }

  #key(event) {
    const names = [...this.#tabs.keys()].filter(name => this.#tabs.get(name).tab.getClientRects().length > 0);
    const at = names.indexOf(this.chosen), last = names.length - 1;
    const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at <= 0 ? last : at - 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.choose(names[to]);
    this.#tabs.get(names[to]).tab.focus();
  }
}
