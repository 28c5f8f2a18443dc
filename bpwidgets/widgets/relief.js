// The error surface in space: a picture from Python, asked for at rest and while it is turned.
import { element, button, set, setText } from "./elements.js";
import { range } from "./moves.js";
import { panel, spokenLine, follow, pictureButtons } from "./panel.js";

const REST = 80; // milliseconds without a change
const NARROWEST = 420; // pixels: drawn smaller, the numbers would not find room
const DEGREES = 0.5; // for each pixel that the pointer moves

export function relief(context) {
  const { model, line, el } = context;
  const image = element("img", { className: "bp-hill", alt: "", draggable: false });
  const spoken = spokenLine();
  const turn = range({ min: -180, max: 180, step: 5 }, askTurned);
  const tilt = range({ step: 5 }, askTurned);
  const back = button("↺", () => face(...model.get("frame").start), { "aria-label": "Turn back", className: "bp-button bp-back" });
  set(turn, { "aria-label": "Turn" });
  set(tilt, { "aria-label": "Tilt" });
  const outside = panel(context, "relief", "Error surface in space", [pictureButtons(line)], image,
    element("div", { className: "bp-turns" }, "turn", turn, "tilt", tilt, back), spoken);
  let timer = 0, drawn = null, turned = false, address = "";

  const isSeen = () => !model.isFolded() && el.isConnected && image.clientWidth > 0 && onScreen;
  const wanted = () => [turn.value, tilt.value, model.get("scene").drawing, isDark(el)].join();

  function ask() {
    clearTimeout(timer);
    if (line.isBusy() || !isSeen() || wanted() === drawn) return;
    drawn = wanted();
    turned = false;
    const width = Math.max(NARROWEST, image.clientWidth);
    const seen = [Number(turn.value), Number(tilt.value), width, Math.round(0.8 * width), isDark(el)];
    line.act("draw", seen);
  }

  function face(azimuth, elevation) {
    turn.value = ((azimuth + 540) % 360) - 180;
    tilt.value = elevation;
    askTurned();
  }

  function askTurned() {
    turned = true;
    ask();
  }

  image.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    image.setPointerCapture(event.pointerId);
    const from = [event.clientX, event.clientY, Number(turn.value), Number(tilt.value)];
    image.onpointermove = ({ clientX, clientY }) => face(
      from[2] - DEGREES * (clientX - from[0]), from[3] + DEGREES * (clientY - from[1]));
  });
  image.addEventListener("pointerup", () => { image.onpointermove = null; });
  image.addEventListener("pointercancel", () => { image.onpointermove = null; });

  const received = ({ picture }, [data]) => {
    URL.revokeObjectURL(address);
    address = URL.createObjectURL(new Blob([data], { type: picture }));
    image.src = address;
  };
  let onScreen = false;
  const watch = new IntersectionObserver(([{ isIntersecting }]) => { onScreen = isIntersecting; ask(); });
  watch.observe(image);
  const theme = new MutationObserver(() => setTimeout(ask, REST)); // another theme, other colours
  theme.observe(document.body, { attributeFilter: ["data-jp-theme-name"] });

  function build({ words, start, tilt: [low, high] }) {
    set(tilt, { min: low, max: high });
    if (turn.dataset.set === undefined) face(...start);
    turn.dataset.set = "yes";
    set(image, { alt: `The error as a hill over ${words}` });
  }

  function paint({ spoken: text }) {
    setText(spoken, text);
    clearTimeout(timer);
    if (turned) ask(); // the picture before has come
    else timer = setTimeout(ask, REST);
  }

  const end = () => {
    clearTimeout(timer);
    watch.disconnect();
    theme.disconnect();
    URL.revokeObjectURL(address);
  };
  return follow(context, outside, { build, paint, received, end });
}

// Whether the page is dark: the text of the view is then light.
function isDark(el) {
  const [red, green, blue] = getComputedStyle(el).color.match(/[\d.]+/g).map(Number);
  return red + green + blue > 384;
}
