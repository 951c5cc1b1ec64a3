/* The scrolling middle: follows new messages unless the person has scrolled up to read. */

import { h, icon } from "./chat-dom.js";

const NEAR = 120;
const MARGIN = 12;

export class Scroller {
  constructor(words, children) {
    this.inner = h("div", { class: "inner" }, children);
    this.box = h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": words.conversation, on: { scroll: () => this.moved() } }, this.inner);
    this.newer = h("button", { type: "button", class: "newer", hidden: true, on: { click: () => this.toEnd() } }, icon("down"), words.newer);
    this.element = h("div", { class: "middle" }, this.box, this.newer);
    this.stays = true;
    this.put = 0;
  }

  /* In a very low window the whole chat scrolls instead of its middle. */
  get mover() {
    return this.box.scrollHeight > this.box.clientHeight + 1 ? this.box : this.box.closest(".chat");
  }

  get hasFocus() {
    return this.box.getRootNode().activeElement === this.box;
  }

  focus() {
    this.box.focus({ preventScroll: true });
  }

  /* Scrolling up, away from where we put it, means reading; coming back to the end means following again. */
  moved() {
    const { scrollHeight, scrollTop, clientHeight } = this.box;
    if (scrollTop < this.put - NEAR) this.stays = false;
    if (scrollHeight - scrollTop - clientHeight < NEAR) this.stays = true;
    if (this.stays) this.newer.hidden = true;
  }

  move(top) {
    this.mover.scrollTop = top;
    this.put = this.box.scrollTop;
  }

  toEnd() {
    this.stays = true;
    this.newer.hidden = true;
    this.move(this.mover.scrollHeight);
  }

  /* Shows what is new from its beginning: a long answer must not scroll past the reader. */
  follow(first) {
    if (!first?.isConnected) return;
    const mover = this.mover;
    const top = mover.scrollTop + first.getBoundingClientRect().top - mover.getBoundingClientRect().top - MARGIN;
    if (this.stays) this.move(top);
    else this.newer.hidden = false;
  }
}
