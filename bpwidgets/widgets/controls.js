// The controls: a native slider and a number field for every parameter.
import { element, button, set, setText, formula } from "./elements.js";
import { isPlain } from "./keys.js";
import { keyTarget, onGrid, range } from "./moves.js";
import { panel, follow } from "./panel.js";

function row(parameter, line, state) {
  const { name, label, symbol } = parameter;
  const id = `bp-${name}-${Math.random().toString(36).slice(2)}`;
  const slider = range({ step: "any", "aria-label": label, id }, (value) => move(onGrid(value, state.step(name))));
  const field = element("input", {
    type: "text", inputMode: "decimal", autocomplete: "off", spellcheck: false,
    "aria-label": `${label}, exact number`, "aria-describedby": `${id}-refused`,
  });
  const refused = element("span", { id: `${id}-refused`, className: "bp-refused", role: "alert" });
  const back = button("↺", () => line.once("reset", [name]), { className: "bp-button bp-back" });
  const move = (value) => {
    slider.value = value;
    field.value = shown(value);
    line.change(name, value);
  };
  slider.addEventListener("keydown", (event) => {
    const [low, high] = state.range(name);
    const to = keyTarget(event.key, Number(slider.value), state.step(name), low, high);
    if (to === null || !isPlain(event)) return;
    event.preventDefault();
    move(to);
  });
  slider.addEventListener("change", line.rest); // the end of a drag
  slider.addEventListener("keyup", line.rest);
  const commit = () => {
    delete field.dataset.typing;
    const known = field.value.trim() === state.text(name) && !line.owns(name);
    if (!known || refused.textContent) line.once(name, field.value);
  };
  field.addEventListener("input", () => { field.dataset.typing = "yes"; });
  field.addEventListener("change", commit); // on leaving the field
  field.addEventListener("blur", () => {
    delete field.dataset.typing;
    if (!line.owns(name) && !refused.textContent) field.value = state.text(name);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && isPlain(event)) commit(); // JupyterLab keeps the browser from firing "change" on it
    if (event.key !== "Escape") return;
    delete field.dataset.typing;
    field.value = state.text(name);
    if (refused.textContent || line.owns(name)) line.change(name, state.value(name)); // take it back
  });
  const made = element("div", { className: "bp-control" },
    element("label", { htmlFor: id }, formula(symbol)), slider, field, back, refused);
  made.dataset.symbols = name;
  return { made, slider, field, back, refused };
}

// The text of a moved slider until Python words it: two decimals at least.
function shown(value) {
  const text = String(value);
  const [whole, fraction = ""] = text.split(".");
  return text.includes("e") ? text : `${whole.replace("-", "−")}.${fraction.padEnd(2, "0")}`;
}

export function controls(context) {
  const { model, line } = context;
  const body = element("div", { className: "bp-groups" });
  const outside = panel(context, "controls", "Controls", [], body);
  const scene = () => model.get("scene");
  const state = {
    range: (name) => scene().ranges[name],
    step: (name) => scene().ranges[name][2],
    value: (name) => scene().values[name][0],
    text: (name) => scene().values[name][1],
  };
  let rows = {};

  function build({ groups }) {
    rows = {};
    body.replaceChildren(...groups.map(({ title, controls }) => {
      const made = element("fieldset", {}, element("legend", {}, title));
      for (const each of controls) {
        rows[each.name] = row(each, line, state);
        made.append(rows[each.name].made);
      }
      return made;
    }));
  }

  function paint({ values, ranges, refused, starts }) {
    for (const [name, { slider, field, back, refused: reason }] of Object.entries(rows)) {
      const [low, high] = ranges[name];
      set(slider, { min: low, max: high });
      setText(reason, refused[name] ?? "");
      set(field, { "aria-invalid": name in refused });
      paintBack(back, name, starts[name]);
      if (line.owns(name)) continue;
      slider.value = values[name][0];
      if (!field.dataset.typing && !(name in refused)) field.value = values[name][1];
    }
  }

  return follow(context, outside, { build, paint });
}

// The button that resets one number; it keeps its place, and the focus until it is left.
function paintBack(back, name, start) {
  const useless = start === undefined;
  back.classList.toggle("bp-useless", useless);
  back.tabIndex = useless ? -1 : 0;
  set(back, { "aria-label": useless ? `Reset ${name}` : `Reset ${name} to ${start}` });
}
