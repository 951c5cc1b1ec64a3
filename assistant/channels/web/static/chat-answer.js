/* The place under the conversation that offers answers to the last question. */

import { h, newId } from "./chat-dom.js";
import { progress, questionControls, questionTools } from "./chat-question.js";

export class AnswerPlace {
  constructor(texts, answer) {
    this.texts = texts;
    this.answer = answer;
    this.question = null;
    this.asked = "";
    this.element = h("section", { class: "answer", hidden: true });
  }

  /* Offers what a part of an answer brings; a part without a question leaves the present one standing. */
  take(part, asked) {
    const { question, plan, assessment, alert, deleted, stopped } = part.custom || {};
    const ends = plan || deleted || stopped || alert?.level === "emergency" || (assessment && !assessment.next_question);
    if (ends || question === null) this.clear();
    if (question) this.ask(question, part.buttons || [], asked);
    else if (part.buttons?.length) this.offer(part.buttons, asked);
  }

  ask(question, buttons, asked) {
    const words = this.texts.question;
    const labels = new Set((question.options || []).map((option) => option.label));
    const others = buttons.filter((button) => !labels.has(button.title));
    this.question = question;
    this.fill(asked,
      progress(question, words),
      questionControls(question, this.texts, (text, shown) => this.answer(text, shown)),
      this.chips(others),
      questionTools(question, words, this.texts.commands, (text, shown) => this.answer(text, shown)));
  }

  offer(buttons, asked) {
    this.question = null;
    this.fill(asked, this.chips(buttons));
  }

  chips(buttons) {
    if (!buttons.length) return null;
    return h("div", { class: "choices" }, buttons.map((button) =>
      h("button", { type: "button", class: "choice", on: { click: () => this.answer(button.payload ?? button.title, button.title) } }, button.title)));
  }

  fill(asked, ...children) {
    this.asked = asked?.innerText.split("\n").pop() ?? "";
    if (asked && !asked.id) asked.id = newId("asked");
    const name = asked ? { "aria-labelledby": asked.id } : { "aria-label": this.texts.question.group };
    this.element.replaceChildren(h("div", { role: "group", ...name }, children.filter(Boolean)));
    this.element.hidden = false;
  }

  /* While an answer is on its way nothing can be chosen; a question comes back if the reply brings no other. */
  pause() {
    if (!this.question) this.clear();
    this.element.hidden = true;
  }

  resume() {
    this.element.hidden = !this.element.firstChild;
  }

  clear() {
    this.question = null;
    this.element.replaceChildren();
    this.element.hidden = true;
  }

  get first() {
    return this.element.querySelector(".figure, input, .choice, .point") ?? this.element.querySelector("button");
  }
}
