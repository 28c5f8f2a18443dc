// A host like marimo: a model of its own without `set_state`, each widget in a shadow root, "change" said later
// and once, and all that was ever set saved again.

import { equal } from "./equal.js";

class Model {
  listeners = {};
  set_names = new Set();
  timer = 0;
  constructor(data, comm, getModel) {
    this.data = data;
    this.comm = comm;
    this.widget_manager = { get_model: getModel };
  }
  get(name) { return this.data[name]; }
  set(name, value) {
    this.data = { ...this.data, [name]: value };
    this.set_names.add(name);
    this.emit(`change:${name}`, value);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.emit("change"), 0);
  }
  save_changes() {
    const state = Object.fromEntries([...this.set_names].map((name) => [name, this.data[name]]));
    this.comm?.send({ method: "update", state: structuredClone(state), buffer_paths: [] }, []);
  }
  send(content, callbacks, buffers = []) { this.comm?.send({ method: "custom", content }, buffers); }
  on(name, call) { (this.listeners[name] ??= new Set()).add(call); }
  off(name, call) {
    if (!name) this.listeners = {};
    else if (!call) delete this.listeners[name];
    else this.listeners[name]?.delete(call);
  }
  emit(name, ...given) { this.listeners[name]?.forEach((call) => call(...given)); }
}

// What the host knows of a model, and its widgets do not.
class Held {
  views = new Set();
  constructor(model) { this.model = model; }
  get(name) { return this.model.get(name); }
  hears({ method, content, state }, buffers) {
    if (method === "custom") this.model.emit("msg:custom", content, buffers);
    if (method !== "update") return;
    for (const [name, value] of Object.entries(state)) {
      if (!equal(this.model.get(name), value)) this.model.set(name, value);
    }
  }
  answered() {}
  abandoned() {}
  closed() { for (const end of [...this.views]) end(); }
}

export function tell() {} // it tells its widgets nothing of the kernel

export function create({ state, comm, getModel }) {
  return new Held(new Model(state, comm, async (id) => (await getModel(id)).model));
}

export async function show(held, holder) {
  const { model } = held;
  const place = document.createElement("marimo-anywidget");
  const root = place.attachShadow({ mode: "open" });
  const style = document.createElement("style");
  style.textContent = model.get("_css") ?? "";
  const el = document.createElement("div");
  root.append(style, el);
  holder.append(place);
  const url = URL.createObjectURL(new Blob([model.get("_esm")], { type: "text/javascript" }));
  const { default: made } = await import(url);
  URL.revokeObjectURL(url);
  const widget = typeof made === "function" ? await made() : made;
  const leave = await widget.initialize?.({ model });
  const cleanup = await widget.render?.({ model, el });
  const end = () => { held.views.delete(end); cleanup?.(); leave?.(); place.remove(); };
  held.views.add(end);
  return { el, end };
}
