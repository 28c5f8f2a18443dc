// What every view uses: making elements, typesetting trees, keys that belong to us alone.

const MATHML = "http://www.w3.org/1998/Math/MathML";

// An element with properties and children; a text child is placed as text, never as markup.
function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in made) made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

// A control that JupyterLab and Notebook leave its keys to.
function control(tag, properties = {}, ...children) {
  return element(tag, { "data-lm-suppress-shortcuts": "true", ...properties }, ...children);
}

// A formula from Python: [tag, child, ...], each child a tree, a text, or the place of a number.
// The nodes that hold numbers are collected in `slots`.
function formula(tree, slots = []) {
  const math = document.createElementNS(MATHML, "math");
  math.append(branch(tree, slots));
  return math;
}

function branch([tag, ...children], slots) {
  const made = document.createElementNS(MATHML, tag);
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
function fill(slots, numbers) {
  slots.forEach((nodes, place) => {
    for (const node of nodes) setText(node, numbers[place]);
  });
}

function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

// Calls `build` when the frame changes and `paint` when the scene does; returns what ends it.
function follow(model, line, { build, paint: place, message }) {
  const paint = (scene) => { line.heard(scene.heard); place(scene); };
  const rebuild = () => { build(model.get("frame")); paint(model.get("scene")); };
  const repaint = () => paint(model.get("scene"));
  const say = () => setText(message, model.get("message"));
  // Frame and scene arrive together: after a new frame the scene is painted once, by rebuild.
  let framed = null;
  const changed = () => {
    if (Object.keys(model.get("frame")).length === 0) return; // it could not be shown: see message
    if (framed !== model.get("frame")) { framed = model.get("frame"); rebuild(); } else repaint();
  };
  model.on("change", changed);
  model.on("change:message", say);
  say();
  changed();
  return () => {
    line.close();
    model.off("change", changed);
    model.off("change:message", say);
  };
}

const PATIENCE = 20000; // milliseconds until an unanswered message is taken as lost

// Sends changes one message at a time: what is moved meanwhile waits and goes in one next message,
// so that a slow line never carries a backlog.  Python gives `heard` back in the scene.
function link(model) {
  const page = Math.random().toString(36).slice(2);
  let waiting = {}, sent = {}, count = 0, timer = 0;
  const next = () => {
    [sent, waiting] = [waiting, {}];
    if (Object.keys(sent).length === 0) return;
    count += 1;
    model.send({ change: sent, heard: [page, count] });
    timer = setTimeout(lost, PATIENCE);
  };
  const lost = () => { waiting = { ...sent, ...waiting }; answered(); };
  const answered = () => { clearTimeout(timer); timer = 0; next(); };
  return {
    change: (name, value) => { waiting[name] = value; if (timer === 0) next(); },
    // Whether the page knows better than the scene what this name is.
    owns: (name) => name in waiting || name in sent,
    heard: ([from, number]) => { if (timer !== 0 && from === page && number === count) answered(); },
    close: () => clearTimeout(timer),
  };
}
