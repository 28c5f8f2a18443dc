// Looks into JupyterLab or Notebook 7 from inside the page: window.probe, used by jupyter.py.
(() => {
  const app = () => window.jupyterapp;

  function documents() {
    return Array.from(app()?.shell?.widgets("main") ?? []).filter((w) => w.context);
  }

  function panel(path) {
    return documents().find((w) => w.context.path === path);
  }

  // Whether the application is loaded and shows no document.
  function free() {
    return Boolean(app()) && documents().length === 0;
  }

  // Ends every document's kernel, closes it and forgets what was not saved; puts the theme back.
  // Whether all of that went well within some seconds.
  function leave(theme) {
    const late = new Promise((done) => setTimeout(() => done(false), 10000));
    return Promise.race([late, closeAll(theme).then((done) => done, () => false)]);
  }

  async function closeAll(theme) {
    for (const shown of documents()) {
      await shown.context.sessionContext.shutdown();
      shown.dispose();
    }
    if (document.body.dataset.jpThemeName !== theme) {
      await app().commands.execute("apputils:change-theme", { theme });
    }
    localStorage.clear();
    sessionStorage.clear();
    return free() && !document.querySelector(".jp-Dialog");
  }

  // True once the notebook is shown and its kernel waits for work.
  function idle(path) {
    const context = panel(path)?.sessionContext;
    const kernel = context?.session?.kernel;
    return Boolean(
      panel(path)?.isVisible && panel(path).context.isReady && context.isReady &&
      kernel?.status === "idle" && kernel.connectionStatus === "connected"
    );
  }

  // What failed in a widget's callback belongs to no cell: it is said on the page's console.
  function watch(path) {
    const context = panel(path).sessionContext;
    if (context.bpwidgetsWatched) return;
    context.bpwidgetsWatched = true;
    context.iopubMessage.connect((_, { header, parent_header, content }) => {
      if (parent_header.msg_type === "execute_request") return;
      const text = header.msg_type === "error" ? content.traceback.join("\n")
        : header.msg_type === "stream" && content.name === "stderr" ? content.text : "";
      if (text.includes("Traceback")) console.error(`kernel: ${text}`);
    });
  }

  // Starts a command and keeps its outcome: "" while it runs, then how it ended.
  function start(command, args = {}) {
    window.probe.outcome = "";
    app().commands.execute(command, args).then(
      (value) => { window.probe.outcome = `done: ${value}`; },
      (error) => { window.probe.outcome = `failed: ${error}`; }
    );
  }

  function cells(path) {
    return panel(path).content.widgets.map(({ model }) => ({
      type: model.type,
      source: model.sharedModel.getSource(),
      count: model.executionCount ?? null,
      error: model.type !== "code" ? "" : model.outputs.toJSON()
        .filter((output) => output.output_type === "error")
        .map((output) => output.traceback.join("\n")).join("\n"),
    }));
  }

  // Whether the part of the window that shows the notebook is at least so many pixels high.
  function fits(path, height) {
    return panel(path).content.outerNode.clientHeight >= height;
  }

  // Scrolls to the top; how many pixels below it the last cell that is shown ends.
  function end(path) {
    const { outerNode } = panel(path).content;
    outerNode.scrollTop = 0;
    const cells = Array.from(outerNode.querySelectorAll(".jp-Cell"));
    return Math.ceil(Math.max(...cells.map((cell) => cell.getBoundingClientRect().bottom)));
  }

  // What a person would see or ask when something waits too long.
  function describe(path) {
    const kernel = panel(path)?.sessionContext?.session?.kernel;
    const dialog = document.querySelector(".jp-Dialog")?.textContent ?? "none";
    return `app ${Boolean(app())}, notebook ${Boolean(panel(path))}, kernel ${kernel?.status}, ` +
      `connection ${kernel?.connectionStatus}, dialog ${dialog}`;
  }

  window.probe = { free, leave, panel, idle, watch, start, cells, fits, end, describe, outcome: "" };
})();
