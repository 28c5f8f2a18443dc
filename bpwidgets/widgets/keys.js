// Whose keys are whose: plain keys belong to the kit, those with Ctrl, Cmd or Alt to notebook and browser.

const OURS = "data-lm-suppress-shortcuts"; // on a key's target: JupyterLab and Notebook leave it alone

export const isPlain = (event) => !event.ctrlKey && !event.metaKey && !event.altKey;

// No plain key pressed inside the element calls a command of the notebook.  The notebook listens in the capture
// phase of the document, and asks the target; the window comes before it.
export function leaveKeysToNotebook(root) {
  const listen = (event) => {
    const [target] = event.composedPath();
    if (root.contains(target)) target.toggleAttribute(OURS, isPlain(event));
  };
  window.addEventListener("keydown", listen, true);
  return () => window.removeEventListener("keydown", listen, true);
}
