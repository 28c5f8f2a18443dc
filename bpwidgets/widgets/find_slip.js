// A worked calculation with one slip: a radio button a line, and what is said of the marked one.
import { element, button, set, setText, unique, pieced } from "./elements.js";
import { stillNetwork, largeType } from "./given.js";
import { isPlain } from "./keys.js";
import { keptWork } from "./kept.js";
import { panel, follow } from "./panel.js";

export function findSlip(context) {
  const { model, line } = context;
  const words = element("legend");
  const network = stillNetwork();
  const large = largeType(context);
  const list = element("ol", { className: "bp-calculation" });
  const form = element("strong"), message = element("span");
  const said = element("p", { className: "bp-said", role: "status" }, form, " ", message);
  const group = unique();
  const kept = keptWork(context);
  let wasChosen = "";
  const marked = () => list.querySelector("input:checked")?.value;
  const choose = () => { if (marked() !== undefined) line.once("choose", marked()); };
  const outside = panel(context, "find-slip", "Find the slip", [large.made],
    network.made, element("fieldset", {}, words, list),
    element("div", { className: "bp-tools" },
      button("Check this line", choose), button("Show the slip", () => line.once("show", true)), ...kept.buttons),
    said, kept.said, kept.below);

  function build({ network: drawing, asked, given, lines, kept: told }) {
    kept.build(told);
    network.build(drawing, given);
    setText(words, asked);
    list.replaceChildren(...lines.map(({ symbol, pieces, words: name }) => {
      const radio = element("input", { type: "radio", name: group, value: symbol, "aria-label": name });
      radio.addEventListener("keydown", (event) => { if (event.key === "Enter" && isPlain(event)) choose(); });
      const label = element("label", {}, radio, pieced(pieces));
      const made = element("li", {}, label, element("span", { className: "bp-mark-word" }));
      made.dataset.symbol = symbol;
      return made;
    }));
  }

  function paint({ network: numbers, chosen, marks, form: verdict, said: text, over, kept: told }) {
    kept.paint(told);
    large.show();
    network.paint(numbers);
    const isAnew = wasChosen !== "" && chosen === "";
    wasChosen = chosen;
    for (const made of list.children) {
      const hit = marks.includes(made.dataset.symbol);
      made.classList.toggle("bp-now", hit);
      setText(made.querySelector(".bp-mark-word"), hit ? "← the slip" : "");
      const radio = made.querySelector("input");
      if (isAnew) radio.checked = false;
      if (chosen === radio.value && !line.isBusy() && marked() === undefined) radio.checked = true;
    }
    setText(form, verdict);
    setText(message, text);
    set(said, { "data-verdict": over ? "right" : verdict && "unknown" });
  }

  return follow(context, outside, { build, paint });
}
