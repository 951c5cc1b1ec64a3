/* Turns the bot's plain text into paragraphs, lists ("- "), quotes ("> ") and bold ("**"). */

import { h } from "./chat-dom.js";

export function format(text) {
  const blocks = [];
  for (const line of text.split("\n")) {
    const kind = line.startsWith("- ") ? "ul" : line.startsWith("> ") ? "blockquote" : line.trim() ? "p" : "";
    const last = blocks[blocks.length - 1];
    if (last && last.kind === kind) last.lines.push(content(line, kind));
    else blocks.push({ kind, lines: [content(line, kind)] });
  }
  return blocks.filter((block) => block.kind).map(blockElement);
}

const content = (line, kind) => (kind === "p" ? line : line.slice(2));

function blockElement({ kind, lines }) {
  if (kind === "ul") return h("ul", {}, lines.map((line) => h("li", {}, bold(line))));
  if (kind === "blockquote") return h("blockquote", {}, lines.map((line) => h("p", {}, bold(line))));
  return h("p", {}, lines.flatMap((line, place) => [place ? h("br") : null, ...bold(line)]));
}

export function bold(line) {
  return line.split(/\*\*(?=\S)(.+?)\*\*/).map((part, place) => (place % 2 ? h("strong", {}, part) : part));
}

/* The same text without its marks, for copying. */
export const plain = (text) => text.replace(/\*\*(?=\S)(.+?)\*\*/g, "$1");
