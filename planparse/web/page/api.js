// The way to the server, which is planparse itself.

/** An answer that is no success: its message is for people. */
export class Refused extends Error {}

async function ask(name, question) {
  let answer;
  try {
    answer = await fetch("api/" + name, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(question),
    });
  } catch {
    throw new Refused("");
  }
  if (answer.ok) return answer;
  let said = "";
  try {
    said = (await answer.json()).error;
  } catch { /* an answer without words */ }
  throw new Refused(said ?? "");
}

/** The answer to a question, read as JSON. */
export async function post(name, question) {
  return (await ask(name, question)).json();
}

/** The answer as a file: its bytes and the name the server gave it. */
export async function file(name, question) {
  const answer = await ask(name, question);
  const told = answer.headers.get("Content-Disposition") ?? "";
  const long = /filename\*=UTF-8''([^;]+)/i.exec(told), short = /filename="([^"]*)"/i.exec(told);
  return { blob: await answer.blob(), name: long ? decodeURIComponent(long[1]) : short ? short[1] : "" };
}

/** Gives a file to the browser to save. */
export function save({ blob, name }) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
