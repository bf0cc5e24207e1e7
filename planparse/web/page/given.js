// What a user gives: the clipboard, a dropped or a chosen file, words of their own. All become an input of the server's.

import { say } from "./words.js";

const TELLING = /<(table|ol|ul|li|h[1-6])\b|mso-list/i; // what plain text would lose
const EMPTY = { text: null, html: null, data: null, year: null, term_start: null };

/** An input of plain text. */
export function ofText(text, name = say("pasted") + ".txt") {
  return { ...EMPTY, name, text };
}

function ofHtml(html) {
  return { ...EMPTY, name: say("pasted") + ".html", html };
}

/** An input of a file. */
export async function ofFile(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const parts = [];
  for (let at = 0; at < bytes.length; at += 0x8000) parts.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)));
  return { ...EMPTY, name: file.name, data: btoa(parts.join("")) };
}

/** What a paste or a drop brings: a file, else HTML where it tells more than text, else text; null for nothing. */
export async function ofTransfer(transfer) {
  const [file] = transfer.files, html = transfer.getData("text/html"), text = transfer.getData("text/plain");
  // Word puts a picture of the words beside them: files count only where there are none.
  if (file && !html.trim() && !text.trim()) return ofFile(file);
  if (html.trim() && (TELLING.test(html) || !text.trim())) return ofHtml(html);
  return text.trim() ? ofText(text) : file ? ofFile(file) : null;
}

/** An input with some of its values changed. */
export function changed(input, values) {
  return { ...input, ...values };
}
