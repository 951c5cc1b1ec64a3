/* The running conversation: what was said, in order. */

import { fill, h, icon } from "./chat-dom.js";
import { bold, format, plain } from "./chat-format.js";
import { picture } from "./chat-picture.js";
import { planCard, planText } from "./chat-plan.js";

/* Text-only channels get plans and alerts as text too; here the card and the alert say it already. */
function unrepeated({ text = "", custom }) {
  const { plan, alert } = custom || {};
  const repeats = (words) => Boolean(words) && plain(text).includes(plain(words));
  if (plan && repeats(plan.verdict)) return "";
  return alert && repeats(alert.title) ? `**${plain(alert.title)}**` : text;
}

export class Log {
  constructor(texts, actions) {
    this.texts = texts;
    this.actions = actions;
    this.lines = [];
    this.element = h("div", { class: "log", role: "log", "aria-label": texts.page.conversation });
  }

  person(shown) {
    const element = this.row("person", this.texts.page.you_said, [h("p", { dir: "auto" }, shown)]);
    this.lines.push(`${this.texts.page.you_said} ${shown}`);
    return element;
  }

  bot(part, isSafe) {
    const { plan, assessment, pictures } = part.custom || {};
    const blocks = format(unrepeated(part));
    if (part.image && isSafe(part.image)) blocks.push(h("img", { src: part.image, alt: part.custom?.image_alt ?? "", class: "picture" }));
    /* Below the steps that they show, before what is quoted about them. */
    const steps = blocks.findIndex((block) => block.localName === "ul");
    blocks.splice(steps < 0 ? blocks.length : steps + 1, 0, ...(pictures || []).map((shown) => picture(shown, this.texts.page)));
    if (part.text) this.lines.push(`${this.texts.page.bot_said} ${plain(part.text)}`);
    if (plan) blocks.push(planCard(plan, assessment, this.texts, this.actions));
    if (plan) this.lines.push(planText(plan, this.texts));
    return blocks.length ? this.row(plan ? "bot wide" : "bot", this.texts.page.bot_said, blocks) : null;
  }

  row(kind, speaker, blocks) {
    const element = h("div", { class: `row ${kind}` }, h("div", { class: "bubble" }, h("span", { class: "unseen" }, speaker), blocks));
    this.element.append(element);
    return element;
  }

  notice(sentence) {
    this.element.append(h("p", { class: "divider" }, h("span", {}, bold(sentence))));
  }

  /* An answer that can be changed, once it is known which question it answered. */
  changeable(element, asked, change) {
    if (element.querySelector(".change")) return;
    const words = this.texts.question;
    element.append(h("button", {
      class: "change", type: "button", "aria-label": fill(words.change_about, { question: asked }), on: { click: change },
    }, icon("edit"), words.change));
  }

  /* A newer result or an alert takes the place of earlier plans: they are closed and say so. */
  retirePlans() {
    for (const plan of this.element.querySelectorAll(".plan:not(.retired)")) {
      plan.classList.add("retired");
      plan.removeAttribute("aria-label");
      plan.querySelectorAll("details").forEach((details) => { details.open = false; });
      plan.querySelector(".tools").remove();
      plan.querySelector("header").after(h("p", { class: "superseded" }, icon("alarm"), h("strong", {}, this.texts.plan.superseded)));
    }
  }

  failed(element, title, sentence, resend) {
    const words = this.texts.notices;
    const again = h("button", { type: "button", class: "small", on: { click: () => { note.remove(); resend(); } } }, words.resend);
    const note = h("div", { class: "failed", role: "alert" },
      h("p", {}, icon("alarm"), " ", h("strong", {}, title), " ", sentence), again);
    element.append(note);
    return again;
  }

  clear() {
    this.element.replaceChildren();
    this.lines = [];
  }
}
