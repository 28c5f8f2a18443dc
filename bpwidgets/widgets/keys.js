// Whose keys are whose: plain keys belong to the kit, those with Ctrl, Cmd or Alt to notebook and browser.

const OURS = "data-lm-suppress-shortcuts"; // JupyterLab and Notebook then leave a key alone

export const isPlain = (event) => !event.ctrlKey && !event.metaKey && !event.altKey;

// Nothing inside the element calls a command of the notebook, unless Ctrl, Cmd or Alt is held.  The notebook
// listens in the capture phase of the document; the window comes before it.
export function leaveKeysToNotebook(root) {
  root.setAttribute(OURS, "true");
  const listen = (event) => {
    if (isPlain(event) || !event.composedPath().includes(root)) return;
    root.removeAttribute(OURS);
    setTimeout(() => root.setAttribute(OURS, "true"));
  };
  window.addEventListener("keydown", listen, true);
  return () => window.removeEventListener("keydown", listen, true);
}
