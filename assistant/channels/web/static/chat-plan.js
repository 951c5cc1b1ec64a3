/* The result as a card: the verdict, parts that open, sources, and when to get help. */

import { fill, h, heading, icon } from "./chat-dom.js";
import { bold, format, plain } from "./chat-format.js";
import { loadAll, picture } from "./chat-picture.js";

export function planCard(plan, assessment, texts, actions) {
  const words = texts.plan;
  return h("section", { class: "plan", tabindex: "-1", "aria-label": words.heading },
    h("header", {},
      heading(texts, 1, { class: "plan-title" }, words.heading), care(assessment, words)),
    h("div", { class: "verdict" }, format(plan.verdict || "")),
    (plan.parts || []).filter((part) => (part.lines || []).length).map((part, place) => planPart(part, place === 0, texts)),
    safetyNet(plan.safety_net || [], texts),
    h("p", { class: "made" }, fill(words.made, { date: new Date().toLocaleDateString() })),
    h("p", { class: "tools" },
      h("button", { type: "button", class: "small", on: { click: actions.print } }, icon("print"), words.print),
      h("button", { type: "button", class: "small", on: { click: () => actions.save(planText(plan, texts)) } }, icon("down"), words.save),
      h("button", { type: "button", class: "small", on: { click: () => actions.copy(planText(plan, texts)) } }, icon("copy"), words.copy)));
}

function care(assessment, words) {
  const label = words.care[assessment?.care];
  return label ? h("p", { class: `care ${assessment.care}` }, label) : null;
}

function planPart(part, open, texts) {
  return h("details", { open, class: "part" },
    h("summary", {}, h("span", {}, part.title)),
    h("ul", {}, part.lines.map((line) => h("li", {}, bold(line.text), picture(line.picture, texts.page), source(line, texts.page)))));
}

function source(line, words) {
  if (!line.quote) return null;
  const label = line.source_label ? fill(words.source, { source: line.source_label }) : words.source_plain;
  return h("details", { class: "source" }, h("summary", {}, label), h("blockquote", {}, h("p", {}, line.quote)));
}

function safetyNet(lines, texts) {
  if (!lines.length) return null;
  return h("div", { class: "net" },
    heading(texts, 2, { class: "net-title" }, icon("alarm"), texts.plan.safety_net), h("ul", {}, lines.map((line) => h("li", {}, bold(line.text ?? line)))));
}

export function planText(plan, texts) {
  const parts = (plan.parts || []).map((part) =>
    [part.title, ...part.lines.map((line) => `- ${line.text}${line.source_label ? ` (${line.source_label})` : ""}`)].join("\n"));
  const net = (plan.safety_net || []).map((line) => `- ${line.text ?? line}`);
  const safety = net.length ? [[texts.plan.safety_net, ...net].join("\n")] : [];
  return plain([texts.plan.heading, plan.verdict, ...parts, ...safety].filter(Boolean).join("\n\n"));
}

/* Everything must be open on paper, with its pictures; what was closed is closed again afterwards. */
export function openForPrint(root) {
  loadAll(root);
  const closed = [...root.querySelectorAll("details:not([open])")];
  closed.forEach((details) => { details.open = true; });
  return () => closed.forEach((details) => { details.open = false; });
}
