"""The harness itself: a tiny widget, computed by Python, in both applications."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Locator, expect

from .conftest import PageLog
from .jupyter import NotebookPage
from .pages import Pages
from .servers import JupyterServer

WIDGET = '''
import anywidget
import traitlets


class Square(anywidget.AnyWidget):
    """A range input whose value Python squares."""

    _esm = """
    function render({ model, el }) {
      const range = document.createElement("input");
      range.type = "range";
      range.max = "10";
      range.value = model.get("number");
      range.setAttribute("aria-label", "number");
      range.dataset.lmSuppressShortcuts = "true";
      range.addEventListener("input", () => {
        model.set("number", Number(range.value));
        model.save_changes();
      });
      const output = document.createElement("output");
      const show = () => { output.textContent = model.get("square"); };
      model.on("change:square", show);
      show();
      el.append(range, output);
    }
    export default { render };
    """
    number = traitlets.Int(3).tag(sync=True)
    square = traitlets.Int(9).tag(sync=True)

    @traitlets.observe("number")
    def _compute(self, change):
        if change["new"] == 7:
            raise ValueError("seven is refused")
        self.square = change["new"] ** 2
'''


def counter() -> nbformat.NotebookNode:
    """A notebook with a text, the widget's class, and the widget."""
    cells = [
        nbformat.v4.new_markdown_cell("# A square"),
        nbformat.v4.new_code_cell(WIDGET),
        nbformat.v4.new_code_cell("Square()"),
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return nbformat.v4.new_notebook(cells=cells, metadata=kernel)


@pytest.fixture
def opened(notebook: NotebookPage) -> NotebookPage:
    """The widget's notebook, open and run."""
    notebook.open(notebook.server.add("counter.ipynb", counter()))
    notebook.run_all()
    return notebook


def press(notebook: NotebookPage, key: str) -> Locator:
    """Press one key on the range input; the text that Python computed."""
    cell = notebook.cell(2)
    cell.get_by_role("slider", name="number", exact=True).focus()
    notebook.page.keyboard.press(key)
    return cell.locator("output")


def test_a_widget_is_used(opened: NotebookPage, tmp_path: Path) -> None:
    expect(opened.cell(2).locator("output")).to_have_text("9")
    expect(press(opened, "ArrowRight")).to_have_text("16")
    opened.reopen()
    expect(press(opened, "ArrowRight")).to_have_text("25")
    opened.restart_and_run_all()
    expect(press(opened, "ArrowRight")).to_have_text("16")
    opened.theme("JupyterLab Dark")
    assert opened.page.evaluate("document.body.dataset.jpThemeLight") == "false"
    assert opened.screenshot(tmp_path / "page.png").stat().st_size > 10_000
    assert opened.screenshot(tmp_path / "cell.png", opened.cell(2)).stat().st_size > 500


def test_failures_are_noticed(notebook: NotebookPage, log: PageLog) -> None:
    broken = counter()
    broken.cells.append(nbformat.v4.new_code_cell("1 / 0"))
    notebook.open(notebook.server.add("broken.ipynb", broken))
    with pytest.raises(AssertionError, match="ZeroDivisionError"):
        notebook.run_all()
    for number in range(4, 9):
        output = press(notebook, "ArrowRight")
        expect(output).to_have_text(str(number**2 if number != 7 else 36))
    assert [error for error in log.unexpected() if "seven is refused" in error]
    log.errors.clear()


@pytest.mark.parametrize("server", ["lab"], indirect=True)
def test_jupyterlab_is_handed_on_without_anything_of_the_test_before(
    opened: NotebookPage, pages: Pages
) -> None:
    page, server = opened.page, opened.server
    expect(press(opened, "ArrowRight")).to_have_text("16")  # which makes the notebook unsaved
    opened.theme("JupyterLab Dark")
    page.emulate_media(forced_colors="active")
    page.evaluate("localStorage.setItem('left', 'behind')")
    pages.put_back(page, server)
    assert pages.take(server) is page
    assert server.rest("GET", "/api/kernels") == []
    left = "[localStorage.length, document.body.dataset.jpThemeLight, probe.free()]"
    assert page.evaluate(left) == [0, "true", True]
    assert not page.evaluate("matchMedia('(forced-colors: active)').matches")
    opened.open(server.add("counter.ipynb", counter()))
    assert [cell["count"] for cell in opened.cells()] == [None, None, None]

    page.evaluate("void jupyterapp.commands.execute('help:about')")
    expect(page.locator(".jp-Dialog")).to_be_visible()
    pages.put_back(page, server)
    assert page.is_closed()
    assert pages.take(server) is not page


def test_nothing_stays_alive(tmp_path: Path) -> None:
    server = JupyterServer("lab", tmp_path)
    server.start()
    server.rest("POST", "/api/kernels")
    family = server.family()
    server.stop()
    assert len(family) > 1
    assert not any(process.is_running() for process in family)
