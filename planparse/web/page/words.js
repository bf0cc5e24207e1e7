// What the page says, in Chinese and in English. What is said about a plan comes from the server, in the same language.

import { chinese } from "./chinese.js";
import { english } from "./english.js";

const LANGUAGES = { zh: chinese, en: english };
let language = "zh";

/** The language of the page: zh or en. */
export const spoken = () => language;

/** A text with its fields filled in. */
export function say(key, values = {}) {
  const text = LANGUAGES[language][key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** Changes the language and writes all that stands in the page from the start. */
export function speak(name) {
  language = name in LANGUAGES ? name : "zh";
  document.documentElement.lang = say("locale");
  for (const part of document.querySelectorAll("[data-say]")) part.textContent = say(part.dataset.say);
  for (const part of document.querySelectorAll("[data-label]")) part.setAttribute("aria-label", say(part.dataset.label));
  for (const part of document.querySelectorAll("[data-title]")) part.title = say(part.dataset.title);
  for (const part of document.querySelectorAll("[data-placeholder]")) part.placeholder = say(part.dataset.placeholder);
}
