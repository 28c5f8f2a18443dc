// Training in parts: a run of so many steps, or playing until it is paused.
import { unique } from "./elements.js";

// Pictures a second, at most, while playing.
const FRAMES = matchMedia("(prefers-reduced-motion: reduce)").matches ? 2 : 10;

// A run has a name and counts the steps that are left; Python ends it when something else has moved the session
// since.  One that is pressed while another is under way is undone with it.  `changed` is told when a run or
// playing begins or ends.
export function runner(line, changed) {
  let runs = []; // those under way: { name, gesture, left, begins }
  let all = 0, part = 1, clock = 0;

  function take(run, steps) {
    run.left -= steps;
    line.act("take", [run.name, steps, run.begins], run.gesture);
    run.begins = false;
  }

  function begin(left) {
    const name = unique();
    const run = { name, gesture: runs.at(-1)?.gesture ?? name, left, begins: true };
    runs.push(run);
    return run;
  }

  function stop() {
    if (runs.length === 0) return;
    clearTimeout(clock);
    [runs, all, clock] = [[], 0, 0];
    changed();
  }

  const left = () => runs.reduce((sum, run) => sum + run.left, 0);

  return {
    stop,
    isRunning: () => runs.length > 0 && clock === 0,
    isPlaying: () => clock !== 0,
    done: () => (all === 0 ? 0 : 1 - left() / all),
    // The first part goes at once, so that it keeps its place among all that is done; each other one when the
    // one before is answered.
    run(steps, most) {
      if (clock !== 0) stop();
      [all, part] = [all + steps, most];
      const run = begin(steps);
      take(run, Math.min(steps, part));
      changed();
    },
    play(speed) {
      stop();
      const run = begin(Infinity);
      const tick = () => {
        clock = setTimeout(tick, 1000 / Math.min(speed(), FRAMES));
        if (!line.isBusy()) take(run, Math.max(1, Math.round(speed() / FRAMES)));
      };
      tick();
      changed();
    },
    // What Python answered: the name of a run that it has ended, if it has.
    heard(over) {
      if (runs.length === 0) return;
      const others = runs.filter((run) => run.name !== over);
      if (others.length === 0) return void stop();
      runs = others;
      if (clock !== 0 || line.isBusy()) return;
      const next = runs.find((run) => run.left > 0);
      if (next) take(next, Math.min(next.left, part));
      else stop();
    },
  };
}
