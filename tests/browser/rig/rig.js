// The page of the rig: a notebook's widgets without the notebook.  `host` in the address says which host of
// anywidget it is like; with `saved` the widgets are those of a saved notebook, without a kernel.

const query = new URLSearchParams(location.search);
const { create, show, tell } = await import(`./${query.get("host")}.js`);

const models = new Map(); // id -> { model: a promise, resolve }
const counts = { sent: 0, received: 0 };
let gone = false; // whether the kernel is

const socket = new WebSocket(`ws://${location.host}/line`);
socket.binaryType = "arraybuffer";
socket.onmessage = ({ data }) => { counts.received += 1; receive(...read(data)); };

// --- messages: the number of parts, their lengths, the parts; the first one is JSON ---

function read(data) {
  const [count] = new Uint32Array(data, 0, 1);
  const parts = [];
  let start = 4 * (1 + count);
  for (const length of new Uint32Array(data, 4, count)) {
    parts.push(new DataView(data.slice(start, start + length)));
    start += length;
  }
  return [JSON.parse(new TextDecoder().decode(parts[0])), parts.slice(1)];
}

function write(content, buffers) {
  const parts = [new TextEncoder().encode(JSON.stringify(content)), ...buffers];
  return new Blob([Uint32Array.of(parts.length, ...parts.map((part) => part.byteLength)), ...parts]);
}

function send(content, buffers = []) {
  if (gone) throw new Error("Cannot send"); // as JupyterLab does when there is no kernel any more
  counts.sent += 1;
  socket.send(write({ ...content, number: counts.sent }, buffers));
  return counts.sent;
}

function receive({ kind, comm, data, parent }, buffers) {
  if (kind === "told") { ready(); return; }
  const entry = entryOf(comm);
  if (kind === "open") {
    if (entry.known) return; // told twice: a page that is opened asks for all
    entry.known = true;
    entry.resolve(create({ id: comm, state: putBack(data, buffers).state, comm: commOf(comm), getModel }));
    return;
  }
  entry.model.then((model) => {
    if (kind === "idle") model.answered(parent);
    if (kind === "close") { models.delete(comm); model.closed(); }
    if (kind === "msg") model.hears(putBack(data, buffers), buffers, parent);
  });
}

// The bytes of a state, back into it.
function putBack(data, buffers) {
  (data.buffer_paths ?? []).forEach((path, place) => {
    const holder = path.slice(0, -1).reduce((part, key) => part[key], data.state);
    holder[path.at(-1)] = buffers[place];
  });
  return data;
}

// --- models ---

function entryOf(id) {
  if (!models.has(id)) {
    const entry = { known: false };
    entry.model = new Promise((resolve) => { entry.resolve = resolve; });
    models.set(id, entry);
  }
  return models.get(id);
}

function commOf(id) {
  if (query.has("saved")) return undefined;
  return { send: (data, buffers) => send({ comm: id, data }, buffers) };
}

async function getModel(id) {
  if (!models.has(id)) throw new Error("widget model not found");
  return entryOf(id).model;
}

// --- what the tests call ---

const shown = []; // for each place its views: { el, end }
const ended = []; // elements of views that have ended, which JupyterLab keeps

async function showAt(id) {
  const place = document.createElement("section");
  document.body.append(place);
  place.id = `shown-${shown.length}`;
  shown.push([]);
  await put(id, place, shown.at(-1));
  return place.id;
}

async function put(id, holder, views) {
  const model = await entryOf(id).model;
  const children = model.get("children");
  if (children === undefined) {
    views.push(await show(model, holder));
    return;
  }
  const box = document.createElement("div"); // an ipywidgets Box
  box.classList.add("widget-box", ...model.get("_dom_classes"));
  holder.append(box);
  for (const child of children) await put(child.replace("IPY_MODEL_", ""), box, views);
}

// As when a cell is run again: its output goes, its widgets stay.
function clear(place) {
  for (const { el, end } of shown[place.split("-")[1]].splice(0)) {
    end();
    ended.push(el);
  }
  document.getElementById(place).replaceChildren();
}

// How many messages were sent and received, once all that they led to is painted.
async function painted() {
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
  return [counts.sent, counts.received];
}

// The kernel is gone, and the page knows it.
async function end() {
  gone = true;
  tell({ status: "dead" });
  for (const { model } of models.values()) (await model).abandoned();
}

function ready() {
  window.rig = {
    show: showAt, clear, painted, getModel, tell, end,
    models: () => Promise.all([...models.values()].map(({ model }) => model)),
    kept: () => ended.reduce((sum, el) => sum + el.querySelectorAll("*").length, 0),
  };
}

socket.onopen = () => send({ comm: null }); // what widgets are there?
