// The line from a page to one value in Python: one for all views of it, also in several widgets.
import { unique } from "./elements.js";

const UNDER_WAY = 2; // messages at most; with a single one TCP waits 40 ms for a reason to acknowledge
const BUSY_AFTER = 900; // milliseconds without an answer until a busy kernel is said to be busy,
const SILENT_AFTER = 1500; // and until one that does not answer is said not to
const REPEAT_AFTER = 2000; // until what was not answered is sent again
const LOOK_EVERY = 150;

// Widgets have modules of their own, even in one page; what they share stands here.
const LINES = (globalThis[Symbol.for("bpwidgets lines")] ??= new Map());

// The line of a group of widgets, kept while one of them is on the page.
export function lineOf(group) {
  if (!LINES.has(group)) LINES.set(group, makeLine(() => LINES.delete(group)));
  return LINES.get(group);
}

// Everything that is done on the page is a numbered act: { number, host, view, changes, gesture }.  A message
// holds all acts that are not yet answered, so one that is lost or overtaken loses nothing, and Python applies
// each act once.  Changes that wait to be sent merge, so there is never a backlog.
function makeLine(end) {
  const page = unique();
  const hosts = new Set();
  let acts = []; // not yet answered
  let posted = []; // the number of the last act in each message that is under way
  let count = 0, gesture = 0, clock = 0, notice = "";
  let since = 0, quiet = 0, repeated = 0; // when: the oldest was sent, a busy kernel was seen last, sent again

  const now = () => performance.now();
  const waiting = () => acts.filter((act) => !act.sent);

  function add(host, view, changes, alone, own = gesture) {
    const last = acts.at(-1);
    const goesOn = last && !last.sent && !last.alone && !alone && last.gesture === own;
    if (goesOn && last.host === host && last.view === view) Object.assign(last.changes, changes);
    else acts.push({ number: count += 1, host, view, changes, gesture: own, alone, sent: false });
    if (notice !== "") host.tell(notice); // once more, where something is done
    next();
  }

  function next() {
    if (waiting().length > 0 && posted.length < UNDER_WAY) post();
    look();
  }

  function post() {
    if (posted.length === 0) since = quiet = now();
    for (const act of acts) act.sent = true;
    posted.push(count);
    repeated = now();
    send();
  }

  function send() {
    const last = acts.at(-1).host;
    const through = hosts.has(last) ? last : [...hosts][0];
    const told = acts.map(({ number, host, view, changes, gesture: own }) => [number, host.name, view, changes, own]);
    sendThrough(through, { page, acts: told });
  }

  // Looks from time to time, while something is not answered, what is to be said of it.
  function look() {
    clearTimeout(clock);
    tell(noticeNow());
    if (posted.length > 0 && now() - repeated > REPEAT_AFTER && notice !== "busy") {
      repeated = now();
      send();
    }
    if (posted.length > 0 || notice !== "") clock = setTimeout(look, LOOK_EVERY);
  }

  function noticeNow() {
    const health = [...hosts].map((host) => host.health()).find((each) => each !== "") ?? "";
    if (health === "gone" || health === "cut") return health;
    if (posted.length === 0) return "";
    if (health === "busy") {
      quiet = now();
      return now() - since > BUSY_AFTER ? "busy" : "";
    }
    return now() - quiet > SILENT_AFTER ? "silent" : notice;
  }

  function tell(said) {
    if (said === notice) return;
    if (said === "" && (notice === "cut" || notice === "silent")) catchUp();
    notice = said;
    for (const host of hosts) host.tell(notice);
  }

  // What Python sent meanwhile may be lost: every widget asks for all that it has.
  function catchUp() {
    for (const host of hosts) sendThrough(host, { page, acts: [], missed: true });
  }

  function sendThrough(host, message) {
    try {
      host.send(message);
    } catch {
      host.isDead = true;
    }
  }

  return {
    page,
    hosts,
    get notice() { return notice; },
    look,
    join(host) {
      hosts.add(host);
      host.tell(notice);
      look();
      return () => {
        hosts.delete(host);
        acts = acts.filter((act) => act.host !== host || act.sent);
        if (hosts.size > 0) return;
        clearTimeout(clock);
        end();
      };
    },
    // Asks whether anybody is there, where nothing else tells.
    greet(host) { add(host, "", {}, true); },
    heard([from, number] = []) {
      if (from !== page || acts.length === 0 || number < acts[0].number) return;
      acts = acts.filter((act) => act.number > number);
      posted = posted.filter((last) => last > number);
      since = quiet = now();
      next();
    },
    // What a view of a host does.  Changes up to a `rest` are undone together; what must happen `once` is
    // undone by itself, an `act` with what is around it, or with all of the gesture that it names.
    of: (host, view) => {
      const own = (name) => acts.findLast((act) => act.host === host && act.view === view && name in act.changes);
      return {
        page,
        change: (name, value) => add(host, view, { [name]: value }, false),
        rest: () => { gesture += 1; },
        once: (name, value) => { gesture += 1; add(host, view, { [name]: value }, true); gesture += 1; },
        act: (name, value, named) => add(host, view, { [name]: value }, true, named),
        isBusy: () => acts.some((act) => act.host === host && act.view === view),
        // Whether the page knows better than the scene what this name is, and what it is.
        owns: (name) => own(name) !== undefined,
        latest: (name, shown) => own(name)?.changes[name] ?? shown,
      };
    },
  };
}
