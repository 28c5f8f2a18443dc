"""The Explorer in both applications, moved by keyboard; what the page shows is the core's."""

from __future__ import annotations

import time

import nbformat
import pytest
from playwright.sync_api import expect

import bpwidgets as bp

from .explorer import ExplorerPage
from .jupyter import NotebookPage

NET = bp.worked_example()
NAMES = NET.names
START = "00_start_here.ipynb"
TWICE = "import bpwidgets as bp\nexplorer = bp.Explorer()\ndisplay(explorer)\ndisplay(explorer)"


def nine(value: float) -> str:
    return f"{value:.9f}".replace("-", "−")


def assert_shows(shown: ExplorerPage, **changes: float) -> None:
    """Wait for the new gradients, then compare every number of the page with the core's."""
    net = NET.replace(**changes)
    slopes, run, after = bp.backward(net), bp.forward(net), bp.update(net)
    last = next(reversed(changes), "w5")
    expect(shown.field(last)).to_have_value(f"{net[last]:.2f}".replace("-", "−"))
    for name in ("w1", "w5", "b2"):
        expect(shown.gradient(name)).to_have_text(nine(slopes[name]))
    found = shown.read()
    assert {name: texts[1] for name, texts in found["rows"].items()} == {
        name: nine(slopes[name]) for name in slopes
    }
    new = {name: nine(after[name]) for name in slopes if name[0] == "w"}
    assert {name: found["rows"][name][2] for name in new} == new
    assert found["total"] == f"now {nine(run.total_error)}"
    assert nine(run.total_error) in found["surface"]
    chosen = found["chosen"]
    factors = [f.value for path in bp.breakdown(net, chosen).paths for f in path.factors]
    shown_numbers = [float(text.strip("()").replace("−", "-")) for text in found["breakdown"]]
    for value in [*factors, slopes[chosen], after[chosen]]:
        assert min(abs(number - value) for number in shown_numbers) <= 0.51e-9, value
    assert found["messages"] == ""


def first_of(notebook: NotebookPage, index: int, place: int = 0) -> ExplorerPage:
    outputs = notebook.cell(index).locator(".jp-OutputArea-output:has(.bp-view)")
    expect(outputs.nth(place)).to_be_visible()
    return ExplorerPage(notebook.page, outputs.nth(place))


def explorer_cell(notebook: NotebookPage) -> int:
    return next(i for i, cell in enumerate(notebook.cells()) if "bp.Explorer(" in cell["source"])


@pytest.fixture
def start(notebook: NotebookPage) -> ExplorerPage:
    """The first notebook, open and run: its Explorer."""
    notebook.open(START)
    notebook.run_all()
    return first_of(notebook, explorer_cell(notebook))


