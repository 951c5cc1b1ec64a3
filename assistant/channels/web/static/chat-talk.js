/* The conversation: sends in order, shows what comes back, keeps focus and place. */

import { AlertPlace } from "./chat-alert.js";
import { AnswerPlace } from "./chat-answer.js";
import { Api } from "./chat-api.js";
import { fill } from "./chat-dom.js";
import { Composer, typing, welcome } from "./chat-frame.js";
import { Log } from "./chat-log.js";
import { labelOf } from "./chat-question.js";
import { Scroller } from "./chat-scroll.js";

const UNSENT = new Set(["offline", "unreachable", "too_fast", "busy", "crowded"]);
const ASIDES = ["back", "why", "told", "summary", "restart", "delete"];
const CALM = new Set(["self_care", "clinician"]);

export class Talk {
  constructor(texts, base, frame, actions, { greeting, locale }) {
    this.texts = texts;
    this.actions = actions;
    this.site = new URL(base).origin;
    const { commands, menu, question } = texts;
    const shown = [...ASIDES.map((name) => menu[name]), question.back, question.why];
    this.commands = new Set([...ASIDES.map((name) => commands[name]), ...shown]);
    this.api = new Api(base, locale, {
      renewed: () => this.renewed(), changed: () => this.refresh(), gone: () => this.startAgain(texts.notices.deleted),
    });
    this.log = new Log(texts, actions);
    this.alert = new AlertPlace(texts, frame);
    this.place = new AnswerPlace(texts, (text, shown) => this.say(text, shown, true));
    this.composer = new Composer(texts.page, (text) => this.say(text));
    this.welcome = welcome(texts, (text) => this.say(text, text, true), greeting);
    this.typing = typing(texts.page);
    this.scroller = new Scroller(texts.page, [this.welcome, this.log.element, this.typing, this.place.element]);
    this.queue = Promise.resolve();
    this.underWay = 0;
  }

  /* What is said before the earlier messages are there is sent after them. */
  restore() {
    this.restoring = this.reread().finally(() => { this.restoring = null; });
    return this.restoring;
  }

  async reread() {
    const messages = await this.api.history().catch(() => null);
    if (!messages) this.log.notice(this.texts.notices.history_failed);
    this.log.element.setAttribute("aria-live", "off");
    for (const { role, content } of messages || []) {
      if (role === "person") this.person(content.text, content.text);
      else this.show(content);
    }
    this.place.resume();
    this.log.element.removeAttribute("aria-live");
    if (messages?.length) this.scroller.toEnd();
  }

  say(text, shown = text, fromControls = false) {
    this.welcome.hidden = true;
    if (this.restoring) return void this.restoring.then(() => this.say(text, shown, fromControls));
    const entry = { id: randomId(), text, shown, fromControls, parts: [], elements: [] };
    entry.element = this.person(text, shown);
    if (fromControls) this.scroller.focus();
    this.post(entry);
  }

  person(text, shown) {
    this.welcome.hidden = true;
    const element = this.log.person(shown);
    const { question, asked } = this.place;
    this.pending = question && !this.commands.has(text) ? { element, question, asked } : null;
    if (text.toLowerCase() === this.texts.commands.restart) this.place.clear();
    this.place.pause();
    return element;
  }

  post(entry) {
    this.scroller.toEnd();
    this.wait(1);
    this.queue = this.queue.then(() => this.deliver(entry));
  }

  async deliver(entry) {
    try {
      await this.api.send(entry, (part) => this.receive(entry, part));
      this.finish(entry);
    } catch (failure) {
      this.fail(entry, failure);
    }
    this.wait(-1);
    if (!this.underWay) this.place.resume();
    if (this.stale) this.refresh();
    this.scroller.follow(entry.elements[0] ?? entry.element);
    this.refocus(entry);
  }

  receive(entry, part) {
    entry.parts.push(part);
    const element = this.show(part);
    if (element) entry.elements.push(element);
    this.scroller.follow(entry.elements[0]);
  }

