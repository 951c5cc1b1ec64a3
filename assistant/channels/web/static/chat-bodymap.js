/* A picture of the lower body; touching a place ticks the same box as the list beside it. */

import { h, svg } from "./chat-dom.js";

const OUTLINE = "M62 2C64 20 69 32 69 46C67 62 53 74 52 96C51 124 59 150 63 172C59 192 61 214 68 240L60 250Q74 258 90 250"
  + "L84 240C88 214 89 192 88 172C90 150 94 128 98 114L100 111L102 114C106 128 110 150 112 172C111 192 112 214 116 240"
  + "L110 250Q126 258 140 250L132 240C139 214 141 192 137 172C141 150 149 124 148 96C147 74 133 62 131 46C131 32 136 20 138 2Z";
const MARKS = {
  front: "M100 58v.1M62 78Q78 98 97 110M138 78Q122 98 103 110M68 168q7 7 14 0M118 168q7 7 14 0",
  back: "M100 4V74M100 74V108M62 112Q80 122 98 112M138 112Q120 122 102 112M68 172q7 4 14 0M118 172q7 4 14 0",
};
/* place: [view, centre x (mirrored), centre y, radius x, radius y, turn in degrees] */
const PLACES = {
  deep_hip: ["front", 66, 86, 11, 14, -20],
  groin: ["front", 88, 105, 9, 14, -28],
  front_thigh: ["front", 73, 135, 14, 22, 0],
  knee: ["front", 75, 174, 12, 11, 0],
  leg: ["front", 74, 213, 10, 22, 0],
  lower_back: ["back", 100, 52, 26, 17, 0],
  buttock: ["back", 77, 93, 20, 18, 0],
};

export function bodyMap(options, boxes, words) {
  const known = options.filter((option) => PLACES[option.value]);
  if (!known.length) return null;
  const view = (side, title) => h("div", { class: "view" },
    svg("svg", { viewBox: "40 0 120 258", "aria-hidden": "true", focusable: "false" },
      svg("path", { d: OUTLINE, class: "outline" }), svg("path", { d: MARKS[side], class: "marks" }),
      known.filter((option) => PLACES[option.value][0] === side).map((option) => place(option, boxes))),
    h("span", { "aria-hidden": "true" }, title));
  return h("div", { class: "map" }, view("front", words.front), view("back", words.back_view));
}

function place(option, boxes) {
  const [, x, y, rx, ry, turn] = PLACES[option.value];
  const box = boxes.get(option.value);
  const ellipse = (cx, angle) => svg("ellipse", { cx, cy: y, rx, ry, transform: `rotate(${angle} ${cx} ${y})` });
  const shapes = x === 100 ? [ellipse(x, turn)] : [ellipse(x, turn), ellipse(200 - x, -turn)];
  const group = svg("g", { class: "place", on: { click: () => box.click() } }, svg("title", {}, option.label), shapes);
  const mark = () => group.classList.toggle("chosen", box.checked);
  box.addEventListener("change", mark);
  return group;
}
