// The slice: the error along the chosen parameter, the point, the tangent.
import { drawn, set, setText, formula, floats } from "./elements.js";
import { handle } from "./moves.js";
import { panel, spokenLine, follow, pictureButtons } from "./panel.js";
import { plot, pathOf, curveOf } from "./plot.js";

export function slice(context) {
  const { model, line } = context;
  const picture = plot();
  const curve = drawn("path", { class: "bp-curve" });
  const tangent = drawn("path", { class: "bp-tangent" });
  const after = drawn("path", { class: "bp-next" });
  picture.lines.append(after, curve, tangent);
  const spoken = spokenLine();
  const point = handle(picture.plane, line, () => {
    const { name, ends: [low, high, step] } = model.get("frame");
    return [{ name, value: model.get("scene").value, low, high, step }];
  });
  set(point.node, { "aria-label": "Point on the curve", "aria-describedby": spoken.id });
  const outside = panel(context, "slice", "Slice", [pictureButtons(line)], picture.made, spoken);
  let shown = null;

  function build({ label, word, error, ticks }) {
    outside.title.replaceChildren("Slice along ", formula(label));
    outside.folder.setAttribute("aria-label", `Slice along ${word}`);
    picture.across.label.replaceChildren(formula(label));
    picture.up.label.replaceChildren(formula(error));
    picture.across.show(ticks);
  }

  function paint({ point: now, after: next, tangent: ends, spoken: text, words }) {
    if (shown !== model.get("curve")) {
      shown = model.get("curve");
      curve.setAttribute("d", curveOf(floats(shown.heights)));
      picture.up.show(shown.ticks);
    }
    point.show(now, words);
    tangent.setAttribute("d", pathOf(ends));
    after.setAttribute("d", next >= 0 && next <= 1 ? pathOf([next, 0, next, 1]) : "");
    setText(spoken, text);
  }

  return follow(context, outside, { build, paint });
}
