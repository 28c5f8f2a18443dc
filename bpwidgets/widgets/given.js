// What stands above every exercise: the network with its given numbers, and the size of the type.
import { element, tick, drawn } from "./elements.js";
import { drawNetwork, placeNumbers, markNow } from "./network.js";

// The network in question, with its given numbers in words below it.
export function stillNetwork() {
  const picture = drawn("svg", { class: "bp-network bp-still", role: "img",
    "aria-label": "The network; its given numbers are listed below" });
  const given = element("p", { className: "bp-given" });
  const made = element("div", { className: "bp-pictured" },
    element("div", { className: "bp-scroll" }, picture), given);
  let parts = null;
  const build = (frame, words) => {
    parts = drawNetwork(picture, frame);
    const unbroken = words.replaceAll(" = ", "\u00a0=\u00a0");
    given.replaceChildren(element("b", {}, "Given: "), unbroken);
  };
  const paint = (scene) => {
    placeNumbers(parts, scene);
    for (const { label, fits } of Object.values(parts.edges)) label.classList.toggle("bp-away", !fits);
    markNow(picture, scene.now);
  };
  return { made, build, paint };
}

// A tick box for large type, which is the view's own.
export function largeType({ model, line }) {
  const { made, node } = tick("Large type", (large) => line.change("large", large));
  const show = () => { if (!line.owns("large")) node.checked = model.get("large"); };
  return { made, show };
}
