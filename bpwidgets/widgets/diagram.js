// The network: nodes and edges drawn once, their numbers, widths and marks put in place.
import { element, drawn, set, setText, focusBeside } from "./elements.js";
import { isPlain } from "./keys.js";
import { drawNetwork, placeNumbers, markNow } from "./network.js";
import { panel, spokenLine, follow, pictureButtons } from "./panel.js";

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

export function diagram(context) {
  const { model, line } = context;
  const picture = drawn("svg", { class: "bp-network", role: "group", "aria-label": "Network" });
  const spoken = spokenLine();
  const routes = element("ul", { className: "bp-routes" });
  const note = element("p", { className: "bp-note" });
  const place = element("div", { className: "bp-scroll" }, picture);
  const more = element("p", { hidden: true }, "The diagram is wider than its place: scroll it sideways to see the rest.");
  const width = new ResizeObserver(() => { more.hidden = place.scrollWidth <= place.clientWidth + 1; });
  width.observe(place);
  width.observe(picture);
  const outside = panel(context, "diagram", "Network", [pictureButtons(line)],
    place, more, spoken, routes, note);
  let nodes = {}, edges = {}, plain = [], choosable = [];

  const choose = (name) => line.change("chosen", name);

  // One of all edges and biases is in the tab order; the arrow keys go on to the others.
  function makeChoosable(name, group) {
    set(group, { role: "button", tabindex: -1 });
    group.addEventListener("click", () => choose(name));
    group.addEventListener("keydown", (event) => {
      if (!isPlain(event)) return;
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
    ({ nodes, edges, plain } = drawNetwork(picture, frame));
    choosable = [...Object.keys(edges), ...frame.nodes.filter(({ kind }) => kind === "bias").map(({ name }) => name)];
    for (const name of choosable) makeChoosable(name, groupOf(name));
    note.hidden = frame.note === "";
    setText(note, frame.note);
  }

  function paint(scene) {
    const { nodes: texts, edges: values, chosen, at, lit, lit_plain: litPlain, routes: ways, spoken: words } = scene;
    const marked = new Set([...lit, chosen]);
    placeNumbers({ nodes, edges }, scene);
    for (const [name, [value, gradient]] of Object.entries(values)) {
      const { group, label, words: place, fits } = edges[name];
      label.classList.toggle("bp-away", !fits && name !== chosen);
      describe(group, name, `${place}: ${value}, gradient ${gradient || "not yet known"}`, chosen);
      for (const part of [group, label]) {
        part.classList.toggle("bp-lit", marked.has(name));
        part.classList.toggle("bp-chosen", name === chosen);
      }
    }
    for (const [name, rows] of Object.entries(texts)) {
      const { group, kind } = nodes[name];
      if (kind !== "bias") continue;
      describe(group, name, `${name}: ${rows[0]}, gradient ${rows[1] || "not yet known"}`, chosen);
      group.classList.toggle("bp-chosen", name === chosen);
    }
    plain.forEach((each, place) => each.classList.toggle("bp-lit", litPlain.includes(place)));
    markNow(picture, at);
    paintRoutes(routes, ways);
    setText(spoken, words);
  }

  function describe(group, name, words, chosen) {
    set(group, { "aria-label": words, "aria-pressed": name === chosen });
    if (!picture.contains(focusBeside(picture))) set(group, { tabindex: name === chosen ? 0 : -1 });
  }

  return follow(context, outside, { build, paint, end: () => width.disconnect() });
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
