// What a user does anywhere on the page: pasting, dropping, and keys.

import { byId } from "./dom.js";

/** `acts`: `take(transfer, target)`, `undo()`, `redo()`, and `busyElsewhere()`, whether undo is not for the plan now. */
export function gestures(acts) {
  const paste = byId("paste");
  document.addEventListener("paste", event => {
    const { target, clipboardData: transfer } = event;
    if (!transfer || target.closest?.("input, #draft")) return;
    if (target === paste && paste.value.trim()) return; // someone is writing there
    event.preventDefault();
    acts.take(transfer, target);
  });

  let over = 0, own = false; // words of the page itself that are dragged about are no plan
  const cover = () => (byId("dropping").hidden = over === 0);
  addEventListener("dragstart", () => (own = true));
  addEventListener("dragend", () => (own = false));
  addEventListener("dragenter", () => {
    if (own) return;
    over++;
    cover();
  });
  addEventListener("dragleave", () => {
    over = Math.max(0, over - 1);
    cover();
  });
  addEventListener("dragover", event => own || event.preventDefault());
  addEventListener("drop", event => {
    over = 0;
    cover();
    if (own) return;
    event.preventDefault();
    acts.take(event.dataTransfer, event.target);
  });

  addEventListener("keydown", event => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    if (event.target === paste && event.key === "Enter") byId("go").click();
    if (event.target.closest("input, textarea, select") || acts.busyElsewhere()) return;
    const key = event.key.toLowerCase();
    if (key === "z" && !event.shiftKey) acts.undo();
    else if (key === "y" || (key === "z" && event.shiftKey)) acts.redo();
    else return;
    event.preventDefault();
  });
}
