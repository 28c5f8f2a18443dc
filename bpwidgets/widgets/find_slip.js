// A worked calculation with one slip: a radio button a line, and what is said of the marked one.

function render(context) {
  const { model } = context;
  const line = link(model);
  const words = element("legend");
  const network = stillNetwork();
  const list = element("ol", { className: "bp-calculation" });
  const form = element("strong"), message = element("span");
  const said = element("p", { className: "bp-said", role: "status" }, form, " ", message);
  const group = unique();
  const marked = () => list.querySelector("input:checked")?.value;
  const choose = () => { if (marked() !== undefined) line.once("choose", marked()); };
  const outside = panel(context, "find-slip", "Find the slip", [largeType(context)],
    network.made, element("fieldset", {}, words, list),
    element("div", { className: "bp-tools" },
      button("Check this line", choose), button("Show the slip", () => line.once("show", true))),
    said);

  function build({ network: drawing, asked, given, lines }) {
    network.build(drawing, given);
    setText(words, asked);
    list.replaceChildren(...lines.map(({ symbol, pieces, words: name }) => {
      const radio = control("input", { type: "radio", name: group, value: symbol, "aria-label": name });
      radio.addEventListener("keydown", (event) => { if (event.key === "Enter") choose(); });
      const label = element("label", {}, radio, pieced(pieces));
      const made = element("li", {}, label, element("span", { className: "bp-mark-word" }));
      made.dataset.symbol = symbol;
      return made;
    }));
  }

  function paint({ network: numbers, chosen, marks, form: verdict, said: text, over }) {
    network.paint(numbers);
    for (const made of list.children) {
      const hit = marks.includes(made.dataset.symbol);
      made.classList.toggle("bp-now", hit);
      setText(made.querySelector(".bp-mark-word"), hit ? "← the slip" : "");
      const radio = made.querySelector("input");
      if (chosen === radio.value && !line.isBusy() && marked() === undefined) radio.checked = true;
    }
    setText(form, verdict);
    setText(message, text);
    set(said, { "data-verdict": over ? "right" : verdict && "unknown" });
  }

  return follow(context, line, outside, { build, paint });
}
