// A question: the network with what is given, and a field for what is asked.

function render(context) {
  const line = link(context.model);
  const network = stillNetwork();
  const place = element("div");
  const outside = panel(context, "question", "Question", [largeType(context)], network.made, place);
  let row = null;

  function build(frame) {
    network.build(frame.network, frame.given);
    row = askedRow(frame.asked, line);
    place.replaceChildren(row.made);
  }

  function paint({ network: numbers, asked }) {
    network.paint(numbers);
    row.paint(asked);
  }

  return follow(context, line, outside, { build, paint });
}
