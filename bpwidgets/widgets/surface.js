// The error surface: the map of colours and contour lines, the point, the arrow, the path.
import { element, select, tick, drawn, set, setText, formula, bytes, floats, fractions } from "./elements.js";
import { isPlain } from "./keys.js";
import { handle } from "./moves.js";
import { panel, spokenLine, follow, pictureButtons } from "./panel.js";
import { PLANE, plot, axis, atX, atY, pathOf } from "./plot.js";

export function surface(context) {
  const { model, line } = context;
  const map = element("canvas", { className: "bp-map" });
  const picture = plot(map);
  const bar = element("canvas", { className: "bp-bar", width: 1, height: 256 });
  const levels = axis("bp-up");
  const key = element("div", { className: "bp-key", "aria-hidden": "true" }, levels.label, bar, levels.numbers);
  const after = element("div", { className: "bp-after" });
  const walked = drawn("path", { class: "bp-walked" });
  const arrow = drawn("path", { class: "bp-arrow" });
  picture.lines.append(walked, arrow);
  picture.plane.append(after);
  picture.made.append(key);
  const spoken = spokenLine();
  const choices = [axisChoice("across", 0), axisChoice("up", 1)];
  const log = tick("logarithmic colours", (on) => line.change("colours", on ? "log" : "linear"));
  const point = handle(picture.plane, line, () => model.get("frame").axes.map((each, place) => {
    const [low, high, step] = each.ends;
    return { name: each.name, value: model.get("scene").values[place], low, high, step };
  }));
  set(point.node, { "aria-label": "Point on the map", "aria-describedby": spoken.id });
  const outside = panel(context, "surface", "Error surface", [pictureButtons(line)],
    element("div", { className: "bp-choices" }, ...choices.map(({ made }) => made), log.made),
    picture.made, spoken);
  let colours = new Uint8Array(768);
  let shown = null, way = null; // the map and the path that are drawn

  function axisChoice(label, place) {
    const choose = (name) => {
      const axes = [...line.latest("axes", model.get("frame").axes.map((each) => each.name))];
      if (axes[1 - place] === name) axes.reverse(); // the other axis' name exchanges the two
      else axes[place] = name;
      line.change("axes", axes);
    };
    const names = select(label, choose);
    const ends = ["from", "to"].map((word) => element("input", {
      type: "text", inputMode: "decimal", autocomplete: "off", "aria-label": `${label}, ${word}`,
    }));
    const refused = element("span", { className: "bp-refused", role: "alert" });
    const commit = () => {
      const { name, texts } = model.get("frame").axes[place];
      // an end that was left as it stands stays exactly what it is
      const typed = ends.map(({ value }, which) => (value === texts[which] ? null : value));
      if (typed.some((text) => text !== null) || refused.textContent) line.once("range", [name, ...typed]);
    };
    for (const end of ends) {
      end.addEventListener("change", commit);
      end.addEventListener("keydown", (event) => { if (event.key === "Enter" && isPlain(event)) commit(); });
    }
    const made = element("div", { className: "bp-choice" }, names.made, " from ", ends[0], " to ", ends[1], refused);
    return { made, names, ends, refused };
  }

  function build({ names, axes, error, colours: table }) {
    colours = bytes(table);
    paintBar(bar, colours);
    levels.label.replaceChildren(formula(error));
    axes.forEach(({ name, label, ticks, texts }, place) => {
      const side = place ? picture.up : picture.across;
      side.label.replaceChildren(formula(label));
      side.show(ticks);
      choices[place].names.fill(names);
      choices[place].names.node.value = name;
      choices[place].ends.forEach((end, which) => { end.value = texts[which]; });
    });
    shown = null;
  }

  function paint({ point: now, after: next, arrow: end, colours: scale, refused, spoken: text, words }) {
    if (shown !== model.get("map")) {
      shown = model.get("map");
      paintMap(map, shown, colours);
      levels.show(shown.ticks);
    }
    if (way !== model.get("walked")) {
      way = model.get("walked");
      walked.setAttribute("d", pathOf(floats(way)));
    }
    point.show(now, words);
    placeAt(after, next);
    arrow.setAttribute("d", inside(now) ? arrowOf(now, end) : "");
    log.node.checked = scale === "log";
    choices.forEach(({ refused: reason, ends }, place) => {
      const why = refused[model.get("frame").axes[place].name];
      setText(reason, why ?? "");
      for (const field of ends) set(field, { "aria-invalid": why !== undefined });
    });
    setText(spoken, text);
  }

  return follow(context, outside, { build, paint });
}

const inside = ([x, y]) => x >= 0 && x <= 1 && y >= 0 && y <= 1;

// A mark outside the map is not shown.
function placeAt(node, [x, y]) {
  node.hidden = !inside([x, y]);
  node.style.setProperty("--x", x);
  node.style.setProperty("--y", y);
}

function arrowOf([x, y], [endX, endY]) {
  const from = [atX(x), atY(y)], to = [atX(endX), atY(endY)];
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  if (length < 1) return "";
  const along = [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
  const head = Math.min(12, length);
  const corner = (side) => [
    to[0] - head * along[0] - side * head / 2 * along[1],
    to[1] - head * along[1] + side * head / 2 * along[0],
  ].map((part) => part.toFixed(1)).join(" ");
  return `M${from.join(" ")}L${to.join(" ")}M${corner(1)}L${to.join(" ")}L${corner(-1)}`;
}

function paintBar(canvas, colours) {
  const image = new ImageData(1, 256);
  for (let row = 0; row < 256; row += 1) setPixel(image.data, row, colours, 255 - row);
  canvas.getContext("2d").putImageData(image, 0, 0);
}

function setPixel(data, pixel, colours, shade) {
  data.set([colours[3 * shade], colours[3 * shade + 1], colours[3 * shade + 2], 255], 4 * pixel);
}

// The grid's outermost points lie on the edges of the map, so the picture is half a cell larger.
function paintMap(canvas, { points, shades, lines, lengths }, colours) {
  const cells = bytes(shades);
  const image = new ImageData(points, points);
  for (let row = 0; row < points; row += 1) {
    for (let column = 0; column < points; column += 1) {
      const shade = cells[row * points + column];
      setPixel(image.data, (points - 1 - row) * points + column, colours, shade);
    }
  }
  const small = new OffscreenCanvas(points, points);
  small.getContext("2d").putImageData(image, 0, 0);
  const [width, height] = [2 * PLANE.width, 2 * PLANE.height]; // for screens with fine pixels
  if (canvas.width !== width) [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext("2d");
  const [wide, high] = [width / (points - 1), height / (points - 1)];
  context.imageSmoothingQuality = "high";
  context.drawImage(small, -wide / 2, -high / 2, width + wide, height + high);
  paintLines(context, width, height, fractions(lines), lengths);
}

function paintLines(context, width, height, points, lengths) {
  context.beginPath();
  let place = 0;
  for (const length of lengths) {
    const start = place;
    for (const end = start + 2 * length; place < end; place += 2) {
      const x = points[place] * width;
      const y = (1 - points[place + 1]) * height;
      if (place === start) context.moveTo(x, y);
      else context.lineTo(x, y);
    }
  }
  context.lineWidth = 1.2;
  context.strokeStyle = "rgba(255, 255, 255, 0.65)";
  context.stroke();
}
