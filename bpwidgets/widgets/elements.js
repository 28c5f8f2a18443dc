// Elements, formulas, and numbers that came as bytes.

const MATHML = "http://www.w3.org/1998/Math/MathML";
const SVG = "http://www.w3.org/2000/svg";

// --- elements ---

// An element with properties and children; a text child is placed as text, never as markup.
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in made) made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

export function button(words, press, properties = {}) {
  const made = element("button", { type: "button", className: "bp-button", ...properties }, words);
  made.addEventListener("click", press);
  return made;
}

// A labelled choice; `choices` are pairs of value and words.
export function select(label, choose) {
  const node = element("select");
  node.addEventListener("change", () => choose(node.value));
  const made = element("label", { className: "bp-choice" }, `${label} `, node);
  const fill = (choices) => {
    if (JSON.stringify(choices) === node.dataset.choices) return;
    node.dataset.choices = JSON.stringify(choices);
    node.replaceChildren(...choices.map(([value, words]) => element("option", { value }, words)));
  };
  return { made, node, fill };
}

// A labelled tick box.
export function tick(label, change) {
  const node = element("input", { type: "checkbox" });
  node.addEventListener("change", () => change(node.checked));
  return { made: element("label", { className: "bp-choice" }, node, ` ${label}`), node };
}

export function drawn(tag, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, tag);
  set(made, attributes);
  made.append(...children);
  return made;
}

export function set(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    const text = String(value);
    if (node.getAttribute(name) !== text) node.setAttribute(name, text);
  }
}

export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

// The element with the focus, as the node's own root sees it: from outside a shadow root it is not seen.
export const focusBeside = (node) => node.getRootNode().activeElement;

export const unique = () => `bp-${Math.random().toString(36).slice(2)}`;

// --- formulas ---

// A formula from Python: [tag, child, ...], each child a tree, a text, or the place of a number.
// The nodes that hold numbers are collected in `slots`.
export function formula(tree, slots = []) {
  const math = document.createElementNS(MATHML, "math");
  math.append(branch(tree, slots));
  return math;
}

// A formula in pieces that may go on below each other; each but the first begins with its sign.
export function pieced(trees) {
  const parts = trees.map((tree, place) => {
    const made = formula(tree);
    if (place > 0) set(made.querySelector("mo"), { form: "infix" }); // with space on both sides
    return made;
  });
  return element("span", { className: "bp-pieces" }, ...parts);
}

function branch([tag, ...children], slots) {
  const made = document.createElementNS(MATHML, tag);
  if (tag === "mo") made.setAttribute("stretchy", "false"); // brackets as high as the text
  for (const child of children) {
    if (typeof child === "number") {
      made.classList.add("bp-number");
      (slots[child] ??= []).push(made);
    } else {
      made.append(typeof child === "string" ? child : branch(child, slots));
    }
  }
  return made;
}

// Puts the numbers into their places; what has not changed is left alone.
export function fill(slots, numbers) {
  slots.forEach((nodes, place) => {
    for (const node of nodes) setText(node, numbers[place]);
  });
}

// Numbers that Python sent as bytes.
export function bytes(view) {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

export function floats(view) {
  return new Float32Array(bytes(view).slice().buffer);
}

// Parts of a picture, from 0 to 1, sent as two bytes each.
export function fractions(view) {
  return Float32Array.from(new Uint16Array(bytes(view).slice().buffer), (part) => part / 65535);
}
