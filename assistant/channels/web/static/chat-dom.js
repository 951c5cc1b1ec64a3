/* Makes elements. Text is always set as text, never as HTML. */

export function h(tag, settings = {}, ...children) {
  return build(document.createElement(tag), settings, children);
}

export function svg(tag, settings = {}, ...children) {
  return build(document.createElementNS("http://www.w3.org/2000/svg", tag), settings, children);
}

function build(element, { on = {}, ...attributes }, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  for (const [event, action] of Object.entries(on)) element.addEventListener(event, action);
  element.append(...children.flat().filter((child) => child != null && child !== false));
  return element;
}

export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/* Headings fit under those of the page around us: level 0 is the chat's own title. */
export function heading(texts, level, settings, ...children) {
  return h("p", { role: "heading", "aria-level": texts.level + level, ...settings }, ...children);
}

let count = 0;
export const newId = (name) => `${name}-${++count}`;

const ICONS = {
  menu: "M5 7h14M5 12h14M5 17h14",
  close: "M6 6l12 12M18 6L6 18",
  send: "M12 19V5M6 11l6-6 6 6",
  back: "M9 7l-5 5 5 5M4 12h11a5 5 0 010 10",
  why: "M9.2 9a2.8 2.8 0 115.2 1.6c-.9 1-2.4 1.4-2.4 3.1M12 17.5v.1",
  down: "M12 5v14M6 13l6 6 6-6",
  chat: "M4 5h16v11H10l-4 4v-4H4z",
  check: "M5 12.5l4.5 4.5L19 7.5",
  alarm: "M12 3L2 21h20zM12 10v5M12 18v.1",
  clock: "M12 3a9 9 0 100 18 9 9 0 000-18zM12 7v5l3.5 2",
  print: "M7 9V4h10v5M7 17H4v-7h16v7h-3M7 14h10v6H7z",
  copy: "M9 9h10v11H9zM15 9V4H5v11h4",
  edit: "M4 20l1-4L16 5l3 3L8 19z",
  cut: "M4 8h16M4 16h10",
};

export function icon(name) {
  return svg("svg", { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true", focusable: "false" },
    svg("path", { d: ICONS[name] }));
}
