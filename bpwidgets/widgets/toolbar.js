// The toolbar: what concerns the whole state.

const MOST_BYTES = 64 * 1024; // a larger file is cut one byte after, and so refused

function render(context) {
  const { model } = context;
  const line = link(model);
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
  const copy = button("Copy as Python", () => line.once("copy", line.page));
  const save = button("Save", () => line.once("save", line.page), { "aria-label": "Save as a JSON file" });
  const file = element("input", { type: "file", accept: ".json,application/json", hidden: true });
  const load = button("Load…", () => file.click(), { "aria-label": "Load a JSON file" });
  const said = element("span", { className: "bp-quiet", role: "status" });
  const refused = element("span", { className: "bp-refused", role: "alert" });
  const words = element("p", { className: "bp-spoken" });
  const code = control("textarea", { readOnly: true, hidden: true, "aria-label": "The state as Python code" });
  const group = (...parts) => element("div", { className: "bp-tools" }, ...parts);
  file.addEventListener("change", async () => {
    if (file.files.length === 0) return;
    line.once("load", await file.files[0].slice(0, MOST_BYTES + 1).text());
    file.value = "";
  });
  model.on("msg:custom", received);
  const outside = panel(context, "toolbar", "Session", [group(said, copy, save, load, file)],
    group(group(buttons.undo, buttons.redo, buttons.reset), group(presets.made),
      group(rules.made, biases.made), group(decimals.made, large.made)),
    refused, words, code);

  // The code is shown as well: not every page may write to the clipboard.
  async function received(content) {
    if (content.copy === undefined || content.page !== line.page) return;
    code.value = content.copy;
    code.rows = content.copy.split("\n").length;
    code.hidden = false;
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
  }

  const end = follow(context, line, outside, { build, paint });
  return () => { model.off("msg:custom", received); end(); };
}
