// The network: nodes and edges drawn once, their numbers, widths and marks put in place.

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

function render(context) {
  const { model } = context;
  const line = link(model);
  const picture = drawn("svg", { class: "bp-network", role: "group", "aria-label": "Network" });
  const spoken = spokenLine();
  const routes = element("ul", { className: "bp-routes" });
  const note = element("p", { className: "bp-note" });
  const outside = panel(context, "diagram", "Network", [pictureButtons(line)],
    element("div", { className: "bp-scroll" }, picture), spoken, routes, note);
  let nodes = {}, edges = {}, plain = [], choosable = [];

  const choose = (name) => line.change("chosen", name);

  // One of all edges and biases is in the tab order; the arrow keys go on to the others.
  function makeChoosable(name, group) {
    set(group, { role: "button", tabindex: -1, "data-lm-suppress-shortcuts": "true" });
    group.addEventListener("click", () => choose(name));
    group.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") choose(name);
      else if (event.key in STEPS) {
        const place = choosable.indexOf(name) + STEPS[event.key];
        focusOn(choosable[(place + choosable.length) % choosable.length]);
      } else return;
      event.preventDefault();
      event.stopPropagation();
    });
    return group;
  }

  const groupOf = (name) => (edges[name] ?? nodes[name]).group;

  function focusOn(name) {
    for (const each of choosable) set(groupOf(each), { tabindex: each === name ? 0 : -1 });
    groupOf(name).focus();
  }

  function build(frame) {
    const { width, height, node, note: words } = frame;
    set(picture, { viewBox: `0 0 ${width} ${height}` });
    picture.style.setProperty("--width", width);
    plain = frame.plain.map(([x1, y1, x2, y2]) => drawn("line", { x1, y1, x2, y2, class: "bp-plain" }));
    edges = Object.fromEntries(frame.edges.map((each) => [each.name, edge(each)]));
    nodes = Object.fromEntries(frame.nodes.map((each) => [each.name, box(each, node)]));
    choosable = [...Object.keys(edges), ...frame.nodes.filter(({ kind }) => kind === "bias").map(({ name }) => name)];
    for (const name of choosable) makeChoosable(name, groupOf(name));
    const groups = (parts) => Object.values(parts).map(({ group }) => group);
    const labels = Object.values(edges).map(({ label }) => label);
    picture.replaceChildren(...plain, ...groups(edges), ...labels, ...groups(nodes));
    note.hidden = words === "";
    setText(note, words);
  }

  function paint({ nodes: texts, edges: values, chosen, at, lit, lit_plain: litPlain, routes: ways, spoken: words }) {
    const marked = new Set([...lit, chosen]);
    for (const [name, [value, gradient, width, negative]] of Object.entries(values)) {
      const { group, stroke, label, rows, words: place, fits } = edges[name];
      set(stroke, { "stroke-width": width, "stroke-dasharray": negative ? "7 4" : "none" });
      rows[0](value);
      rows[1](gradient);
      label.classList.toggle("bp-away", !fits && name !== chosen);
      describe(group, name, `${place}: ${value}, gradient ${gradient || "not yet known"}`, chosen);
      for (const part of [group, label]) {
        part.classList.toggle("bp-lit", marked.has(name));
        part.classList.toggle("bp-chosen", name === chosen);
      }
    }
    for (const [name, rows] of Object.entries(texts)) {
      const { group, rows: places, kind } = nodes[name];
      rows.forEach((text, place) => places[place](text));
      if (kind !== "bias") continue;
      describe(group, name, `${name}: ${rows[0]}, gradient ${rows[1] || "not yet known"}`, chosen);
      group.classList.toggle("bp-chosen", name === chosen);
    }
    plain.forEach((each, place) => each.classList.toggle("bp-lit", litPlain.includes(place)));
    for (const node of picture.querySelectorAll("[data-symbols]")) {
      node.classList.toggle("bp-now", at !== "" && node.dataset.symbols.split(" ").includes(at));
    }
    paintRoutes(routes, ways);
    setText(spoken, words);
  }

  function describe(group, name, words, chosen) {
    set(group, { "aria-label": words, "aria-pressed": name === chosen });
    if (!picture.contains(document.activeElement)) set(group, { tabindex: name === chosen ? 0 : -1 });
  }

  return follow(context, line, outside, { build, paint });
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

function paintRoutes(list, ways) {
  while (list.children.length > ways.length) list.lastChild.remove();
  while (list.children.length < ways.length) {
    list.append(element("li", { tabIndex: 0 }, element("span"), " ", element("b")));
  }
  ways.forEach(([words, product, symbols], place) => {
    const [way, number] = list.children[place].children;
    setText(way, words);
    setText(number, product);
    list.children[place].dataset.symbols = symbols;
  });
}
