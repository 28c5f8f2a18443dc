// A question on the page: its words, a field, a button for help, and what is said of an answer.
import { element, button, set, setText, unique, formula, pieced } from "./elements.js";
import { isPlain } from "./keys.js";

// `line` goes to Python; the question itself comes from Python's frame.
export function askedRow({ quantity, symbol, name, words }, line) {
  const id = unique();
  const field = element("input", {
    type: "text", inputMode: "decimal", autocomplete: "off", spellcheck: false, id,
    "aria-label": name, "aria-describedby": `${id}-words ${id}-said`,
  });
  const said = element("p", { className: "bp-said", id: `${id}-said`, role: "status" });
  const form = element("strong"), message = element("span");
  said.append(form, " ", message);
  const hints = element("ol", { className: "bp-hints" });
  let state = { answer: "", next: ["hint", 1] };
  const answer = () => {
    delete field.dataset.typing;
    line.once("answer", [quantity, field.value]);
  };
  const help = button("", () => {
    const [what, number] = state.next;
    line.once(what, number === undefined ? quantity : [quantity, number]);
    if (what === "again") { field.value = ""; delete field.dataset.typing; field.focus(); }
  });
  // Never into a field that somebody is in: the answer before might come while the next is typed.
  const fill = () => {
    if (!field.dataset.typing && !field.matches(":focus") && !line.isBusy()) field.value = state.answer;
  };
  field.addEventListener("input", () => { field.dataset.typing = "yes"; });
  field.addEventListener("blur", fill);
  field.addEventListener("keydown", (event) => { if (event.key === "Enter" && isPlain(event)) answer(); });
  const label = element("label", { htmlFor: id }, formula(symbol), " =");
  const made = element("div", { className: "bp-asked" },
    element("p", { className: "bp-words", id: `${id}-words` }, words),
    element("div", { className: "bp-tools" }, label, field,
      button("Check", answer, { "aria-label": `Check ${name}` }), help),
    said, element("div", { role: "log", "aria-label": `Hints to ${name}` }, hints));
  made.dataset.symbols = quantity;

  const paint = (scene) => {
    state = scene;
    fill();
    setText(form, scene.form);
    setText(message, scene.said);
    set(said, { "data-verdict": scene.verdict });
    set(field, { "aria-invalid": scene.verdict === "unreadable" });
    setText(help, scene.help);
    set(help, { "aria-label": `${scene.help}, ${name}` });
    paintHints(hints, scene.hints);
  };
  return { made, paint };
}

// Hints are opened one after the other: those that are there stay as they are.
function paintHints(list, hints) {
  const told = JSON.stringify(hints);
  if (list.dataset.told === told) return;
  const before = JSON.parse(list.dataset.told ?? "[]");
  const same = before.length <= hints.length
    && before.every((hint, place) => JSON.stringify(hint) === JSON.stringify(hints[place]));
  list.dataset.told = told;
  if (!same) list.replaceChildren();
  for (const [name, text, pieces] of hints.slice(list.children.length)) {
    list.append(element("li", {}, element("b", {}, `${name}: `), pieces ? pieced(pieces) : text));
  }
}
