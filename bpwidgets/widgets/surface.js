// The error surface: matplotlib's frame, the map of colours and contour lines, the point.

const SCALE = 2; // canvas pixels for each pixel of the page at the usual zoom

function render({ model, el }) {
  const line = link(model);
  const selects = [choice("across", 0, model, line), choice("up", 1, model, line)];
  const frame = element("div", { className: "bp-frame" });
  const map = element("canvas", { className: "bp-map" });
  const bar = element("canvas", { className: "bp-bar", width: 1, height: 256 });
  const ticks = element("div", { className: "bp-ticks" });
  const point = element("div", { className: "bp-point" });
  const after = element("div", { className: "bp-after" });
  const plane = element("div", { className: "bp-plane" }, map, point, after);
  const text = element("p", { className: "bp-spoken", id: `bp-${Math.random().toString(36).slice(2)}` });
  const picture = element("div", { className: "bp-picture" }, plane, bar, ticks, frame);
  const message = element("p", { className: "bp-message", role: "alert" });
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", "Map of the error over two parameters");
  picture.setAttribute("aria-describedby", text.id);
  el.classList.add("bp-view", "bp-surface");
  el.setAttribute("role", "group");
  el.setAttribute("aria-label", "Error surface");
  el.replaceChildren(element("h3", {}, "Error surface"),
    element("div", { className: "bp-choices" }, ...selects.map(({ made }) => made)),
    picture, text, message);
  let colours = new Uint8Array(768);
  let drawn = null;

  function build({ svg, map_box, bar_box, colours: table, names, axes }) {
    colours = bytes(table);
    const address = `url("data:image/svg+xml;utf8,${encodeURIComponent(svg)}")`;
    frame.style.maskImage = address;
    frame.style.webkitMaskImage = address;
    setBox(plane, map_box);
    setBox(bar, bar_box);
    setBox(ticks, bar_box);
    paintBar(bar, colours);
    selects.forEach(({ select }, place) => fillChoice(select, names, axes[place]));
    drawn = null;
  }

  function paint({ point: now, after: next, text: words }) {
    if (drawn !== model.get("map")) {
      drawn = model.get("map");
      paintMap(map, drawn, colours);
      paintTicks(ticks, drawn.ticks);
    }
    setPoint(point, now);
    setPoint(after, next);
    setText(text, words);
  }

  return follow(model, line, { build, paint, message });
}

function choice(label, place, model, line) {
  const select = control("select");
  select.addEventListener("change", () => {
    const axes = [...model.get("frame").axes];
    axes[place] = select.value;
    line.change("axes", axes);
  });
  return { select, made: element("label", {}, `${label} `, select) };
}

function fillChoice(select, names, chosen) {
  if (select.options.length !== names.length) {
    select.replaceChildren(...names.map(([name, label]) => element("option", { value: name }, label)));
  }
  select.value = chosen;
}

function bytes(view) {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

function setBox(node, [left, top, width, height]) {
  const parts = { left, top, width, height };
  for (const [side, part] of Object.entries(parts)) node.style[side] = `${100 * part}%`;
}

// A point outside the map is not shown.
function setPoint(node, [x, y]) {
  node.hidden = !(x >= 0 && x <= 1 && y >= 0 && y <= 1);
  node.style.left = `${100 * x}%`;
  node.style.bottom = `${100 * y}%`;
}

function paintBar(canvas, colours) {
  const image = new ImageData(1, 256);
  for (let row = 0; row < 256; row += 1) setPixel(image.data, row, colours, 255 - row);
  canvas.getContext("2d").putImageData(image, 0, 0);
}

function paintTicks(box, ticks) {
  box.replaceChildren(...ticks.map(([part, text]) => {
    const tick = element("span", {}, text);
    tick.style.bottom = `${100 * part}%`;
    return tick;
  }));
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
  const size = 360 * SCALE;
  if (canvas.width !== size) canvas.width = canvas.height = size;
  const context = canvas.getContext("2d");
  const cell = size / (points - 1);
  context.imageSmoothingQuality = "high";
  context.drawImage(small, -cell / 2, -cell / 2, size + cell, size + cell);
  paintLines(context, size, new Float32Array(bytes(lines).slice().buffer), lengths);
}

function paintLines(context, size, points, lengths) {
  context.beginPath();
  let place = 0;
  for (const length of lengths) {
    const start = place;
    for (const end = start + 2 * length; place < end; place += 2) {
      const x = points[place] * size;
      const y = (1 - points[place + 1]) * size;
      if (place === start) context.moveTo(x, y);
      else context.lineTo(x, y);
    }
  }
  context.lineWidth = 0.6 * SCALE;
  context.strokeStyle = "rgba(255, 255, 255, 0.65)";
  context.stroke();
}

export default { render };
