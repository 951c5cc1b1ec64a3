/* The menu in the header, and the two questions "are you sure?". */

import { h, icon, newId } from "./chat-dom.js";

export class Menu {
  constructor(words, items) {
    const id = newId("menu");
    this.list = h("ul", { id, class: "menu", hidden: true }, items.map(({ name, label, action }) =>
      h("li", {}, h("button", { type: "button", "data-name": name, on: { click: () => this.choose(action) } }, label))));
    this.button = h("button", {
      type: "button", class: "round", "aria-label": words.open, "aria-expanded": "false", "aria-controls": id, on: { click: () => this.toggle() },
    }, icon("menu"));
    this.element = h("div", { class: "menu-place", on: {
      keydown: (event) => this.key(event),
      focusout: (event) => { if (!this.element.contains(event.relatedTarget)) this.toggle(false); },
    } }, this.button, this.list);
  }

  toggle(open = this.list.hidden) {
    this.list.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
    if (open) this.items[0].focus();
  }

  get items() {
    return [...this.list.querySelectorAll("li:not([hidden]) > button")];
  }

  item(name) {
    return this.list.querySelector(`[data-name="${name}"]`);
  }

  choose(action) {
    this.toggle(false);
    this.button.focus();
    action();
  }

  key(event) {
    if (this.list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") {
      event.stopPropagation();
      this.toggle(false);
      this.button.focus();
    } else if (step) {
      event.preventDefault();
      const items = this.items;
      const place = items.indexOf(event.target.closest("button"));
      items[(place + step + items.length) % items.length].focus();
    }
  }
}

/* A modal question; resolves to true when the person says yes. */
export function sure(root, words, name) {
  const title = newId("title");
  const dialog = h("dialog", { "aria-labelledby": title },
    h("h2", { id: title }, words[`${name}_title`]), h("p", {}, words[`${name}_text`]),
    h("form", { method: "dialog", class: "choices" },
      h("button", { value: "no", class: "choice" }, words.cancel), h("button", { value: "yes", class: `primary ${name}` }, words[`${name}_yes`])));
  root.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}
