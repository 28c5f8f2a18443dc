// An exercise: a question after the other about one network, and the score.
import { askedRow } from "./asked.js";
import { element, button, setText } from "./elements.js";
import { stillNetwork, largeType } from "./given.js";
import { keptWork } from "./kept.js";
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
  const kept = keptWork(context);
  const outside = panel(context, "exercise", "Exercise", [large.made],
    network.made, list,
    element("div", { className: "bp-tools" }, element("span", { role: "status" }, score, " ", numbers),
      renew, back, ...kept.buttons),
    kept.said, note, kept.below);
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
    kept.build(frame.kept);
  }

  function paint(scene) {
    large.show();
    network.paint(scene.network);
    rows.forEach((row, place) => row.paint(scene.rows[place]));
    setText(score, scene.score);
    kept.paint(scene.kept);
  }

  return follow(context, outside, { build, paint });
}
