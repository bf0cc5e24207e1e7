// The document as programs get it.

import { button, make } from "./dom.js";
import { say } from "./words.js";

/** Fills the panel. */
export function json(panel, { document: parsed }, { tell }) {
  const text = JSON.stringify(parsed, null, 2);
  const copy = button(say("copy"), async () => {
    await navigator.clipboard.writeText(text);
    tell(say("copied"));
  });
  panel.append(make("p", { class: "panel-head" }, copy), make("pre", { class: "json" }, text));
}
