// The breakdown: the chain rule for the chosen parameter, a column for every factor.

function render({ model, el }) {
  const title = element("h3");
  const spoken = element("p", { className: "bp-spoken" });
  spoken.setAttribute("aria-live", "polite");
  const body = element("div");
  const message = element("p", { className: "bp-message", role: "alert" });
  el.classList.add("bp-view", "bp-breakdown");
  el.setAttribute("role", "group");
  el.setAttribute("aria-label", "Breakdown");
  el.replaceChildren(title, spoken, body, message);
  let slots = [];

  function build({ name, gradient, paths, lines }) {
    slots = [];
    title.replaceChildren("Breakdown of ", formula(gradient));
    title.setAttribute("aria-label", `Breakdown of the gradient of ${name}`);
    body.replaceChildren(
      ...paths.map((path) => table(path, slots)),
      ...lines.map((line) => closing(line, slots)),
    );
  }

  function paint({ numbers, spoken: text }) {
    fill(slots, numbers);
    setText(spoken, text);
  }

  return follow(model, { build, paint, message });
}

// One path: a row of derivatives, a row of the rules that give them, a row of numbers.
function table({ route, factors, product }, slots) {
  const rows = [["derivative", "symbol"], ["rule", "rule"], ["number", "value"]];
  const body = element("tbody", {}, ...rows.map(([heading, part]) => {
    const cells = factors.flatMap((factor, place) => [
      ...(place ? [element("td", { className: "bp-sign" }, "·")] : []),
      element("td", {}, formula(factor[part], slots)),
    ]);
    const end = part === "value" ? ["=", formula(product, slots)] : ["", ""];
    return element("tr", {}, element("th", { scope: "row" }, heading), ...cells,
      element("td", { className: "bp-sign" }, end[0]),
      element("td", { className: "bp-product" }, end[1]));
  }));
  const path = element("table", { className: "bp-path" },
    element("caption", {}, `Path ${route}`), body);
  return element("div", { className: "bp-scroll" }, path);
}

function closing({ words, tree }, slots) {
  const line = element("div", { className: "bp-line" }, element("span", {}, words));
  if (tree) line.append(formula(tree, slots));
  return line;
}

export default { render };
