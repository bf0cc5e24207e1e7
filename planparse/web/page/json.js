// The document as programs get it.

import { button, make } from "./dom.js";
import { say } from "./words.js";

const PIECE = 200; // so many lines are laid out at once

/** Fills the panel. */
export function json(panel, { document: parsed }, { tell }) {
  const text = JSON.stringify(parsed, null, 2);
  const copy = button(say("copy"), async () => {
    await navigator.clipboard.writeText(text);
    tell(say("copied"));
  });
  panel.append(make("p", { class: "panel-head" }, copy), make("pre", { class: "json" }, pieces(text)));
}

function pieces(text) {
  const lines = text.split("\n"), made = [];
  for (let at = 0; at < lines.length; at += PIECE) made.push(make("span", {}, lines.slice(at, at + PIECE).join("\n") + "\n"));
  return made;
}
