// Training in parts: a run of so many steps, or playing until it is paused.

// Pictures a second, at most, while playing.
const FRAMES = matchMedia("(prefers-reduced-motion: reduce)").matches ? 2 : 10;

// `at` gives the step that training has reached, `changed` is told when a run or playing begins or ends.
function runner(line, at, changed) {
  let from = 0, goal = null, part = 1, timer = 0;
  const take = (to) => line.part("to", [at(), to]);
  const begin = () => { stop(); line.rest(); }; // all steps of a run are undone together
  const stop = () => {
    if (goal === null && timer === 0) return;
    clearTimeout(timer);
    goal = null;
    timer = 0;
    line.rest();
    changed();
  };
  return {
    stop,
    isRunning: () => goal !== null,
    isPlaying: () => timer !== 0,
    done: () => (goal === null ? 0 : Math.max(0, at() - from) / (goal - from)),
    run(steps, most) { // pressed while a run is under way, it goes on for so many more
      const start = goal ?? at();
      begin();
      [from, goal, part] = [at(), start + steps, most];
      changed();
      this.next();
    },
    // Asks for the next part; for when the last one is answered.
    next() {
      if (goal === null || line.isBusy()) return;
      if (at() >= goal) stop();
      else take(Math.min(goal, at() + part));
    },
    play(speed) {
      begin();
      const tick = () => {
        timer = setTimeout(tick, 1000 / Math.min(speed(), FRAMES));
        if (!line.isBusy()) take(at() + Math.max(1, Math.round(speed() / FRAMES)));
      };
      tick();
      changed();
    },
  };
}
