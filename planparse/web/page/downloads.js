// The menu of formats in which the plan is taken away.

import { file, save } from "./api.js";
import { byId, make } from "./dom.js";
import { say } from "./words.js";

const FORMS = ["docx", "xlsx", "ics", "markdown", "text", "json", "csv", "jsonl"];
const SUFFIX = { markdown: "md", text: "txt" };

/** Ties the menu to its button; `asked` gives the question's input and language, `lacks` what a form needs
 * that is not installed; `taken` is told of a file that was saved, `fails` of what went wrong. */
export function downloads({ asked, lacks, taken, fails }) {
  const opener = byId("save"), menu = byId("menu"), list = byId("formats");
  const open = state => {
    menu.hidden = !state;
    opener.setAttribute("aria-expanded", String(state));
    if (state) menu.querySelector("button:enabled")?.focus();
  };
  opener.addEventListener("click", () => open(menu.hidden));
  menu.addEventListener("keydown", event => {
    const items = [...menu.querySelectorAll("button:enabled")], at = items.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
    if (to !== undefined) items[to % items.length].focus();
    else if (event.key === "Escape") {
      open(false);
      opener.focus();
    } else return;
    event.preventDefault();
  });
  document.addEventListener("click", event => menu.hidden || event.target.closest(".menu") || open(false));
  menu.addEventListener("focusout", event => event.relatedTarget && !menu.parentElement.contains(event.relatedTarget) && open(false));

  async function take(form) {
    open(false);
    opener.focus();
    try {
      const question = asked(), { blob, name } = await file("write", { ...question, form, numbering: byId("keep").checked ? "keep" : "standard" });
      taken();
      save({ blob, name: name || question.input.name.replace(/\.[^.]*$/, "") + "." + (SUFFIX[form] ?? form) });
    } catch (error) {
      fails(error);
    }
  }

  /** Writes the menu in the language of the page. */
  return function draw() {
    list.replaceChildren(...FORMS.map(form => {
      const extra = lacks(form);
      const words = [make("b", {}, say("form_" + form)), make("small", {}, extra ? say("needs", { extra }) : say("form_" + form + "_more"))];
      return make("li", {}, make("button", { type: "button", disabled: Boolean(extra), data: { form }, on: { click: () => take(form) } }, words));
    }));
  };
}
