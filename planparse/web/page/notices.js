// What is said to the user: what was done, what went wrong, and that something is going on.

import { Refused } from "./api.js";
import { button, byId, icon, make } from "./dom.js";
import { say } from "./words.js";

const LASTS = 8000; // milliseconds

export function notices() {
  let timer = 0;
  const box = name => byId(name);

  /** Says what was done; it goes away by itself. */
  function tell(words, act = null) {
    box("wrong").replaceChildren();
    box("said").replaceChildren(make("span", {}, words), act ?? "");
    clearTimeout(timer);
    timer = setTimeout(() => box("said").replaceChildren(), LASTS);
  }

  /** Says what went wrong; it stays until it is closed. */
  function fails(error) {
    const words = error instanceof Refused ? error.message || say("offline") : `${say("failed")} ${error.message}`;
    box("said").replaceChildren();
    box("wrong").replaceChildren(icon("error"), make("span", {}, words), button([icon("close")], () => box("wrong").replaceChildren(), { class: "quiet", "aria-label": say("close") }));
  }

  /** Shows that something is going on until a promise is settled. */
  async function busy(promise) {
    box("wrong").replaceChildren();
    document.body.classList.add("busy");
    box("main").setAttribute("aria-busy", "true");
    try {
      return await promise;
    } finally {
      document.body.classList.remove("busy");
      box("main").removeAttribute("aria-busy");
    }
  }
  return { tell, fails, busy };
}
