// Moving a number by key or by pointer: sliders, and the points in pictures.
import { element, set } from "./elements.js";
import { isPlain } from "./keys.js";

// A native slider; `moved` is given its number.  Keys with Ctrl, Alt or Meta are not its own, though browsers
// move it by some of them.
export function range(properties, moved) {
  const node = element("input", { type: "range", ...properties });
  let left = null; // what it stays at
  node.addEventListener("keydown", (event) => { left = isPlain(event) ? null : node.value; });
  node.addEventListener("pointerdown", () => { left = null; });
  node.addEventListener("input", () => {
    if (left === null) moved(Number(node.value));
    else node.value = left;
  });
  return node;
}

// Where a key leads from a value, within the ends; null if it is not one that moves.
export function keyTarget(key, value, step, low, high) {
  const moves = {
    ArrowRight: step, ArrowUp: step, ArrowLeft: -step, ArrowDown: -step,
    PageUp: 10 * step, PageDown: -10 * step,
  };
  if (key === "Home") return low;
  if (key === "End") return high;
  if (!(key in moves)) return null;
  return within(tidy(value + moves[key], step), low, high);
}

function within(value, low, high) {
  return Math.min(high, Math.max(low, value));
}

export function onGrid(value, step) {
  return tidy(Math.round(value / step) * step, step);
}

// Without what the binary sum has beyond any digit that somebody may have typed.
function tidy(value, step) {
  const decimals = 8 - Math.floor(Math.log10(step));
  return Number(value.toFixed(Math.min(20, Math.max(10, decimals))));
}

// A point on a plane that a pointer drags and the keys move.  `axes()` gives for each axis
// { name, value, low, high, step }, and `most` where the values end before the plane does; the second
// axis may be missing.
export function handle(plane, line, axes) {
  const node = element("div", { className: "bp-point", role: "slider", tabIndex: 0 });
  const put = (parts) => {
    axes().forEach(({ name, low, high, step, most = high }, place) => {
      const value = onGrid(low + parts[place] * (high - low), step);
      line.change(name, within(value, low, most));
    });
    at(parts);
  };
  const at = ([x, y]) => {
    if (x !== undefined) node.style.setProperty("--x", x);
    if (y !== undefined) node.style.setProperty("--y", y);
  };
  const drag = (event) => {
    const box = plane.getBoundingClientRect();
    const parts = [(event.clientX - box.left) / box.width, (box.bottom - event.clientY) / box.height];
    put(parts.slice(0, axes().length).map((part) => Math.min(1, Math.max(0, part))));
  };
  plane.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    node.focus({ preventScroll: true });
    plane.setPointerCapture(event.pointerId);
    line.rest();
    drag(event);
  });
  plane.addEventListener("pointermove", (event) => {
    if (plane.hasPointerCapture(event.pointerId)) drag(event);
  });
  plane.addEventListener("pointerup", line.rest);
  node.addEventListener("keyup", line.rest);
  node.addEventListener("keydown", (event) => {
    const [across, up] = axes();
    const moved = up && KEYS_UP.has(event.key) ? up : across;
    const { name, value, low, high, step, most = high } = moved;
    const to = keyTarget(event.key, line.latest(name, value), step, low, most);
    if (to === null || !isPlain(event)) return;
    event.preventDefault();
    line.change(name, to);
    const part = (to - low) / (high - low);
    at(moved === across ? [part] : [undefined, part]);
  });
  plane.append(node);
  // Shows the point; while it is moved from here, the page knows better where it is.
  const show = (parts, words) => {
    const [x, y] = parts;
    const inside = x >= 0 && x <= 1 && y >= 0 && y <= 1;
    const [{ value, low, high, most = high }] = axes();
    node.classList.toggle("bp-outside", !inside);
    set(node, { "aria-valuenow": value, "aria-valuemin": low, "aria-valuemax": most, "aria-valuetext": words });
    if (!axes().some((each) => line.owns(each.name))) at(parts);
  };
  return { node, show };
}

const KEYS_UP = new Set(["ArrowUp", "ArrowDown", "PageUp", "PageDown"]);
