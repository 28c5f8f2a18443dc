// The breakdown: the chain rule for the chosen parameter, a column for every factor.
import { element, setText, formula, fill } from "./elements.js";
import { panel, spokenLine, follow } from "./panel.js";

const ROWS = ["derivative", "rule", "with numbers", "value"];

export function breakdown(context) {
  const { line } = context;
  const spoken = spokenLine();
  const body = element("div");
  const outside = panel(context, "breakdown", "Breakdown", [], spoken, body);
  let slots = [];

  function build({ name, gradient, paths, lines }) {
    slots = [];
    outside.title.replaceChildren("Breakdown of ", formula(gradient));
    outside.folder.setAttribute("aria-label", `Breakdown of the gradient of ${name}`);
    body.replaceChildren(
      ...paths.map((path) => route(path, slots)),
      ...lines.map((each) => closing(each, slots)),
    );
  }

  function paint({ numbers, spoken: text }) {
    fill(slots, numbers);
    setText(spoken, text);
  }

  return follow(context, outside, { build, paint });
}

// One path as a list of factors, each a column of the same four rows.
function route({ route: words, factors, product }, slots) {
  const labels = element("li", { className: "bp-labels", "aria-hidden": "true" },
    ...ROWS.map((label) => element("span", {}, label)));
  const columns = factors.map(({ symbol, rows }, place) => {
    const cells = rows.map((tree) => element("span", {}, formula(tree, slots)));
    const column = element("li", { className: place ? "bp-times" : "", tabIndex: 0 }, ...cells);
    column.dataset.symbols = symbol;
    return column;
  });
  const result = element("div", { className: "bp-product" }, element("span", {}, "product"),
    formula(product, slots));
  return element("div", { className: "bp-path" }, element("div", {}, `Path ${words}`),
    element("ol", {}, labels, ...columns), result);
}

function closing({ words, tree }, slots) {
  const line = element("div", { className: "bp-line" }, element("span", {}, words));
  // A row breaks between its parts, where a formula in one piece would stand out of the view.
  for (const part of tree?.slice(1) ?? []) line.append(formula(part, slots));
  return line;
}
