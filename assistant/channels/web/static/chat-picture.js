/* A drawing with its caption; one that moves can be stopped, and stands still for those who want it so. */

import { h } from "./chat-dom.js";

const still = matchMedia("(prefers-reduced-motion: reduce)");

/* Loaded when it comes near; its size is known before, so that nothing jumps. */
export function picture(shown, words) {
  if (!shown) return null;
  const image = h("img", { loading: "lazy", decoding: "async" });
  const caption = h("figcaption");
  const show = ({ name, alt, caption: line, width, height }) => {
    const place = new URL(`../../pictures/${encodeURIComponent(name)}`, import.meta.url);
    Object.assign(image, { alt, width, height, src: place.href });
    caption.textContent = line ?? "";
    caption.hidden = !line;
  };
  const moves = shown.moving && !still.matches;
  show(moves ? shown.moving : shown);
  return h("figure", { class: "drawing" }, image, caption, moves ? mover(shown, show, words) : null);
}

function mover(shown, show, words) {
  let moving = true;
  const button = h("button", { type: "button", class: "small", on: { click: () => {
    moving = !moving;
    show(moving ? shown.moving : shown);
    button.textContent = moving ? words.hold : words.move;
  } } }, words.hold);
  return button;
}

/* On paper every drawing is there, and stands still. */
export function loadAll(root) {
  root.querySelectorAll(".drawing img").forEach((image) => { image.loading = "eager"; });
}
