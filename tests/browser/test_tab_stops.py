"""At every Tab stop plain keys are the kit's, and those with Ctrl the notebook's."""

from __future__ import annotations

from .explorer import ExplorerPage
from .jupyter import NotebookPage
from .test_explorer import first_of, throwaway

CELLS = [
    "import bpwidgets as bp\nbp.Explorer()",
    "bp.Exercise()",
    "bp.FindTheSlip(seed=3)",
    "last = 1",
]
PLAIN = "xddbmycvzlohii"  # commands of a notebook
STATE = """path => {
  const { content, context } = probe.panel(path);
  return [content.widgets.map(({ model }) => model.type + model.sharedModel.getSource()), content.mode];
}"""
# The commands of the application since this was last asked.
EXECUTED = """() => {
  const found = window.executed ?? [];
  if (!window.executed) {
    jupyterapp.commands.commandExecuted.connect((_, { id }) => window.executed.push(id));
  }
  window.executed = [];
  return found;
}"""
# The Tab stops inside the widgets, each found by its place; what stands there, in words.
STOPS = """() => {
  window.stops = [...document.querySelectorAll(".bp-host *")].filter((node) => node.tabIndex >= 0
    && !node.disabled && node.checkVisibility({ visibilityProperty: true })
    && !(node.type === "radio" && !node.checked));
  return window.stops.map(
    (node) => `${node.tagName} ${node.ariaLabel ?? node.textContent.slice(0, 30)}`);
}"""


def test_every_tab_stop_with_both_sorts_of_key(notebook: NotebookPage) -> None:
    notebook.open(notebook.server.add("stops.ipynb", throwaway(*CELLS)))
    notebook.run_all()
    page = notebook.page
    page.set_viewport_size({"width": 1400, "height": 9000})  # so that all cells are drawn
    shown: ExplorerPage = first_of(notebook, 0)
    shown.unfold()
    first_of_kind(notebook, "exercise")
    first_of_kind(notebook, "find-slip")
    notebook.save()
    before = page.evaluate(STATE, notebook.path)
    stops = page.evaluate(STOPS)
    assert len(stops) > 100
    kinds = set()
    page.evaluate(EXECUTED)
    for place, words in enumerate(stops):
        kind = " ".join(words.split()[:2]) if "exact number" not in words else "exact number"
        if kind in kinds:
            continue  # one of each sort: their keys take the same way
        kinds.add(kind)
        page.evaluate("place => window.stops[place].focus()", place)
        for key in PLAIN:
            page.keyboard.press(key)
        assert page.evaluate(STATE, notebook.path) == before, words
        page.keyboard.press("Control+s")
        assert page.evaluate(EXECUTED) == ["docmanager:save"], words
    assert len(kinds) > 30


def first_of_kind(notebook: NotebookPage, kind: str) -> None:
    notebook.page.locator(f".bp-view.bp-{kind}").first.wait_for()
