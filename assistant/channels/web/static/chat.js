/* <psoas-chat title="…" greeting="…" logo="…" accent="#0a6b66" locale="en-GB" mode="inline|button" theme="auto|light|dark" level="2"> */

import { accentProperties } from "./chat-colour.js";
import { fill, h, icon } from "./chat-dom.js";
import { copyText, header, saveText } from "./chat-frame.js";
import { beginInvited, takeInvitation } from "./chat-invitation.js";
import { Menu, sure } from "./chat-menu.js";
import { openForPrint } from "./chat-plan.js";
import { Talk } from "./chat-talk.js";

const BASE = new URL("../../", import.meta.url).href;
const FILES = new URL("./", import.meta.url).href;
const THEMES = ["auto", "light", "dark"];
const TOAST_MILLISECONDS = 4000;

class PsoasChat extends HTMLElement {
  static observedAttributes = ["accent", "theme"];

  async connectedCallback() {
    if (this.shadowRoot) return;
    this.attachShadow({ mode: "open" });
    this.dark = matchMedia("(prefers-color-scheme: dark)");
    this.dark.addEventListener("change", () => this.paint());
    const style = h("link", { rel: "stylesheet", href: `${FILES}chat.css` });
    const styled = new Promise((resolve) => { style.onload = style.onerror = resolve; });
    this.shadowRoot.append(style);
    this.texts = await loadTexts(this.getAttribute("locale") || this.closest("[lang]")?.lang || "en");
    await styled;
    this.build();
    this.paint();
    if (this.getAttribute("mode") !== "button") await this.begin();
    this.dispatchEvent(new CustomEvent("psoas-ready"));
  }

  async begin() {
    const invitation = takeInvitation();
    await (invitation ? beginInvited(invitation, this.frame, this.texts, this.talk) : this.talk.restore());
    this.frame.dataset.ready = "";
  }

  attributeChangedCallback() {
    if (this.frame) this.paint();
  }

  build() {
    const { texts } = this;
    texts.level = Number(this.getAttribute("level")) || 2;
    const title = this.title || texts.page.title;
    this.removeAttribute("title");
    this.status = h("p", { class: "unseen", role: "status" });
    this.toast = h("p", { class: "toast", role: "status" });
    this.frame = h("div", { class: "chat", dir: texts.direction, lang: texts.language });
    const actions = { print: () => this.print(), copy: (text) => this.copy(text), save: (text) => saveText(texts.plan.file, text), announce: (text) => { this.status.textContent = text; } };
    const given = { greeting: this.getAttribute("greeting"), locale: this.getAttribute("locale") };
    this.talk = new Talk(texts, BASE, this.frame, actions, given);
    this.menu = new Menu(texts.menu, this.items());
    this.frame.append(
      this.talk.alert.element, header(texts, title, this.getAttribute("logo"), this.menu.element, this.closer()),
      this.talk.scroller.element, this.offline(), this.toast, this.talk.composer.element,
      h("p", { class: "small-print" }, texts.page.small_print), this.status);
    this.shadowRoot.append(this.frame);
    if (this.getAttribute("mode") === "button") this.fold(title);
    addEventListener("beforeprint", () => { this.closeAgain = openForPrint(this.frame); });
    addEventListener("afterprint", () => this.closeAgain?.());
  }

  items() {
    const { menu, commands, dialog } = this.texts;
    return [
      { label: menu.told, action: () => this.talk.say(commands.told, menu.told, true) },
      { label: menu.summary, action: () => this.talk.say(commands.summary, menu.summary, true) },
      { label: menu.back, action: () => this.talk.say(commands.back, menu.back, true) },
      { label: menu.print, name: "print", action: () => this.print() },
      { label: menu.copy, action: () => this.copy(this.talk.log.lines.join("\n\n")) },
      { label: "", name: "theme", action: () => this.nextTheme() },
      { label: menu.restart, action: async () => await sure(this.frame, dialog, "restart") && this.talk.restart() },
      { label: menu.delete, name: "delete", action: async () => await sure(this.frame, dialog, "delete") && this.remove() },
    ];
  }

