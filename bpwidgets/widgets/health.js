// What is known of a widget's kernel, where the host of the page tells it: JupyterLab, Notebook and Voilà do.

// `tell` is called when it changes.  Until it is known, and where it is not told, all seems well.
export function healthOf(model, name, tell) {
  let live = null, kernel = null, end = () => {};
  const found = { known: false, of: () => state(), end: () => end() };

  const state = () => {
    if (live === false) return "gone";
    if (kernel === null) return "";
    if (["dead", "terminating"].includes(kernel.status)) return "gone";
    if (["connecting", "disconnected"].includes(kernel.connectionStatus)) return "cut";
    return kernel.status === "busy" ? "busy" : "";
  };

  Promise.resolve(model.widget_manager?.get_model?.(name)).then((whole) => {
    if (whole?.comm_live === undefined) return;
    found.known = true;
    live = whole.comm_live;
    kernel = whole.widget_manager?.kernel ?? null;
    const changed = () => { live = whole.comm_live; tell(); };
    whole.on("comm_live_update", changed);
    kernel?.statusChanged?.connect(tell);
    kernel?.connectionStatusChanged?.connect(tell);
    end = () => {
      whole.off("comm_live_update", changed);
      kernel?.statusChanged?.disconnect(tell);
      kernel?.connectionStatusChanged?.disconnect(tell);
    };
    tell();
  }).catch(() => {});
  return found;
}
