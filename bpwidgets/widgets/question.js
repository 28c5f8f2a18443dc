// A question: the network with what is given, and a field for what is asked.
import { askedRow } from "./asked.js";
import { element } from "./elements.js";
import { stillNetwork, largeType } from "./given.js";
import { panel, follow } from "./panel.js";

export function question(context) {
  const { line } = context;
  const network = stillNetwork();
  const large = largeType(context);
  const place = element("div");
  const outside = panel(context, "question", "Question", [large.made], network.made, place);
  let row = null;

  function build(frame) {
    network.build(frame.network, frame.given);
    row = askedRow(frame.asked, line);
    place.replaceChildren(row.made);
  }

  function paint({ network: numbers, asked }) {
    large.show();
    network.paint(numbers);
    row.paint(asked);
  }

  return follow(context, outside, { build, paint });
}
