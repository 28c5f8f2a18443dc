// The controls: a native slider and a number field for every parameter.

function row(parameter, line, state) {
  const { name, label, symbol } = parameter;
  const id = `bp-${name}-${Math.random().toString(36).slice(2)}`;
  const slider = control("input", { type: "range", step: "any", "aria-label": label, id });
  const field = control("input", {
    type: "text", inputMode: "decimal", autocomplete: "off", spellcheck: false,
    "aria-label": `${label}, exact number`, "aria-describedby": `${id}-refused`,
  });
  const refused = element("span", { id: `${id}-refused`, className: "bp-refused", role: "alert" });
  const move = (value) => {
    slider.value = value;
    field.value = shown(value);
    line.change(name, value);
  };
  slider.addEventListener("input", () => move(onGrid(Number(slider.value), state.step(name))));
  slider.addEventListener("keydown", (event) => {
    const [low, high] = state.range(name);
    const to = keyTarget(event.key, Number(slider.value), state.step(name), low, high);
    if (to === null) return;
    event.preventDefault();
    move(to);
  });
  const commit = () => {
    delete field.dataset.typing;
    const known = field.value.trim() === state.text(name) && !line.owns(name);
    if (!known || refused.textContent) line.change(name, field.value);
  };
  field.addEventListener("input", () => { field.dataset.typing = "yes"; });
  field.addEventListener("change", commit); // on leaving the field
  field.addEventListener("blur", () => {
    delete field.dataset.typing;
    if (!line.owns(name) && !refused.textContent) field.value = state.text(name);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") commit(); // JupyterLab keeps the browser from firing "change" on it
    if (event.key !== "Escape") return;
    delete field.dataset.typing;
    field.value = state.text(name);
    if (refused.textContent || line.owns(name)) line.change(name, state.value(name)); // take it back
  });
  const made = element("div", { className: "bp-control" },
    element("label", { htmlFor: id }, formula(symbol)), slider, field, refused);
  return { made, slider, field, refused };
}

function keyTarget(key, value, step, low, high) {
  const moves = {
    ArrowRight: step, ArrowUp: step, ArrowLeft: -step, ArrowDown: -step,
    PageUp: 10 * step, PageDown: -10 * step,
  };
  if (key === "Home") return low;
  if (key === "End") return high;
  if (!(key in moves)) return null;
  return Math.min(high, Math.max(low, Number((value + moves[key]).toFixed(10))));
}

function onGrid(value, step) {
  return Number((Math.round(value / step) * step).toFixed(10));
}

// The text of a moved slider until Python words it: two decimals at least.
function shown(value) {
  const text = String(value);
  const [whole, fraction = ""] = text.split(".");
  return text.includes("e") ? text : `${whole.replace("-", "−")}.${fraction.padEnd(2, "0")}`;
}

function render({ model, el }) {
  const line = link(model);
  const message = element("p", { className: "bp-message", role: "alert" });
  const body = element("div", { className: "bp-groups" });
  const reset = control("button", { type: "button", className: "bp-button" }, "Reset to the start");
  reset.addEventListener("click", () => line.change("reset", true));
  el.classList.add("bp-view", "bp-controls");
  el.setAttribute("role", "group");
  el.setAttribute("aria-label", "Controls");
  el.replaceChildren(element("h3", {}, "Controls"), body, reset, message);
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

  function paint({ values, ranges, refused, at_start }) {
    for (const [name, { slider, field, refused: reason }] of Object.entries(rows)) {
      const [low, high] = ranges[name];
      if (slider.min !== String(low)) slider.min = low;
      if (slider.max !== String(high)) slider.max = high;
      setText(reason, refused[name] ?? "");
      field.setAttribute("aria-invalid", String(name in refused));
      if (line.owns(name)) continue;
      slider.value = values[name][0];
      if (!field.dataset.typing && !(name in refused)) field.value = values[name][1];
    }
    reset.disabled = at_start;
  }

  return follow(model, line, { build, paint, message });
}

export default { render };
