// Training in parts: a run of so many steps, or playing until it is paused.
import { unique } from "./elements.js";

// Pictures a second, at most, while playing.
const FRAMES = matchMedia("(prefers-reduced-motion: reduce)").matches ? 2 : 10;

// A run has a name, and counts the steps that are left; Python ends it when something else has moved the
// session meanwhile.  `changed` is told when a run or playing begins or ends.
export function runner(line, changed) {
  let name = "", all = 0, left = 0, part = 1, timer = 0;
  const take = (steps) => line.part("take", [name, steps]);
  const begin = () => { stop(); line.rest(); name = unique(); }; // all steps of a run are undone together
  const stop = () => {
    if (name === "") return;
    clearTimeout(timer);
    [name, all, left, timer] = ["", 0, 0, 0];
    line.rest();
    changed();
  };
  // Asks for the next part when the last one is answered.
  const next = () => {
    if (left === 0 || line.isBusy()) return;
    const steps = Math.min(left, part);
    left -= steps;
    take(steps);
  };
  return {
    stop,
    isRunning: () => name !== "" && timer === 0,
    isPlaying: () => timer !== 0,
    done: () => (all === 0 ? 0 : 1 - left / all),
    run(steps, most) { // pressed while a run is under way, it goes on for so many more
      if (name === "" || timer !== 0) begin();
      [all, left, part] = [all + steps, left + steps, most];
      changed();
      next();
    },
    play(speed) {
      begin();
      const tick = () => {
        timer = setTimeout(tick, 1000 / Math.min(speed(), FRAMES));
        if (!line.isBusy()) take(Math.max(1, Math.round(speed() / FRAMES)));
      };
      tick();
      changed();
    },
    // What Python answered: the name of a run that it has ended, if it has.
    heard(over) {
      if (name === "") return;
      if (over === name) stop();
      else if (timer === 0 && left === 0 && !line.isBusy()) stop();
      else next();
    },
  };
}
