// Says when the picture of a dashboard changed: window.paint, used by stage.py.
// All times are the page's, in milliseconds, as those of its events.
(() => {
  const QUIET = 250; // after so long without a change, and with an idle kernel, all is shown
  const PATIENCE = 10000;
  let area = null, control = "";
  let event = 0, answered = 0, changed = 0, painted = 0, framed = false;
  let messages = [], arrived = 0, samples = null;

  // A message to itself is read only after the frame has been laid out and painted.
  const after = new MessageChannel();
  after.port1.onmessage = () => { painted = performance.now(); };

  function note(node) {
    if (!area?.contains(node)) return;
    changed = performance.now();
    const near = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    if (!near?.closest(control)) answered = changed;
    if (framed) return;
    framed = true;
    requestAnimationFrame(() => { framed = false; after.port2.postMessage(null); });
  }

  function noteCalls(prototype, ...names) {
    for (const name of names) {
      const original = prototype[name];
      prototype[name] = function noted(...args) {
        note(this.canvas);
        return original.apply(this, args);
      };
    }
  }

  noteCalls(CanvasRenderingContext2D.prototype,
    "clearRect", "drawImage", "fill", "fillRect", "fillText", "putImageData", "stroke");
  noteCalls(WebGLRenderingContext.prototype, "clear", "drawArrays", "drawElements");
  noteCalls(WebGL2RenderingContext.prototype, "clear", "drawArrays", "drawElements");
  document.addEventListener("load", ({ target }) => {
    if (target instanceof HTMLImageElement) note(target);
  }, true);
  window.addEventListener("keydown", ({ timeStamp }) => { event = timeStamp; }, true);
  const observer = new MutationObserver((records) => {
    for (const { target } of records) note(target);
  });

  window.WebSocket = class extends WebSocket {
    constructor(...args) {
      super(...args);
      this.addEventListener("message", ({ timeStamp }) => { arrived = timeStamp; });
    }
  };

  const kernel = (path) => probe.panel(path).sessionContext.session.kernel;
  const pause = (time) => new Promise((done) => setTimeout(done, time));

  // Notes every message between this notebook and its kernel.
  function listen(path) {
    kernel(path).anyMessage.connect((_, { msg, direction }) => {
      messages.push({
        direction,
        at: direction === "recv" ? arrived : performance.now(),
        type: msg.header.msg_type,
        state: msg.content.execution_state ?? "",
        id: msg.header.msg_id,
        parent: msg.parent_header?.msg_id ?? "",
        date: msg.header.date,
      });
    });
  }

  // Brings a notebook to the front and watches the output of its last cell from now on.
  function watch(path, selector) {
    const panel = probe.panel(path);
    jupyterapp.shell.activateById(panel.id);
    const cell = panel.content.widgets.at(-1);
    observer.disconnect();
    [area, control] = [cell.outputArea.node, selector];
    area.scrollIntoView({ block: "start" });
    observer.observe(area, {
      subtree: true, childList: true, characterData: true, attributes: true,
    });
    changed = performance.now();
    return panel.id;
  }

  // Waits until nothing moves; from now on an answer is an answer to what comes next.
  async function rest(path) {
    do await pause(20);
    while (performance.now() - changed < QUIET || kernel(path).status !== "idle");
    messages = [];
    event = answered = Infinity;
  }

  // Waits until the last event's answer is shown in full; null if it is not.
  async function shown(path) {
    const end = performance.now() + PATIENCE;
    while (performance.now() < end) {
      await pause(20);
      const quiet = performance.now() - changed > QUIET && kernel(path).status === "idle";
      const seen = Number.isFinite(answered) && answered > event;
      if (quiet && seen && painted > changed) {
        return { event, changed, painted, messages, origin: performance.timeOrigin };
      }
    }
    return null;
  }

  // Moves a range to each of these values, so many a second.
  async function burst(range, values, rate) {
    const start = performance.now();
    for (const [place, value] of values.entries()) {
      await pause(Math.max(0, start + (1000 * place) / rate - performance.now()));
      range.value = value;
      event = performance.now();
      range.dispatchEvent(new Event("input", { bubbles: true }));
    }
    return performance.now() - start;
  }

  // Drags a slider through places, parts of its length, so many a second; native or of ipywidgets.
  async function drag(slider, places, rate) {
    const box = slider.getBoundingClientRect();
    const length = (slider.closest(".noUi-target") ?? slider).clientWidth;
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const from = Number(slider.value);
    const point = (kind, node, place) => node.dispatchEvent(new MouseEvent(kind, {
      bubbles: true, cancelable: true, button: 0, buttons: 1, clientX: x + place * length, clientY: y,
    }));
    const move = (place) => {
      if (slider.type === "range") {
        slider.value = from + place * (slider.max - slider.min);
        slider.dispatchEvent(new Event("input", { bubbles: true }));
      } else {
        point("mousemove", document.documentElement, place);
      }
    };
    if (slider.type !== "range") point("mousedown", slider, 0);
    const start = performance.now();
    for (const [number, place] of places.entries()) {
      await pause(Math.max(0, start + (1000 * number) / rate - performance.now()));
      move(place);
    }
    if (slider.type !== "range") point("mouseup", document.documentElement, places.at(-1));
    return performance.now() - start;
  }

  // The milliseconds from the next key press to the image's next picture, as a promise `done`.
  function loaded(image) {
    const done = new Promise((tell) => {
      image.addEventListener("load", () => tell(performance.now() - event), { once: true });
    });
    return { done };
  }

  // Counts from now on in how many animation frames an element's text is new.
  function sample(element) {
    const own = samples = { start: performance.now(), count: 0, text: element.textContent };
    const look = () => {
      if (samples !== own) return;
      if (element.textContent !== own.text) own.count += 1;
      own.text = element.textContent;
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }

  // New texts a second since `sample`.
  function rate() {
    const { start, count } = samples;
    samples = null;
    return (1000 * count) / (performance.now() - start);
  }

  window.paint = { listen, watch, rest, shown, burst, drag, loaded, sample, rate };
})();
