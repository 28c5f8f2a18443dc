// What is said of keeping, a new start and the way back, and the record of what was done in the notebook.
import { element, button, set, setText } from "./elements.js";

const WIDGET = "application/vnd.jupyter.widget-view+json";
const RECORD = '<div class="bp-unmoved'; // as it begins

// `below`: what is kept and where; the other parts stand with the tools of the view.
export function keptWork({ model, el, line, host, notebook }) {
  const restart = button("", () => {
    if (restart.getAttribute("aria-disabled") === "true") return;
    for (const field of el.querySelectorAll("[data-typing]")) {
      field.value = "";
      delete field.dataset.typing;
    }
    line.once("restart", true);
  });
  const back = button("", () => { line.once("take back", true); restart.focus(); });
  const said = element("p", { className: "bp-kept", role: "status" });
  const short = element("summary"), words = element("p", { className: "bp-quiet" });
  const text = element("textarea", { rows: 2, readOnly: true });
  text.addEventListener("focus", () => text.select());
  let unwritten = "", record = null, isWritten = true;

  function build(frame) {
    setText(restart, frame.restart);
    setText(back, frame.back);
    setText(short, frame.short);
    setText(words, frame.words);
    set(text, { "aria-label": frame.text });
    unwritten = frame.unwritten;
  }

  function paint(scene) {
    const newest = model.get("record");
    if (newest !== record) {
      const isFirst = record === null; // then it may only be under way
      record = newest;
      isWritten = write(notebook(), host.name, record) || isFirst;
    }
    setText(said, [isWritten ? "" : unwritten, scene.said].filter(Boolean).join(" "));
    set(restart, { "aria-disabled": !scene.begun });
    back.hidden = !scene.dropped;
    if (text.value !== scene.progress) text.value = scene.progress;
  }

  return { buttons: [restart, back], said, below: element("details", {}, short, words, text), build, paint };
}

// Sees to it that a notebook has the newest record of a widget.  Python shows it anew in its place, but a page
// that was loaded since does not know the place any more.  Whether it is there, or no cell shows the widget.
function write(notebook, name, { data, metadata }) {
  try {
    const outputs = outputsWith(notebook?.cells, name);
    if (outputs === undefined) return true;
    const at = placeOf(outputs, isRecord, placeOf(outputs, (found) => isOf(found, name)));
    if (at < 0) return false;
    if (outputs.get(at).data["text/html"] !== data["text/html"]) {
      outputs.set(at, { output_type: "display_data", data, metadata });
    }
    return true;
  } catch (failure) {
    console.warn("bpwidgets: the record could not be written", failure);
    return false;
  }
}

const isOf = (data, name) => data?.[WIDGET]?.model_id === name;
const isRecord = (data) => String(data?.["text/html"]).startsWith(RECORD);

// The outputs of the cell that shows a widget.
function outputsWith(cells, name) {
  for (let place = 0; place < (cells?.length ?? 0); place += 1) {
    const { outputs } = cells.get(place);
    if (outputs && placeOf(outputs, (data) => isOf(data, name)) >= 0) return outputs;
  }
  return undefined;
}

// Where the first such output from a place on stands; -1 for nowhere.
function placeOf(outputs, isIt, from = 0) {
  for (let place = from; place < outputs.length; place += 1) {
    if (isIt(outputs.get(place).data)) return place;
  }
  return -1;
}
