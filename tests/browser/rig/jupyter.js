// A host like JupyterLab and Notebook 7: the installed anywidget itself, on a model that does what that of
// @jupyter-widgets/base does.

import { equal } from "./equal.js";

class Events {
  listeners = [];
  on(names, call, context) {
    for (const name of names.split(" ")) this.listeners.push({ name, call, context });
  }
  once(name, call, context) {
    const first = (...given) => { this.off(name, first); call.apply(context, given); };
    this.on(name, first, context);
  }
  off(name, call, context) {
    this.listeners = this.listeners.filter((each) => (name && each.name !== name)
      || (call && each.call !== call) || (context && each.context !== context));
  }
  trigger(name, ...given) {
    for (const each of [...this.listeners]) {
      if (each.name === name && this.listeners.includes(each)) each.call.apply(each.context ?? this, given);
    }
  }
}

class Signal {
  calls = new Set();
  connect(call) { this.calls.add(call); }
  disconnect(call) { this.calls.delete(call); }
  emit() { for (const call of this.calls) call(); }
}

// What JupyterLab knows of the kernel; a test says what it is.
const kernel = {
  status: "idle", statusChanged: new Signal(),
  connectionStatus: "connected", connectionStatusChanged: new Signal(),
};

export function tell(told) {
  Object.assign(kernel, told);
  for (const name of Object.keys(told)) kernel[`${name}Changed`].emit();
}

class Model extends Events {
  attributes;
  views = new Set();
  changing = false;
  pending = false; // whether "change" is still to be said
  lock = null; // what Python just set, which is not sent back to it
  unsaved = {};
  buffered = null; // what waits until Python has answered `asked`
  asked = null;
  echoes = new Map(); // name -> the message whose echo is awaited
  state_change = Promise.resolve();

  constructor(attributes, options) {
    super();
    this.attributes = { ...attributes };
    this.initialize(attributes, options);
  }
  initialize(_, { id, comm, getModel }) {
    this.model_id = id;
    this.comm = comm;
    this.comm_live = comm !== undefined;
    this.widget_manager = { get_model: getModel, kernel };
  }

  get(name) { return this.attributes[name]; }

  // A name and its value, or an object of them.
  set(given, value) {
    const outermost = !this.changing;
    this.changing = true;
    const changed = [];
    for (const [name, to] of Object.entries(typeof given === "string" ? { [given]: value } : given)) {
      if (!equal(this.attributes[name], to)) {
        changed.push(name);
        if (!this.lock || this.lock[name] !== to) this.unsaved[name] = to;
      }
      this.attributes[name] = to;
    }
    this.pending ||= changed.length > 0;
    for (const name of changed) this.trigger(`change:${name}`, this, this.attributes[name], {});
    if (!outermost) return;
    while (this.pending) {
      this.pending = false;
      this.trigger("change", this, {});
    }
    this.changing = false;
  }
  set_state(state) {
    this.lock = state;
    try {
      this.set(state);
    } catch (failure) {
      this.changing = this.pending = false;
      console.error(`Error setting state: ${failure.stack}`);
    } finally {
      this.lock = null;
    }
  }
  save_changes() {
    if (!this.comm_live) return;
    const state = this.serialize(this.unsaved);
    this.unsaved = {};
    if (Object.keys(state).length === 0) return;
    if (this.asked === null) this.sync(state);
    else this.buffered = { ...this.buffered, ...state };
  }
  serialize(state) { return structuredClone(state); }
  sync(state) {
    const names = Object.keys(state); // of which none that a page sets has bytes
    this.asked = this.comm.send({ method: "update", state, buffer_paths: [] }, []);
    for (const name of names) this.echoes.set(name, this.asked);
  }
  send(content, callbacks, buffers = []) {
    if (this.comm !== undefined) this.comm.send({ method: "custom", content }, buffers);
  }

  // --- what Python says ---

  hears(data, buffers, parent) {
    this._handle_comm_msg({ content: { data }, buffers, parent_header: { msg_id: parent } });
  }
  async _handle_comm_msg({ content: { data }, buffers, parent_header: parent }) { // anywidget has its own before it
    if (data.method === "custom") {
      this.trigger("msg:custom", data.content, buffers);
      return;
    }
    this.state_change = this.state_change.then(() => {
      if (data.method === "echo_update") this.leaveOutOldEchoes(data.state, parent.msg_id);
      this.set_state(data.state);
    });
    await this.state_change;
  }
  leaveOutOldEchoes(state, parent) {
    for (const name of Object.keys(state).filter((each) => this.echoes.has(each))) {
      if (this.echoes.get(name) !== parent) delete state[name];
      else {
        this.echoes.delete(name);
        if (this.buffered && name in this.buffered) delete state[name];
      }
    }
  }
  answered(number) {
    if (number !== this.asked) return;
    const state = this.buffered;
    this.asked = this.buffered = null;
    if (state) this.sync(state);
  }
  abandoned() {
    this.comm_live = false;
    this.trigger("comm_live_update");
  }
  closed() {
    this.trigger("destroy", this);
    for (const view of this.views) view.remove();
    this.comm = undefined;
  }
}

class View {
  el = document.createElement("div");
  $el = { empty: () => this.el.replaceChildren() };
  constructor({ model }) {
    this.model = model;
    model.views.add(this);
    this.el.classList.add("jupyter-widgets", ...(model.get("_dom_classes") ?? []));
  }
  remove() {
    this.model.views.delete(this);
    this.el.remove();
  }
}

const { AnyModel, AnyView } = await new Promise((resolve, reject) => {
  window.define = (_, make) => resolve(make({ DOMWidgetModel: Model, DOMWidgetView: View }));
  const script = document.createElement("script");
  script.src = "/anywidget/index.js";
  script.onerror = reject;
  document.head.append(script);
});

export function create({ id, state, comm, getModel }) {
  const Kind = state._model_module === "anywidget" ? AnyModel : Model;
  return new Kind(state, { id, comm, getModel });
}

export async function show(model, holder) {
  const view = new AnyView({ model });
  await view.render();
  holder.append(view.el);
  for (let frame = 0; frame < 300 && !view.el.hasChildNodes(); frame += 1) {
    await new Promise(requestAnimationFrame); // its module is being loaded
  }
  return { el: view.el, end: () => view.remove() };
}
