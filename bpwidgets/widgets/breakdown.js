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
      ...paths.map((path) => route(path, slots)),
      ...lines.map((line) => closing(line, slots)),
    );
  }

  function paint({ numbers, spoken: text }) {
    fill(slots, numbers);
    setText(spoken, text);
  }

  return follow(model, link(model), { build, paint, message });
}

// One path as a list of factors, each a column: the derivative, the rule that gives it, its number.
function route({ route: words, factors, product }, slots) {
  const labels = element("li", { className: "bp-labels", "aria-hidden": "true" },
    ...["derivative", "rule", "number"].map((label) => element("span", {}, label)));
  const columns = factors.map(({ symbol, rule, value }, place) => element(
    "li", { className: place ? "bp-times" : "" },
    ...[symbol, rule, value].map((tree) => element("span", {}, formula(tree, slots)))));
  const result = element("span", { className: "bp-product" }, formula(product, slots));
  columns.at(-1).lastChild.append(result); // so that the result never stands alone in a row
  return element("div", { className: "bp-path" }, element("div", {}, `Path ${words}`),
    element("ol", {}, labels, ...columns));
}

function closing({ words, tree }, slots) {
  const line = element("div", { className: "bp-line" }, element("span", {}, words));
  // A row breaks between its parts, where a formula in one piece would stand out of the view.
  for (const part of tree?.slice(1) ?? []) line.append(formula(part, slots));
  return line;
}

export default { render };