  show(part) {
    if (part.custom?.alert || part.custom?.plan) this.log.retirePlans();
    const element = this.log.bot(part, (address) => this.isOurs(address));
    this.settle(part.custom || {});
    this.place.take(part, [...(element?.querySelectorAll(".bubble > p") ?? [])].pop());
    this.composer.hint(Boolean(this.place.question));
    this.warn(part.custom || {});
    return element;
  }

  isOurs(address) {
    try {
      return new URL(address, this.site).origin === this.site;
    } catch {
      return false;
    }
  }

  /* An answer is settled, and can be changed, when the conversation moves on to something else. */
  settle({ question, plan, alert }) {
    if (!this.pending) return;
    const { element, question: answered, asked } = this.pending;
    const moved = question && String(question.findings) !== String(answered.findings);
    if (!moved && !plan && !alert) return;
    const command = fill(this.texts.commands.change, { label: labelOf(answered) });
    const shown = fill(this.texts.question.changing, { question: asked });
    this.log.changeable(element, asked, () => this.say(command, shown, true));
    this.pending = null;
  }

  warn(custom) {
    if (custom.alert) this.alert.show(custom.alert);
    else if (custom.alert === null || CALM.has(custom.assessment?.care)) this.alert.clear();
  }

  finish(entry) {
    if (!entry.parts.some((part) => part.custom?.deleted)) return;
    this.api.forget();
    this.startAgain(this.texts.notices.deleted);
    entry.parts.filter((part) => part.text).forEach((part) => this.show({ text: part.text }));
  }

  fail(entry, failure) {
    entry.elements.forEach((element) => element.remove());
    const sentence = failure.text || this.texts.notices[failure.code] || this.texts.notices.unreachable;
    const title = this.texts.notices[UNSENT.has(failure.code) ? "not_sent" : "not_answered"];
    entry.again = this.log.failed(entry.element, title, sentence, () => {
      Object.assign(entry, { parts: [], elements: [], fromControls: true });
      this.scroller.focus();
      this.post(entry);
    });
    if (!failure.code) console.error(failure);
  }

  wait(by) {
    this.underWay += by;
    this.typing.hidden = !this.underWay;
    this.actions.announce(this.underWay ? this.texts.page.typing : "");
  }

  refocus(entry) {
    const emergency = entry.parts.some((part) => part.custom?.alert?.level === "emergency");
    const last = entry.elements[entry.elements.length - 1];
    if (emergency) this.alert.focus();
    else if (entry.again?.isConnected && this.scroller.hasFocus) entry.again.focus();
    else if (this.scroller.hasFocus) (last?.querySelector(".plan") ?? this.place.first ?? this.composer.box).focus({ preventScroll: true });
  }

  async remove() {
    const parts = await this.api.remove();
    const asksBack = parts.some((part) => part.buttons || part.custom?.question);
    if (!asksBack) this.api.forget();
    this.startAgain(this.texts.notices.deleted);
    parts.forEach((part) => this.show(part));
  }

  startAgain(sentence) {
    this.empty();
    this.log.notice(sentence);
  }

  empty() {
    this.log.clear();
    this.place.clear();
    this.alert.clear();
    this.pending = null;
  }

  /* Another tab went on with this conversation: it is read again, unless something here still waits to be sent. */
  async refresh() {
    this.stale = this.underWay > 0;
    if (this.stale || this.log.element.querySelector(".failed")) return;
    const held = this.place.element.contains(this.place.element.getRootNode().activeElement);
    this.empty();
    await this.restore();
    if (held) this.scroller.focus();
  }

  renewed() {
    this.place.clear();
    this.log.notice(this.texts.notices.renewed);
  }

  restart() {
    this.alert.clear();
    this.log.notice(this.texts.notices.restarted);
    this.say(this.texts.commands.restart, this.texts.menu.restart, true);
  }
}

/* Not crypto.randomUUID: that is missing where a clinic serves the page without https. */
function randomId() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
