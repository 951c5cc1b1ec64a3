/* An emergency or urgent alert takes the top of the page: icon, level in words, heavy frame. */

import { fill, h, heading, icon } from "./chat-dom.js";
import { bold } from "./chat-format.js";

const MOST_CALLS = 3; /* More than these are a list of countries, from which nobody should have to pick in a hurry. */

export class AlertPlace {
  constructor(texts, frame) {
    this.texts = texts;
    this.frame = frame;
    this.element = h("div", { class: "alert-place" });
  }

  get shown() {
    return Boolean(this.element.firstChild);
  }

  show(alert) {
    const level = alert.level === "emergency" ? "emergency" : "urgent";
    const lines = alert.lines || [];
    this.frame.dataset.alert = level;
    this.title = heading(this.texts, 1, { tabindex: "-1", class: "alert-title" }, alert.title);
    this.element.replaceChildren(
      h("section", { class: `alert ${level}`, role: "alert" },
        h("p", { class: "level" }, icon(level === "emergency" ? "alarm" : "clock"), alert.label ?? this.texts.alert[level]),
        this.title,
        this.calls([alert.title, ...lines].join(" ")),
        h("ul", {}, lines.map((line) => h("li", {}, bold(line))))));
  }

  /* A phone button for each emergency number that the alert itself names. */
  calls(sentence) {
    const place = (number) => sentence.search(new RegExp(`(^|[^\\d.,])${number}(?!\\d|[.,]\\d)`));
    const numbers = this.texts.alert.numbers.filter((number) => place(number) >= 0).sort((one, other) => place(one) - place(other));
    if (!numbers.length || numbers.length > MOST_CALLS) return null;
    return h("p", { class: "calls" }, numbers.map((number) =>
      h("a", { href: `tel:${number.replaceAll(" ", "")}`, class: "call" }, fill(this.texts.alert.call, { number }))));
  }

  clear() {
    delete this.frame.dataset.alert;
    this.element.replaceChildren();
  }

  focus() {
    this.title?.focus();
  }
}
