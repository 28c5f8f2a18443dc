// What every view is: a panel with its name, painted when its model changes.
import { button, element, set, setText, focusBeside, unique } from "./elements.js";

// The outside of a view: its name, its parts, the line for messages, which comes last.
// Tools stand beside the name.
export function panel({ model, el, line, hosts }, kind, name, tools, ...parts) {
  const title = element("span", {}, name);
  const folder = button(title, () => line.once("folded", !model.isFolded()), { className: "bp-folder" });
  const message = element("p", { className: "bp-message", role: "alert" });
  el.classList.add("bp-view", `bp-${kind}`);
  set(el, { role: "group", "aria-label": name });
  const head = element("div", { className: "bp-head" }, element("h3", {}, folder), ...tools);
  el.replaceChildren(head, ...parts, message);
  el.addEventListener("focusin", () => speak(el, hosts));
  markWhatIsPointedAt(el, hosts);
  return { title, message, folder };
}

// What a picture shows, in words that follow it.
export function spokenLine() {
  return element("p", { className: "bp-spoken", id: unique(), "aria-live": "off" });
}

// Everything in the views of a session, also in other widgets, that a selector finds.
function inAll(hosts, selector) {
  return [...hosts].flatMap(({ root }) => [...root.querySelectorAll(selector)]);
}

// Of all these lines a screen reader reads one: that of the view with the focus, if it has one, or else
// the breakdown's.
function speak(el, hosts) {
  const all = inAll(hosts, "[aria-live]");
  const speaking = all.find((line) => el.contains(line))
    ?? all.find((line) => line.closest(".bp-breakdown")) ?? all[0];
  for (const line of all) set(line, { "aria-live": line === speaking ? "polite" : "off" });
}

// A view as its host knows it.  `build` is called when the frame changes, `paint` when anything does, `received`
// with what was sent to this page alone, `end` when the view ends.
export function follow(context, { message, folder }, { build, paint, received = () => {}, end = () => {} }) {
  const { model, el } = context;
  let framed = null;
  return {
    update() {
      const notice = context.notice();
      setText(message, notice || model.get("message"));
      if (notice && el.contains(focusBeside(el))) message.scrollIntoView({ block: "nearest" });
      el.classList.toggle("bp-folded", model.isFolded());
      set(folder, { "aria-expanded": !model.isFolded() });
      const frame = model.get("frame");
      if (Object.keys(frame).length === 0) return; // it could not be shown: see the message
      if (framed !== frame) { framed = frame; build(frame); }
      paint(model.get("scene"));
    },
    received: (content, buffers) => (content.file ? download(content, buffers) : received(content, buffers)),
    end,
  };
}

// --- pointing: what stands for the same quantity is marked in all views of a session ---

function markWhatIsPointedAt(el, hosts) {
  const point = (event) => {
    const symbols = event.target.closest?.("[data-symbols]")?.dataset.symbols ?? "";
    if (symbols !== el.dataset.pointed) mark(hosts, el.dataset.pointed = symbols);
  };
  const leave = () => mark(hosts, el.dataset.pointed = "");
  el.addEventListener("pointerover", point);
  el.addEventListener("focusin", point);
  el.addEventListener("pointerleave", leave);
  el.addEventListener("focusout", leave);
}

function mark(hosts, symbols) {
  const wanted = new Set(symbols.split(" ").filter(Boolean));
  for (const node of inAll(hosts, "[data-symbols]")) {
    const hit = node.dataset.symbols.split(" ").some((symbol) => wanted.has(symbol));
    node.classList.toggle("bp-pointed", hit);
  }
}

// --- files ---

// A button for each kind in which matplotlib draws the picture for print.
export function pictureButtons(line) {
  const buttons = ["PNG", "SVG", "PDF"].map((kind) => button(
    kind, () => line.once("picture", kind.toLowerCase()),
    { "aria-label": `Save the picture as ${kind}` }));
  return element("div", { className: "bp-files" }, ...buttons);
}

function download({ file, type }, [data]) {
  const address = URL.createObjectURL(new Blob([data], { type }));
  const anchor = element("a", { href: address, download: file });
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
