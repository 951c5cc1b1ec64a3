/* The fixed parts of the chat: header, welcome, scrolling middle, message box. */

import { fill, h, heading, icon, newId, svg } from "./chat-dom.js";

const MOST = 5000;
const TELL_FROM = 4500;

export function logo() {
  return svg("svg", { viewBox: "0 0 32 32", class: "logo", "aria-hidden": "true", focusable: "false" },
    svg("rect", { width: 32, height: 32, rx: 9 }),
    svg("circle", { cx: 18, cy: 7.2, r: 1.6 }),
    svg("path", { d: "M17 12.5 15.2 18l4.3 3.2 1 5.3M15.2 18l-1.4 4.4-4.3 3.4M17 12.5l-4.8 1.7-1.2 3.6M17 12.5l3.4 3.6 3.4.6" }));
}

export function header(texts, title, image, ...tools) {
  return h("div", { class: "top" }, image ? h("img", { src: image, alt: "", class: "logo" }) : logo(),
    h("div", { class: "names" }, heading(texts, 0, { class: "title" }, title), h("p", { class: "subtitle" }, texts.page.subtitle)),
    tools);
}

export function welcome(texts, send, greeting) {
  const words = texts.page;
  return h("section", { class: "welcome" },
    heading(texts, 1, { class: "welcome-title" }, words.welcome_title),
    h("p", {}, greeting || words.welcome), h("p", {}, words.welcome_limits),
    h("p", { class: "warning" }, icon("alarm"), h("span", {}, words.welcome_emergency)),
    h("div", { class: "choices" }, texts.suggestions.map((text, place) =>
      h("button", { type: "button", class: place ? "choice" : "primary", on: { click: () => send(text) } }, text))));
}

export function typing(words) {
  return h("div", { class: "typing", hidden: true, "aria-hidden": "true" }, h("i"), h("i"), h("i"), h("span", {}, words.typing));
}

/* The message box; Enter sends, Shift and Enter starts a new line. */
export class Composer {
  constructor(words, send) {
    const id = newId("message");
    this.words = words;
    this.send = send;
    this.box = h("textarea", { id, rows: 1, placeholder: words.input_placeholder, autocomplete: "off", enterkeyhint: "send", dir: "auto", "aria-describedby": `${id}-note`, on: {
      input: () => this.changed(),
      keydown: (event) => { if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.submit(event); },
    } });
    this.note = h("p", { class: "note", id: `${id}-note`, "aria-live": "polite" });
    this.element = h("form", { class: "composer", on: { submit: (event) => this.submit(event) } },
      h("label", { class: "unseen", for: id }, words.input_label),
      h("div", { class: "field" }, this.box, h("button", { type: "submit", class: "round send", "aria-label": words.send }, icon("send"))),
      this.note);
  }

  submit(event) {
    event.preventDefault();
    const text = this.box.value.trim();
    if (!text) this.note.textContent = this.words.nothing_typed;
    if (!text || text.length > MOST) {
      this.box.focus();
      return;
    }
    this.box.value = "";
    this.changed();
    this.send(text);
  }

  changed() {
    const left = MOST - this.box.value.length;
    const sentence = left < 0 ? this.words.over : left < MOST - TELL_FROM ? this.words.left : "";
    this.note.textContent = fill(sentence, { count: Math.abs(left) });
    this.note.classList.toggle("over", left < 0);
    this.box.toggleAttribute("aria-invalid", left < 0);
    this.box.style.height = "auto";
    this.box.style.height = `${this.box.scrollHeight}px`;
  }

  hint(isQuestion) {
    this.box.placeholder = isQuestion ? this.words.input_placeholder_question : this.words.input_placeholder;
  }
}

export function saveText(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

export async function copyText(root, text) {
  if (navigator.clipboard) {
    return navigator.clipboard.writeText(text).then(() => true, () => false);
  }
  const box = h("textarea", { class: "unseen" });
  root.append(box);
  box.value = text;
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  return done;
}