  /* mode="button": a round button opens the chat as a panel. */
  fold(title) {
    const words = this.texts.page;
    this.frame.setAttribute("role", "dialog");
    this.frame.setAttribute("aria-label", title);
    this.frame.hidden = true;
    this.launcher = h("button", { type: "button", class: "launcher", "aria-expanded": "false", "aria-label": words.open, on: { click: () => this.unfold(true) } }, icon("chat"));
    this.shadowRoot.append(this.launcher);
    this.frame.addEventListener("keydown", (event) => { if (event.key === "Escape") this.unfold(false); });
  }

  async unfold(open) {
    this.frame.hidden = !open;
    this.launcher.hidden = open;
    this.launcher.setAttribute("aria-expanded", String(open));
    if (!open) return this.launcher.focus();
    this.talk.composer.box.focus();
    this.restored ??= this.begin();
    return this.restored;
  }

  closer() {
    if (this.getAttribute("mode") !== "button") return null;
    return h("button", { type: "button", class: "round", "aria-label": this.texts.page.close, on: { click: () => this.unfold(false) } }, icon("close"));
  }

  offline() {
    const { notices } = this.texts;
    const bar = h("p", { class: "offline", role: "status" });
    const tell = () => { bar.textContent = navigator.onLine ? "" : notices.offline; };
    addEventListener("offline", tell);
    addEventListener("online", () => { tell(); this.say(notices.online); });
    tell();
    return bar;
  }

  say(sentence) {
    this.toast.textContent = sentence;
    clearTimeout(this.toastTimer);
    this.toastTimer = setTimeout(() => { this.toast.textContent = ""; }, TOAST_MILLISECONDS);
  }

  async copy(text) {
    const { plan } = this.texts;
    this.say(await copyText(this.frame, text) ? plan.copied : plan.not_copied);
  }

  async remove() {
    try {
      await this.talk.remove();
    } catch (failure) {
      this.say(failure.text || this.texts.notices.unreachable);
    }
  }

  /* Prints the plan alone, also out of somebody else's page. */
  print() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("@media print { body * { visibility: hidden } psoas-chat { visibility: visible; position: absolute; inset: 0 auto auto 0; width: 100% } }");
    const before = document.adoptedStyleSheets ?? [];
    document.adoptedStyleSheets = [...before, sheet];
    this.frame.classList.toggle("plan-only", Boolean(this.frame.querySelector(".plan:not(.retired)")));
    print();
    this.frame.classList.remove("plan-only");
    document.adoptedStyleSheets = before;
  }

  nextTheme() {
    const now = THEMES.indexOf(this.getAttribute("theme"));
    this.setAttribute("theme", THEMES[(Math.max(now, 0) + 1) % THEMES.length]);
    this.say(this.menu.item("theme").textContent);
  }

  paint() {
    const chosen = this.getAttribute("theme");
    const theme = chosen === "light" || chosen === "dark" ? chosen : this.dark.matches ? "dark" : "light";
    this.frame.dataset.theme = theme;
    for (const [name, value] of Object.entries(accentProperties(this.getAttribute("accent") || "", theme))) {
      this.frame.style.setProperty(name, value);
      this.launcher?.style.setProperty(name, value);
    }
    const { menu } = this.texts;
    const name = THEMES.includes(chosen) ? chosen : "auto";
    this.menu.item("theme").textContent = fill(menu.theme, { theme: menu[`theme_${name}`] });
  }
}

async function loadTexts(language) {
  const short = language.toLowerCase().split("-")[0];
  const fetched = short === "en" ? null : await fetch(`${FILES}texts.${short}.json`).catch(() => null);
  const reply = fetched?.ok ? fetched : await fetch(`${FILES}texts.en.json`);
  return { language: fetched?.ok ? short : "en", ...(await reply.json()) };
}

customElements.define("psoas-chat", PsoasChat);
