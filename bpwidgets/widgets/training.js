// Training: buttons that run and play, the error over the steps, the way back through them.
import { element, button, select, tick, drawn, set, setText, focusBeside, formula, floats } from "./elements.js";
import { isPlain } from "./keys.js";
import { handle, range } from "./moves.js";
import { panel, spokenLine, follow, pictureButtons } from "./panel.js";
import { plot, pathOf } from "./plot.js";
import { runner } from "./training_run.js";

export function training(context) {
  const { model, line } = context;
  const scene = () => model.get("scene");
  const runs = runner(line, paintRun);
  const train = element("div", { className: "bp-tools" });
  const stop = button("Stop", () => runs.stop());
  const done = element("progress", { max: 1, "aria-label": "Training", value: 0 });
  const play = button("Play", () => {
    if (runs.isPlaying()) runs.stop();
    else runs.play(() => Number(speed.node.value));
  });
  const speed = select("at", () => {});
  const log = tick("logarithmic", (on) => line.change("curve", on ? "log" : "linear"));
  const slider = range({ min: 0, step: 1, "aria-label": "Step" }, (step) => {
    runs.stop();
    field.value = step;
    line.change("step", step);
  });
  const field = element("input", {
    type: "text", inputMode: "numeric", autocomplete: "off", "aria-label": "Step, exact number",
  });
  const picture = plot();
  const curve = drawn("path", { class: "bp-curve" });
  const now = drawn("path", { class: "bp-next" });
  picture.lines.append(now, curve);
  const spoken = spokenLine();
  const refused = element("span", { className: "bp-refused", role: "alert" });
  const point = handle(picture.plane, line, () => [
    { name: "step", value: scene().step, low: 0, high: scene().across, step: 1, most: scene().steps }]);
  set(point.node, { "aria-label": "Step on the curve", "aria-describedby": spoken.id });
  const outside = panel(context, "training", "Training", [pictureButtons(line)],
    element("div", { className: "bp-tools" }, train, element("div", { className: "bp-tools" }, play, speed.made),
      element("div", { className: "bp-tools" }, stop, done)),
    element("div", { className: "bp-scrub" }, "step ", slider, field), refused,
    picture.made, log.made, spoken);
  let shown = null;

  slider.addEventListener("change", line.rest);
  const commit = () => { runs.stop(); line.once("typed", field.value); };
  field.addEventListener("change", commit);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && isPlain(event)) commit();
    if (event.key !== "Escape") return;
    field.value = scene().step;
    if (refused.textContent) line.once("step", scene().step); // take it back
  });

  function build({ runs: counts, speeds, chunk, error }) {
    train.replaceChildren("Train ", ...counts.map(([count, words]) => button(
      words, () => runs.run(count, chunk), { "aria-label": `Train ${words} ${count === 1 ? "step" : "steps"}` })));
    speed.fill(speeds);
    speed.node.value = speeds[1][0];
    picture.across.label.replaceChildren("training step");
    picture.up.label.replaceChildren(formula(error));
  }

  function paint({ step, steps, point: place, scale, refused: reason, over, spoken: text }) {
    if (shown !== model.get("curve")) {
      shown = model.get("curve");
      curve.setAttribute("d", pathOf(floats(shown.points)));
      picture.across.show(shown.across);
      picture.up.show(shown.up);
    }
    set(slider, { max: steps });
    if (!line.owns("step")) {
      slider.value = step;
      if (!reason && focusBeside(field) !== field) field.value = step;
    }
    point.show(place, `step ${step}`);
    now.setAttribute("d", pathOf([place[0], 0, ...place]));
    log.node.checked = scale === "log";
    runs.heard(over);
    setText(refused, reason);
    set(field, { "aria-invalid": reason !== "" });
    setText(spoken, text);
    paintRun();
  }

  // The buttons keep their places, so that nothing jumps when a run ends.
  function paintRun() {
    setText(play, runs.isPlaying() ? "Pause" : "Play");
    set(stop, { "aria-disabled": !runs.isRunning() });
    done.value = runs.done();
    done.classList.toggle("bp-useless", !runs.isRunning());
  }

  return follow(context, outside, { build, paint, end: runs.stop });
}
