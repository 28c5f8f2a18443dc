// The drawing of a network: its nodes and edges, and the places of their numbers.
import { drawn, set, setText } from "./elements.js";

// Draws the network into a picture; the parts hold the places of the numbers.
export function drawNetwork(picture, frame) {
  const { width, height, node } = frame;
  set(picture, { viewBox: `0 0 ${width} ${height}` });
  picture.style.setProperty("--width", width);
  const plain = frame.plain.map(([x1, y1, x2, y2]) => drawn("line", { x1, y1, x2, y2, class: "bp-plain" }));
  const edges = Object.fromEntries(frame.edges.map((each) => [each.name, edge(each)]));
  const nodes = Object.fromEntries(frame.nodes.map((each) => [each.name, box(each, node)]));
  const groups = (parts) => Object.values(parts).map(({ group }) => group);
  const labels = Object.values(edges).map(({ label }) => label);
  picture.replaceChildren(...plain, ...groups(edges), ...labels, ...groups(nodes));
  return { plain, edges, nodes };
}

// Puts the numbers into their places; a line is as wide as its weight is large, dashed if negative.
export function placeNumbers(parts, { nodes, edges }) {
  for (const [name, [value, gradient, width, negative]] of Object.entries(edges)) {
    const { stroke, rows } = parts.edges[name];
    set(stroke, { "stroke-width": width, "stroke-dasharray": negative ? "7 4" : "none" });
    rows[0](value);
    rows[1](gradient);
  }
  for (const [name, texts] of Object.entries(nodes)) {
    texts.forEach((text, place) => parts.nodes[name].rows[place](text));
  }
}

// Marks everything that stands for a quantity as the one that it is about now.
export function markNow(picture, symbol) {
  for (const node of picture.querySelectorAll("[data-symbols]")) {
    node.classList.toggle("bp-now", symbol !== "" && node.dataset.symbols.split(" ").includes(symbol));
  }
}

// A weight: a line, a wider one to be pressed, and its label of two rows.
function edge({ name, line: [x1, y1, x2, y2], label: place, labels, words, symbols }) {
  const stroke = drawn("line", { x1, y1, x2, y2, class: "bp-stroke" });
  const target = drawn("line", { x1, y1, x2, y2, class: "bp-target" });
  const group = drawn("g", { class: "bp-edge", "data-symbols": symbols }, stroke, target);
  const [x, y] = place.length ? place : [(x1 + x2) / 2, (y1 + y2) / 2];
  const ground = drawn("rect", { x: x - 39, y: y - 14, width: 78, height: 28, rx: 3, class: "bp-ground" });
  const rows = labels.map((each, row) => textRow(each, x - 36, x + 36, y - 2 + 12 * row));
  const label = drawn("g", { class: "bp-label", "data-symbols": symbols }, ground,
    ...rows.flatMap(({ made }) => made));
  label.addEventListener("click", () => group.dispatchEvent(new MouseEvent("click")));
  return { group, stroke, label, rows: rows.map(({ put }) => put), words, fits: place.length > 0 };
}

function box({ name, kind, x, y, labels, symbols }, [width, height]) {
  const [left, top] = [x - width / 2, y - height / 2];
  const round = kind === "unit" ? 14 : 4;
  const ground = drawn("rect", { x: left, y: top, width, height, rx: round, class: "bp-ground" });
  const first = labels.length === 1 ? y + 4 : y - 4;
  const rows = labels.map((each, row) => textRow(each, left + 8, left + width - 8, first + 16 * row));
  const group = drawn("g", { class: `bp-node bp-${kind}`, "data-symbols": symbols }, ground,
    ...rows.flatMap(({ made }) => made));
  return { group, kind, rows: rows.map(({ put }) => put) };
}

// A symbol on the left, with its index lowered, and a number on the right.
function textRow([letters, index], left, right, y) {
  const lowered = drawn("tspan", { dy: 3, class: "bp-index" }, index);
  const symbol = drawn("text", { x: left, y, class: "bp-symbol" }, letters, lowered);
  const number = drawn("text", { x: right, y, class: "bp-number", "text-anchor": "end" });
  return { made: [symbol, number], put: (text) => setText(number, text) };
}
