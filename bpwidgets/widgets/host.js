// A widget on a page: its views in their places, and what they share.
import { element } from "./elements.js";
import { healthOf } from "./health.js";
import { leaveKeysToNotebook } from "./keys.js";
import { lineOf } from "./line.js";

// The module of a widget that can draw these views.
export function pageOf(views) {
  return {
    render({ model, el }) {
      const line = lineOf(model.get("group"));
      const root = element("div", { className: "bp-host" });
      const host = {
        name: model.get("own_name"),
        root,
        send: (message) => model.send(message),
        health: () => (host.isDead ? "gone" : health.of()),
        tell: (notice) => { host.notice = notice; update(); },
        notice: "",
        isDead: false,
      };
      const health = healthOf(model, host.name, line.look);
      const drawn = [];
      const desk = element("div", { className: "bp-desk" }), rest = element("div", { className: "bp-rest" });
      for (const [place, names] of model.get("places")) {
        const stand = element("div", { className: `bp-${place}` });
        for (const [name, kind] of names) {
          const box = element("section");
          stand.append(box);
          drawn.push([name, views[kind](contextOf(model, host, line, box, name))]);
        }
        (["above", "controls"].includes(place) ? desk : rest).append(stand);
      }
      if (rest.hasChildNodes()) desk.append(rest);
      root.append(desk);
      el.replaceChildren(root);

      function update() {
        line.heard(model.get("heard")); // first: what is answered the page no longer knows better
        root.classList.toggle("bp-stale", ["gone", "cut", "silent"].includes(host.notice));
        root.classList.toggle("bp-large", model.get("large"));
        for (const [name, view] of drawn) {
          try {
            view.update();
          } catch (failure) { // of one view; the others go on
            console.error(`bpwidgets: ${name} could not be drawn`, failure);
          }
        }
      }
      const received = (content, buffers = []) => {
        if (content.page !== line.page) return;
        drawn.find(([name]) => name === content.view)?.[1].received(content, buffers);
      };
      model.on("change", update);
      model.on("msg:custom", received);
      const leave = line.join(host);
      const stopKeys = leaveKeysToNotebook(root);
      update();
      const asking = setTimeout(() => { if (!health.known) line.greet(host); }, 500);
      return () => {
        clearTimeout(asking);
        model.off("change", update);
        model.off("msg:custom", received);
        for (const [, view] of drawn) view.end();
        stopKeys();
        health.end();
        leave();
        el.replaceChildren(); // JupyterLab keeps the element of a view that has ended
      };
    },
  };
}

// What a view works with: its own part of the model, its line, its element.
function contextOf(model, host, line, el, name) {
  const shared = new Set(["words", "large"]);
  return {
    el,
    name,
    host,
    hosts: line.hosts,
    line: line.of(host, name),
    notebook: () => model.widget_manager?.context?.model, // where the host of the page tells it
    model: {
      get: (key) => model.get(shared.has(key) ? key : `${name}_${key}`),
      isFolded: () => model.get("folded").includes(name),
    },
    notice: () => (host.notice ? model.get("words")[host.notice] : ""),
  };
}
