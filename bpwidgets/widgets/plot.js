// Two axes with their numbers, around a plane in which a view draws.
import { element, drawn } from "./elements.js";

export const PLANE = { width: 480, height: 400 }; // the units of everything drawn; the page scales them

export function plot(...layers) {
  const lines = drawn("svg", {
    viewBox: `0 0 ${PLANE.width} ${PLANE.height}`, preserveAspectRatio: "none", class: "bp-lines",
  });
  const plane = element("div", { className: "bp-plane" }, ...layers, lines);
  const across = axis("bp-across"), up = axis("bp-up");
  const made = element("div", { className: "bp-plot" }, up.label, up.numbers, plane,
    across.numbers, across.label);
  return { made, plane, lines, across, up };
}

// An axis: where its name goes, and `show` for the numbers: [part of the length, text].
export function axis(side) {
  const numbers = element("div", { className: `bp-numbers ${side}`, "aria-hidden": "true" });
  const label = element("div", { className: `bp-axis ${side}`, "aria-hidden": "true" });
  let shown = "";
  const show = (ticks) => {
    if (JSON.stringify(ticks) === shown) return;
    shown = JSON.stringify(ticks);
    numbers.replaceChildren(...ticks.map(([part, text]) => {
      const number = element("span", {}, text);
      number.style.setProperty("--part", `${100 * part}%`);
      return number;
    }));
  };
  return { numbers, label, show };
}

export const atX = (part) => part * PLANE.width;
export const atY = (part) => (1 - part) * PLANE.height;

// The text of an SVG path through points given as x, y, x, y, ... in parts of the plane.
export function pathOf(points) {
  let text = "";
  for (let place = 0; place < points.length; place += 2) {
    text += `${place ? "L" : "M"}${atX(points[place]).toFixed(1)} ${atY(points[place + 1]).toFixed(1)}`;
  }
  return text;
}

// Points at even distances across, their heights given.
export function curveOf(heights) {
  const last = heights.length - 1;
  return pathOf(Array.from(heights).flatMap((height, place) => [last ? place / last : 0, height]));
}
