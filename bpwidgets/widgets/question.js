// A question: the network with what is given, and a field for what is asked.
import { askedRow } from "./asked.js";
import { element } from "./elements.js";
import { stillNetwork, largeType } from "./given.js";
import { keptWork } from "./kept.js";
import { panel, follow } from "./panel.js";

export function question(context) {
  const { line } = context;
  const network = stillNetwork();
  const large = largeType(context);
  const kept = keptWork(context);
  const place = element("div");
  const outside = panel(context, "question", "Question", [large.made], network.made, place,
    element("div", { className: "bp-tools" }, ...kept.buttons), kept.said, kept.below);
  let row = null;

  function build(frame) {
    network.build(frame.network, frame.given);
    row = askedRow(frame.asked, line);
    place.replaceChildren(row.made);
    kept.build(frame.kept);
  }

  function paint({ network: numbers, asked, kept: told }) {
    large.show();
    network.paint(numbers);
    row.paint(asked);
    kept.paint(told);
  }

  return follow(context, outside, { build, paint });
}
