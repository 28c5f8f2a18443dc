// The stepper: one line of the hand calculation more, or one less.
import { element, button, select, set, setText, formula, fill } from "./elements.js";
import { range } from "./moves.js";
import { panel, spokenLine, follow } from "./panel.js";

export function steps(context) {
  const { model, line } = context;
  let place = 0; // where the page is, also while Python has not yet answered
  const count = () => model.get("frame").count;
  const go = (to) => {
    place = Math.min(count(), Math.max(0, to));
    line.change("place", place);
  };
  const buttons = element("div", { className: "bp-tools" },
    button("First", () => go(1)),
    button("Back", () => go(Math.max(1, place - 1))),
    button("Next", () => go(place + 1)),
    button("Last", () => go(count())),
    button("Show all", () => go(0)));
  const stages = select("Go to", (value) => go(Number(value)));
  const slider = range({ min: 0, step: 1, "aria-label": "Line" }, go);
  const words = element("span", { className: "bp-quiet" });
  const list = element("ol", { className: "bp-lines-reached" });
  const spoken = spokenLine();
  const outside = panel(context, "steps", "Step by step", [],
    element("div", { className: "bp-tools" }, buttons, stages.made), slider, words, list, spoken);
  let slots = [];

  function build({ lines, stages: names, words: text, count: last }) {
    slots = [];
    stages.fill(names.map(([first, name]) => [String(first), name]));
    set(slider, { max: last });
    setText(words, text);
    list.replaceChildren(...lines.map(({ symbol, tree }, index) => {
      const parts = tree.map((part) => formula(part, slots));
      const made = element("li", { className: index === lines.length - 1 ? "bp-now" : "" }, ...parts);
      made.dataset.symbols = symbol;
      return made;
    }));
  }

  function paint({ numbers, spoken: text }) {
    fill(slots, numbers);
    setText(spoken, text);
    const frame = model.get("frame");
    if (!line.owns("place")) slider.value = place = frame.place;
    set(slider, { "aria-valuetext": frame.words });
    const begun = frame.stages.filter(([first]) => first <= Math.max(1, frame.place));
    stages.node.value = String(begun.at(-1)[0]);
  }

  return follow(context, outside, { build, paint });
}
