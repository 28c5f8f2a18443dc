// The line from a view to Python.

const PATIENCE = 20000; // milliseconds until unanswered messages are taken as lost
const UNDER_WAY = 2; // messages at most; with a single one TCP waits 40 ms for a reason to acknowledge

// Sends changes, and keeps no backlog: what moves while messages are under way waits, and goes in one
// next message.  Python gives `heard` back when it has answered.
// Each message holds all that is not yet answered, so that Python may leave an overtaken one out.  What
// must happen `once` goes alone.  Changes up to a `rest` are undone together, and so are those that had to
// wait.  `idle` is called when all is answered.
function link(model, idle = () => {}) {
  const page = unique();
  let waiting = [], sent = []; // each { changes, gesture, alone }; those sent have their number
  let count = 0, timer = 0, gesture = 0, lone = () => {};
  const next = () => {
    while (waiting.length > 0 && mayGo(waiting[0])) send(waiting.shift());
    clearTimeout(timer);
    timer = sent.length > 0 ? setTimeout(lost, PATIENCE) : 0;
  };
  const mayGo = ({ alone }) => sent.length === 0
    || (sent.length < UNDER_WAY && !alone && !sent.some((each) => each.alone));
  const send = (message) => { sent.push({ ...message, number: count += 1 }); post(sent.length); };
  const post = (length) => {
    const { number, gesture: own } = sent[length - 1];
    const change = Object.assign({}, ...sent.slice(0, length).map(({ changes }) => changes));
    try {
      model.send({ change, heard: [page, number], gesture: own });
    } catch {
      lone(); // there is no kernel any more
    }
  };
  // The same numbers again: Python applies each once, and answers it once more.
  const lost = () => { sent.forEach((_, place) => post(place + 1)); next(); };
  const wait = (changes, alone) => { waiting.push({ changes, gesture, alone }); next(); };
  return {
    page,
    change: (name, value) => {
      const last = waiting.at(-1);
      if (last && !last.alone) Object.assign(last, { gesture }).changes[name] = value;
      else wait({ [name]: value }, false);
    },
    rest: () => { gesture += 1; },
    once: (name, value) => { gesture += 1; wait({ [name]: value }, true); gesture += 1; },
    part: (name, value) => wait({ [name]: value }, true), // once, and undone with what is around it
    isBusy: () => sent.length > 0,
    // Whether the page knows better than the scene what this name is, and what it is.
    owns: (name) => [...sent, ...waiting].some(({ changes }) => name in changes),
    latest: (name, shown) => [...sent, ...waiting].findLast(({ changes }) => name in changes)
      ?.changes[name] ?? shown,
    heard: ([from, number]) => {
      if (sent.length === 0 || from !== page || number < sent[0].number) return;
      sent = sent.filter((each) => each.number > number);
      next();
      if (sent.length === 0) idle();
    },
    // Whom to tell that nobody hears it.
    onLone: (tell) => { lone = tell; },
    close: () => clearTimeout(timer),
  };
}
