// What every view is: a panel, painted when its model changes.  The view's own file has `render`; the
// files that it uses stand in the same module.

export default { initialize, render };

// The outside of a view: its name, its parts, the line for messages, which comes last.
// Tools stand beside the name.
function panel({ model, el }, kind, name, tools, ...parts) {
  const title = element("span", {}, name);
  const folder = button(title, () => {
    model.set("folded", !model.get("folded"));
    model.save_changes();
  }, { className: "bp-folder" });
  const message = element("p", { className: "bp-message", role: "alert" });
  el.classList.add("bp-view", `bp-${kind}`);
  el.dataset.group = model.get("group");
  el.setAttribute("role", "group");
  el.setAttribute("aria-label", name);
  const head = element("div", { className: "bp-head" }, element("h3", {}, folder), ...tools);
  el.replaceChildren(head, ...parts, message);
  el.addEventListener("focusin", () => speak(el));
  markWhatIsPointedAt(el);
  return { title, message, folder };
}

// What a picture shows, in words that follow it.
function spokenLine() {
  return element("p", { className: "bp-spoken", id: unique(), "aria-live": "off" });
}

// Of all these lines a screen reader reads one: that of the view with the focus, if it has one, or else
// the breakdown's.
function speak(el) {
  const all = [...document.querySelectorAll(`.bp-view[data-group="${el.dataset.group}"] [aria-live]`)];
  const speaking = all.find((line) => el.contains(line))
    ?? all.find((line) => line.closest(".bp-breakdown")) ?? all[0];
  for (const line of all) set(line, { "aria-live": line === speaking ? "polite" : "off" });
}

// Calls `build` when the frame changes and `paint` when anything does; returns what ends it.
function follow({ model, el }, line, { message, folder }, { build, paint }) {
  let framed = null;
  const changed = () => {
    setText(message, model.get("message"));
    el.classList.toggle("bp-large", model.get("large"));
    el.classList.toggle("bp-folded", model.get("folded"));
    set(folder, { "aria-expanded": !model.get("folded") });
    line.heard(model.get("heard")); // first: what is answered the page no longer knows better
    const frame = model.get("frame");
    if (Object.keys(frame).length > 0) { // else it could not be shown: see the message
      if (framed !== frame) { framed = frame; build(frame); }
      paint(model.get("scene"));
    }
  };
  const received = (content, buffers) => {
    if (content.file !== undefined && content.page === line.page) download(content, buffers);
  };
  line.onLone(() => {
    setText(message, "This view's kernel is gone: run its cell again.");
    message.scrollIntoView({ block: "nearest" }); // of a long view the end is seldom seen
  });
  model.on("change", changed);
  model.on("msg:custom", received);
  changed();
  return () => {
    line.close();
    model.off("change", changed);
    model.off("msg:custom", received);
  };
}

// What the views of a session change together comes in one message, through one of them.
function initialize({ model }) {
  model.on("msg:custom", ({ together = [] }, buffers) => {
    let place = 0;
    for (const { id, state, paths } of together) {
      for (const path of paths) putAt(state, path, buffers[place++]);
      model.widget_manager.get_model(id).then((each) => each.set_state(state), () => {}); // it is gone
    }
  });
}

function putAt(holder, path, value) {
  const inner = path.slice(0, -1).reduce((part, key) => part[key], holder);
  inner[path.at(-1)] = value;
}

// --- pointing: what stands for the same quantity is marked in all views of a session ---

function markWhatIsPointedAt(el) {
  const point = (event) => {
    const symbols = event.target.closest?.("[data-symbols]")?.dataset.symbols ?? "";
    if (symbols !== el.dataset.pointed) mark(el.dataset.group, el.dataset.pointed = symbols);
  };
  const leave = () => mark(el.dataset.group, el.dataset.pointed = "");
  el.addEventListener("pointerover", point);
  el.addEventListener("focusin", point);
  el.addEventListener("pointerleave", leave);
  el.addEventListener("focusout", leave);
}

function mark(group, symbols) {
  const wanted = new Set(symbols.split(" ").filter(Boolean));
  for (const node of document.querySelectorAll(`.bp-view[data-group="${group}"] [data-symbols]`)) {
    const hit = node.dataset.symbols.split(" ").some((symbol) => wanted.has(symbol));
    node.classList.toggle("bp-pointed", hit);
  }
}

// --- files ---

// A button for each kind in which matplotlib draws the picture for print.
function pictureButtons(line) {
  const buttons = ["PNG", "SVG", "PDF"].map((kind) => button(
    kind, () => line.once("picture", [kind.toLowerCase(), line.page]),
    { "aria-label": `Save the picture as ${kind}` }));
  return element("div", { className: "bp-files" }, ...buttons);
}

function download({ file, type }, [data]) {
  const address = URL.createObjectURL(new Blob([data], { type }));
  const anchor = element("a", { href: address, download: file });
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
