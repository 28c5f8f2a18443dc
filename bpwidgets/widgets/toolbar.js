// The toolbar: what concerns the whole state.
import { element, button, select, tick, set, setText } from "./elements.js";
import { panel, follow } from "./panel.js";

const MOST_BYTES = 64 * 1024; // a larger file is cut one byte after, and so refused

export function toolbar(context) {
  const { model, line } = context;
  const act = (name) => () => line.once("do", name);
  const setting = (name) => (value) => line.once(name, value);
  const buttons = {
    undo: button("Undo", act("undo")),
    redo: button("Redo", act("redo")),
    reset: button("Reset", act("reset"), { title: "Back to the numbers of the start" }),
  };
  const presets = select("Start from", setting("preset"));
  const rules = select("Update", setting("rule"));
  const biases = select("Biases", setting("biases"));
  const decimals = select("Decimals", setting("decimals"));
  const large = tick("large type", (on) => line.change("large", on));
  const copy = button("Copy as Python", () => line.once("copy", true));
  const save = button("Save", () => line.once("save", true), { "aria-label": "Save as a JSON file" });
  const file = element("input", { type: "file", accept: ".json,application/json", hidden: true });
  const load = button("Load…", () => file.click(), { "aria-label": "Load a JSON file" });
  const said = element("span", { className: "bp-quiet", role: "status" });
  const refused = element("span", { className: "bp-refused", role: "alert" });
  const words = element("p", { className: "bp-spoken" });
  const code = element("textarea", { readOnly: true, hidden: true, "aria-label": "The state as Python code" });
  let copied = -1; // what the code shown is the code of
  const group = (...parts) => element("div", { className: "bp-tools" }, ...parts);
  file.addEventListener("change", async () => {
    if (file.files.length === 0) return;
    line.once("load", textOf(await file.files[0].slice(0, MOST_BYTES + 1).arrayBuffer()));
    file.value = "";
  });
  const outside = panel(context, "toolbar", "Session", [group(said, copy, save, load, file)],
    group(group(buttons.undo, buttons.redo, buttons.reset), group(presets.made),
      group(rules.made, biases.made), group(decimals.made, large.made)),
    refused, words, code);

  // The code is shown as well: not every page may write to the clipboard.
  async function received(content) {
    code.value = content.copy;
    code.rows = content.copy.split("\n").length;
    code.hidden = false;
    copied = model.get("scene").serial;
    try {
      await navigator.clipboard.writeText(content.copy);
      setText(said, "Copied.");
    } catch {
      setText(said, "Copy it from below.");
      code.select();
    }
  }

  function build(frame) {
    presets.fill([["", "a file"], ...frame.presets]);
    rules.fill(frame.rules);
    biases.fill(frame.biases);
    decimals.fill(frame.decimals);
  }

  function paint(scene) {
    for (const [name, can] of Object.entries(scene.can)) set(buttons[name], { "aria-disabled": !can });
    presets.node.value = scene.preset;
    presets.node.options[0].hidden = scene.preset !== "";
    rules.node.value = scene.rule;
    biases.node.value = scene.biases;
    decimals.node.value = scene.decimals;
    large.node.checked = scene.large;
    setText(words, scene.words);
    setText(refused, scene.refused);
    if (!code.hidden && scene.serial !== copied) { // it is the code of other numbers
      code.hidden = true;
      setText(said, "");
    }
  }

  return follow(context, outside, { build, paint, received });
}

// A file's text; null where it is none, which Python words.
function textOf(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
