/* The controls of one question, by its kind. Each calls answer(text to send, text to show). */

import { fill, h, icon, newId } from "./chat-dom.js";
import { bodyMap } from "./chat-bodymap.js";

const LONG = 28;

export function questionControls(question, texts, answer) {
  const words = texts.question;
  const kinds = { one, yes_no: yesNo, many, number, scale, text: one };
  const build = kinds[question.kind] || one;
  return build(question, words, answer, texts.commands);
}

function choice(label, answer) {
  return h("button", { type: "button", class: "choice", on: { click: () => answer(label, label) } }, label);
}

function one(question, words, answer) {
  const options = question.options || [];
  return options.length ? h("div", { class: "choices" }, options.map((option) => choice(option.label, answer))) : null;
}

function yesNo(question, words, answer) {
  const labels = question.options?.length ? question.options.map((option) => option.label) : [words.yes, words.no, words.unsure];
  return h("div", { class: "choices even" }, labels.map((label) => choice(label, answer)));
}

function many(question, words, answer, commands) {
  const options = (question.options || []).filter((option) => option.value !== commands.none);
  const boxes = new Map(options.map((option) => [option.value, h("input", { type: "checkbox", value: option.value })]));
  const isMap = question.findings?.includes("pain_location");
  const none = question.options?.find((option) => option.value === commands.none)?.label ?? words.none;
  const problem = h("p", { class: "problem", role: "alert" });
  const send = () => {
    const chosen = options.filter((option) => boxes.get(option.value).checked);
    if (!chosen.length) problem.textContent = words.many_empty;
    else answer(chosen.map((option) => option.value).join(", "), chosen.map((option) => option.label).join(", "));
  };
  return h("div", { class: "many" },
    h("p", { class: "hint" }, isMap ? `${words.map_hint} ${words.many_hint}` : words.many_hint),
    h("div", { class: isMap ? "beside" : "" }, isMap ? bodyMap(options, boxes, words) : null,
      h("div", { class: options.some((option) => option.label.length > LONG) ? "boxes long" : "boxes" }, options.map((option) =>
        h("label", { class: "box" }, boxes.get(option.value), h("span", {}, option.label))))),
    problem,
    h("div", { class: "choices" },
      h("button", { type: "button", class: "primary", on: { click: send } }, words.done),
      h("button", { type: "button", class: "choice", on: { click: () => answer(commands.none, none) } }, none)));
}

function number(question, words, answer) {
  const id = newId("number");
  const input = h("input", { id, type: "text", inputmode: "decimal", autocomplete: "off", class: "figure", maxlength: 6 });
  const problem = h("p", { class: "problem", role: "alert", id: `${id}-problem` });
  const value = () => Number(input.value.trim().replace(",", ".") || NaN);
  const step = (by) => () => { input.value = Math.max(0, (value() || 0) + by); };
  const send = (event) => {
    event.preventDefault();
    const good = Number.isFinite(value()) && value() >= 0;
    problem.textContent = good ? "" : words.number_wrong;
    input.toggleAttribute("aria-invalid", !good);
    input.setAttribute("aria-describedby", problem.id);
    if (good) answer(String(value()), question.unit ? `${value()} ${question.unit}` : String(value()));
    else input.focus();
  };
  return h("form", { class: "number", novalidate: true, on: { submit: send } },
    h("label", { for: id }, question.unit ?? words.number),
    h("div", { class: "stepper" },
      h("button", { type: "button", class: "step", "aria-label": words.less, on: { click: step(-1) } }, "−"), input,
      h("button", { type: "button", class: "step", "aria-label": words.more, on: { click: step(1) } }, "+"),
      h("button", { type: "submit", class: "primary" }, words.done)),
    problem, one(question, words, answer));
}

function scale(question, words, answer) {
  const point = (value) => h("button", {
    type: "button", class: "point", "aria-label": fill(words.scale_point, { value }), on: { click: () => answer(String(value), String(value)) },
  }, String(value));
  return h("div", { class: "scale" },
    h("div", { class: "points" }, Array.from({ length: 11 }, (_, value) => point(value))),
    h("p", { class: "ends" }, h("span", {}, words.scale_low), h("span", {}, words.scale_high)),
    one({ options: (question.options || []).filter((option) => !/^\d+$/.test(option.value)) }, words, answer));
}

export function progress(question, words) {
  const { step, of_at_most: most } = question;
  if (!step) return null;
  const sentence = fill(most ? words.progress : words.progress_open, { step, most });
  const bar = most ? h("progress", { value: Math.min(step, most), max: most, "aria-hidden": "true" }) : null;
  return h("p", { class: "progress" }, h("span", {}, sentence), bar);
}

export function questionTools(question, words, commands, answer) {
  return h("p", { class: "tools" },
    h("button", { type: "button", class: "small", on: { click: () => answer(commands.back, words.back) } }, icon("back"), words.back),
    h("button", { type: "button", class: "small", on: { click: () => answer(commands.why, words.why) } }, icon("why"), words.why));
}

/* What the bot calls a question when its answer is to be changed. */
export const labelOf = (question) => (question.findings?.[0] ?? "").replaceAll("_", " ");
