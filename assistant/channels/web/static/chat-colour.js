/* Makes any accent colour readable: as a background under text, and as text on the page. */

const SURFACES = { light: [255, 255, 255], dark: [24, 33, 31] };
const ENOUGH = 4.7;

export function accentProperties(accent, theme) {
  const colour = parse(accent);
  if (!colour) return {};
  const text = until(colour, theme === "dark" ? 255 : 0, SURFACES[theme]);
  const fillColour = until(colour, 0, [255, 255, 255]);
  return { "--accent": css(fillColour), "--accent-text": css(text), "--on-accent": "#fff" };
}

function parse(accent) {
  const hex = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(accent.trim())?.[1];
  if (!hex) return null;
  const long = hex.length === 3 ? [...hex].map((digit) => digit + digit).join("") : hex;
  return [0, 2, 4].map((start) => parseInt(long.slice(start, start + 2), 16));
}

/* Moves a colour towards black (0) or white (255) until it stands out from the other one. */
function until(colour, towards, other) {
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = colour.map((part) => Math.round(part + (towards - part) * share));
    if (contrast(mixed, other) >= ENOUGH) return mixed;
  }
  return [towards, towards, towards];
}

function contrast(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour) {
  const [r, g, b] = colour.map((part) => part / 255).map((x) => (x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const css = (colour) => `rgb(${colour.join(" ")})`;
