// An exercise: a question after the other about one network, the score, and progress to keep.
import { askedRow } from "./asked.js";
import { element, button, setText } from "./elements.js";
import { stillNetwork, largeType } from "./given.js";
import { panel, follow } from "./panel.js";

export function exercise(context) {
  const { model, line } = context;
  const network = stillNetwork();
  const large = largeType(context);
  const list = element("ol", { className: "bp-rows" });
  const numbers = element("span", { className: "bp-quiet" });
  const score = element("strong");
  const renew = button("New numbers", () => line.once("new", model.get("frame").numbers));
  const back = button("Back to the numbers before", () => {
    line.once("back", model.get("frame").numbers);
    renew.focus();
  });
  const note = element("p", { className: "bp-quiet" });
  const kept = element("textarea", { rows: 2, readOnly: true, "aria-label": "Progress, as a text to keep" });
  kept.addEventListener("focus", () => kept.select());
  const keeping = element("p", { className: "bp-quiet" });
  const progress = element("details", {},
    element("summary", {}, "Keep your progress in the notebook"), keeping, kept);
  const outside = panel(context, "exercise", "Exercise", [large.made],
    network.made, list,
    element("div", { className: "bp-tools" }, element("span", { role: "status" }, score, " ", numbers), renew, back),
    note, progress);
  let rows = [];

  function build(frame) {
    network.build(frame.network, frame.given);
    const place = rows.findIndex(({ made }) => made.matches(":focus-within"));
    rows = frame.rows.map((each) => askedRow(each, line));
    list.replaceChildren(...rows.map(({ made }) => element("li", {}, made)));
    rows[place]?.made.querySelector("input").focus();
    setText(numbers, frame.numbers);
    back.hidden = !frame.back;
    setText(note, frame.note);
    setText(keeping, frame.keeping);
  }

  function paint(scene) {
    large.show();
    network.paint(scene.network);
    rows.forEach((row, place) => row.paint(scene.rows[place]));
    setText(score, scene.score);
    if (kept.value !== scene.progress) kept.value = scene.progress;
  }

  return follow(context, outside, { build, paint });
}
