// The table of all gradients: choose a row to see it broken down.
import { element, setText, unique, formula } from "./elements.js";
import { panel, follow } from "./panel.js";

export function gradients(context) {
  const { line } = context;
  const body = element("tbody");
  const headings = element("tr");
  const total = element("td", { colSpan: 2 }), after = element("td");
  const footHead = element("th", { scope: "row" });
  const foot = element("tfoot", {}, element("tr", {}, footHead, total, after));
  const table = element("table", {}, element("thead", {}, headings), body, foot);
  const outside = panel(context, "gradients", "All gradients", [], table);
  const group = unique();
  let rows = {};

  function build({ headings: trees, rows: frames, error }) {
    rows = {};
    footHead.replaceChildren(formula(error));
    headings.replaceChildren(element("th", { scope: "col" }, "explain"),
      ...trees.map((tree) => element("th", { scope: "col" }, formula(tree))));
    body.replaceChildren(...frames.map(({ name, label, symbol }) => {
      const radio = element("input", {
        type: "radio", name: group, value: name, "aria-label": `Explain ${label}`,
      });
      radio.addEventListener("change", () => line.change("chosen", name));
      const cells = [element("td"), element("td"), element("td")];
      const head = element("th", { scope: "row" }, element("label", {}, radio, formula(symbol)));
      const row = element("tr", {}, head, ...cells);
      row.addEventListener("click", (event) => { if (event.target !== radio) radio.click(); });
      row.dataset.symbols = `${name} dEtot/d${name} ${name}_new`;
      rows[name] = { row, radio, cells };
      return row;
    }));
  }

  function paint({ chosen, rows: texts, total: now, total_new: next }) {
    for (const [name, { row, radio, cells }] of Object.entries(rows)) {
      if (!line.owns("chosen")) radio.checked = name === chosen;
      row.classList.toggle("bp-chosen", name === chosen);
      cells.forEach((cell, place) => setText(cell, texts[name][place]));
    }
    setText(total, `now ${now}`);
    setText(after, next);
  }

  return follow(context, outside, { build, paint });
}
