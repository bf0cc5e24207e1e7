// Elements made by hand: words of a plan only ever become text nodes and attributes that hold no code.

const SVG = "http://www.w3.org/2000/svg";

export const byId = id => document.getElementById(id);

/** An element. `given` holds attributes; `on` listeners by event; `data` the data attributes. Empty values are left out. */
export function make(tag, given = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (name === "on") for (const [event, act] of Object.entries(value)) element.addEventListener(event, act);
    else if (name === "data") Object.assign(element.dataset, value);
    else if (value !== undefined && value !== null && value !== false && value !== "") element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined && child !== false && child !== ""));
  return element;
}

/** A drawing of the set in index.html. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", "#icon-" + name);
  svg.append(use);
  return svg;
}

/** A button with an act. */
export function button(words, act, given = {}) {
  return make("button", { type: "button", ...given, on: { click: act } }, words);
}

/** Data attributes that tie an element to a stretch of the source text. */
export function tied(stretch) {
  return stretch ? { start: stretch.start, end: stretch.end } : {};
}