def test_the_first_notebook_by_keyboard(notebook: NotebookPage, start: ExplorerPage) -> None:
    page = notebook.page
    assert_shows(start)
    start.press("w5", "ArrowRight")
    assert_shows(start, w5=0.41)
    start.press("w5", "PageUp", "PageUp", "ArrowLeft", "PageDown")
    assert_shows(start, w5=0.50)
    start.press("w5", "Home")
    assert_shows(start, w5=-4.0)
    start.press("w5", "End")
    assert_shows(start, w5=4.0)

    start.press("w6", *["ArrowUp"] * 60)  # quick presses: the last value stands
    assert_shows(start, w5=4.0, w6=1.05)

    start.field("w5").fill("0.35891648")
    page.keyboard.press("Enter")
    net = NET.replace(w5=0.35891648, w6=1.05)
    expect(start.gradient("w5")).to_have_text(nine(bp.backward(net)["w5"]))
    expect(start.field("w5")).to_have_value("0.35891648")

    start.field("w5").fill("<b>much</b>")
    page.keyboard.press("Enter")
    expect(start.answer("w5")).to_contain_text("“<b>much</b>” is not a number")
    expect(start.field("w5")).to_have_attribute("aria-invalid", "true")
    assert start.read()["rows"]["w5"][:2] == ["0.35891648", nine(bp.backward(net)["w5"])]
    page.keyboard.press("Escape")
    expect(start.field("w5")).to_have_value("0.35891648")
    expect(start.answer("w5")).to_be_empty()

    start.field("w5").fill("9,9")
    page.keyboard.press("Escape")  # before it was entered: nothing happened
    expect(start.field("w5")).to_have_value("0.35891648")

    start.field("w5").fill("0.4")
    page.keyboard.press("Tab")  # leaving the field enters it too
    assert_shows(start, w6=1.05, w5=0.4)

    start.radio("w5").focus()
    for _ in range(4):
        page.keyboard.press("ArrowUp")
    expect(start.radio("w1")).to_be_checked()
    expect(start.holder.locator(".bp-path")).to_have_count(2)
    page.wait_for_timeout(500)  # should an earlier choice still arrive
    assert start.read()["chosen"] == "w1"
    assert_shows(start, w5=0.4, w6=1.05)

    start.axis("across").focus()
    page.keyboard.press("ArrowUp")  # from w5 to w4
    expect(start.holder.locator(".bp-surface .bp-spoken")).to_contain_text("At w4 = 0.30 and w6")
    assert start.read()["axes"] == ["w4", "w6"]

    notebook.restart_and_run_all()
    again = first_of(notebook, explorer_cell(notebook))
    assert_shows(again)
    again.press("w5", "ArrowRight")
    assert_shows(again, w5=0.41)


def test_tab_reaches_every_control(notebook: NotebookPage, start: ExplorerPage) -> None:
    start.slider(NAMES[0]).focus()
    reached = []
    for _ in range(2 * len(NAMES) + 5):
        reached.append(
            notebook.page.evaluate(
                "document.activeElement.ariaLabel ?? document.activeElement.innerText"
            )
        )
        notebook.page.keyboard.press("Tab")
    words = ["η" if name == "eta" else name for name in NAMES]
    controls = [label for name in words for label in (name, f"{name}, exact number")]
    assert reached[: len(controls)] == controls
    rest = reached[len(controls) :]
    assert rest[0] == "Network"  # the reset buttons have nothing to do yet
    assert rest[4].startswith("w5, from h1 to o1: 0.40, gradient 0.0822")  # one of all edges


def throwaway(*sources: str) -> nbformat.NotebookNode:
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    return nbformat.v4.new_notebook(cells=cells, metadata=kernel)


def test_two_copies_follow_and_so_they_do_while_a_cell_runs(notebook: NotebookPage) -> None:
    path = notebook.server.add(
        "twice.ipynb", throwaway(TWICE, "import time; pause = 0", "time.sleep(pause)")
    )
    notebook.open(path)
    notebook.run_all()
    first, second = first_of(notebook, 0), first_of(notebook, 0, 1)
    first.press("w5", "ArrowRight")
    assert_shows(first, w5=0.41)
    assert_shows(second, w5=0.41)
    second.press("w1", "PageUp")
    assert_shows(second, w5=0.41, w1=0.25)
    assert_shows(first, w5=0.41, w1=0.25)
    second.radio("w1").focus()
    notebook.page.keyboard.press("Space")
    expect(first.radio("w1")).to_be_checked()
    expect(second.radio("w1")).to_be_checked()

    page = notebook.page
    page.evaluate(BUSY, notebook.path)
    started = time.monotonic()
    first.press("w5", "ArrowRight")
    expect(second.gradient("w5")).to_have_text(
        nine(bp.backward(NET.replace(w5=0.42, w1=0.25))["w5"])
    )
    waited = time.monotonic() - started
    assert page.evaluate("window.asleep"), f"the page followed only after {waited:.1f} s"
    page.wait_for_function("!window.asleep")
    notebook.wait_idle()


# A cell that takes some seconds, as the kernel sees it.
BUSY = """path => {
  const kernel = probe.panel(path).sessionContext.session.kernel;
  window.asleep = true;
  kernel.requestExecute({ code: 'time.sleep(5)' }).done.then(() => { window.asleep = false; });
  return new Promise((done) => setTimeout(done, 500));
}"""
