"""What stands in a notebook: the widget, then a line and a picture for where no widget can live."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from frontend import page
from matplotlib.figure import Figure
from matplotlib.image import imread, imsave

import bpwidgets as bp
from bpwidgets.widgets import display as display_module
from bpwidgets.widgets.display import side_by_side
from bpwidgets.widgets.words import IN_WORDS

NET = bp.worked_example()
WIDGET = "application/vnd.jupyter.widget-view+json"
MADE = {
    "an Explorer": lambda: bp.Explorer(NET),
    "some views": lambda: bp.Explorer(NET, ["controls", "slice"]),
    "one view": lambda: bp.Explorer(NET)["surface"],
    "a question": lambda: bp.Question(NET, "dEtot/dw5"),
    "an exercise": lambda: bp.Exercise(quantities=["h1", "outh1"]),
    "a slip": lambda: bp.FindTheSlip(slip="E21"),
}
UNMOVED, BEGIN = "Run this cell to move it.", "Run this cell to begin."
SAID = {  # what stands for the picture says what can be read off it, by the calculation
    "an Explorer": [
        "Diagram: The gradient of w5, 0.0822, ",
        "Surface: At w5 = 0.40 and w6 = 0.45 the error Etot is 0.298371109.",
    ],
    "some views": ["Slice: Along w5 alone: at w5 = 0.40 the error Etot is 0.298371109"],
    "one view": ["Surface: At w5 = 0.40 and w6 = 0.45 the error Etot is 0.298371109."],
    "a question": ["A question: Work out ∂Etot/∂w5", "Given: x1 = 0.05", "w5 = 0.40", "η = 0.50"],
    "an exercise": ["An exercise: work out h1, outh1. Given: x1 = 0.05", "w5 = 0.40"],
    "a slip": ["One line has a slip", "Line 1: h1 = w1·x1 + w2·x2 + b1 = 0.377500000."],
}


@pytest.fixture
def outputs(monkeypatch):
    """What is displayed, in its order."""
    shown: list[tuple[dict[str, Any], dict[str, Any]]] = []

    def display(data, *, metadata, raw, display_id=None, update=False):
        assert raw and not update
        shown.append((data, metadata))

    monkeypatch.setattr(display_module, "display", display)
    with page():
        yield shown


@pytest.mark.parametrize("what", MADE)
def test_the_widget_then_a_line_then_a_picture(outputs, what):
    made = MADE[what]()
    made._ipython_display_()
    widget = getattr(made, "_alone", None) or made
    (first, _), (line, _), (picture, described) = outputs
    assert first == {
        "text/plain": repr(made),
        WIDGET: {"version_major": 2, "version_minor": 0, "model_id": widget.model_id},
    }
    assert set(line) == {"text/plain", "text/html"}
    assert "bp-pictured" in line["text/html"]
    is_asked = what in ("a question", "an exercise", "a slip")
    assert line["text/plain"] == (BEGIN if is_asked else UNMOVED)
    assert set(picture) == {"text/plain", "image/png"}
    pixels = imread(BytesIO(picture["image/png"]), format="png")
    assert pixels.shape[1] > (400 if "view" in what else 500)
    assert pixels[..., :3].std() > 0.05  # there is something in it
    words = described["image/png"]["alt"]
    assert picture["text/plain"] == words
    at = [words.index(said) for said in SAID[what]]
    assert at == sorted(at)
    made.close()


@pytest.mark.parametrize("name", ["toolbar", "controls", "steps", "breakdown", "gradients"])
def test_what_has_no_picture_is_the_widget_and_the_line(outputs, name):
    """Which hides no other output of the cell."""
    for made in (bp.Explorer(NET, [name]), bp.Explorer(NET, ["controls", name])[name]):
        outputs.clear()
        made._ipython_display_()
        (data, _), (line, _) = outputs
        assert set(data) == {"text/plain", WIDGET}
        assert data["text/plain"] == repr(made)
        assert line["text/plain"] == UNMOVED
        assert "bp-pictured" not in line["text/html"]
        made.close()


@pytest.mark.parametrize("what", [what for what in MADE if what != "one view"])
def test_its_mime_bundle_is_the_widget_alone(outputs, what):
    """As for a host that asks for nothing else, and for `display(explorer)` within a layout."""
    made = MADE[what]()
    data, metadata = made._repr_mimebundle_()
    assert (set(data), metadata) == ({"text/plain", WIDGET}, {})
    assert data["text/plain"] == repr(made)
    assert data[WIDGET]["model_id"] == made.model_id
    assert outputs == []
    made.close()


class Tags(HTMLParser):
    """The tags of a markup, and the texts outside its style."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        if self.tags[-1][0] != "style":
            self.texts.append(data)


@pytest.mark.parametrize("words", ["", None, "<b>a & b</b></details><script>alert(1)</script>"])
def test_the_line_is_markup_and_has_the_pictures_words(outputs, words):
    """JupyterLab gives a picture no alternative text."""
    made = bp.Explorer(NET, ["slice"])
    if words is not None:
        made.in_words = lambda: words
    made._ipython_display_()
    read = Tags(outputs[1][0]["text/html"])
    assert read.tags[0] == ("div", {"class": "bp-unmoved bp-pictured"})
    assert [tag for tag, _ in read.tags] == ["div", "p", "details", "summary", "p", "style"]
    said = made.in_words()
    assert read.texts == list(filter(None, [UNMOVED, IN_WORDS, said.strip()]))
    assert outputs[2][1]["image/png"]["alt"] == said


def test_the_widget_stands_there_before_its_pictures_are_drawn(outputs, explorer, monkeypatch):
    """Drawing takes longer than all the rest."""
    drawn = []
    for name in ("diagram", "surface"):
        part = explorer[name]

        def figure(draw=part.figure):
            drawn.append(len(outputs))
            return draw()

        monkeypatch.setattr(part, "figure", figure)
    explorer._ipython_display_()
    assert drawn == [2, 2]


def test_no_more_than_two_pictures(outputs):
    for views, names in (
        (None, ["Diagram:", "Surface:"]),
        (["training", "slice", "relief"], ["Slice:", "Relief:"]),
    ):
        outputs.clear()
        made = bp.Explorer(NET, views)
        made._ipython_display_()
        words = outputs[-1][0]["text/plain"]
        assert [
            word for word in words.split() if word.strip(":").istitle() and ":" in word
        ] == names
        assert len(made.figures) == 2
        made.close()


def test_the_picture_shows_the_present_numbers(outputs, explorer):
    """Of what is displayed once more; it is the same widget."""
    surface = explorer["surface"]
    for _ in range(2):
        surface._ipython_display_()
    explorer.session.change(w5=2.0)
    surface._ipython_display_()
    models = [data[WIDGET]["model_id"] for data, _ in outputs[::3]]
    assert len(set(models)) == 1
    first, again, later = (data["image/png"] for data, _ in outputs[2::3])
    assert first == again != later
    assert "At w5 = 2.00" in outputs[-1][1]["image/png"]["alt"]


def test_a_picture_that_cannot_be_drawn_is_left_out(outputs, explorer, monkeypatch, caplog):
    explorer._ipython_display_()
    both = imread(BytesIO(outputs[-1][0]["image/png"]), format="png")
    outputs.clear()
    monkeypatch.setattr(explorer["diagram"], "figure", lambda: 1 / 0)
    explorer._ipython_display_()
    assert [WIDGET in data for data, _ in outputs] == [True, False, False]
    assert imread(BytesIO(outputs[-1][0]["image/png"]), format="png").shape[1] < both.shape[1]
    assert "a picture could not be drawn" in caplog.text
    outputs.clear()
    monkeypatch.setattr(explorer["surface"], "figure", lambda: 1 / 0)
    explorer._ipython_display_()
    assert [WIDGET in data for data, _ in outputs] == [True, False]  # and the line


@pytest.mark.parametrize("what", MADE)
def test_what_is_closed_is_shown_as_closed(outputs, what):
    """With no picture, and no line that asks to run the cell."""
    made = MADE[what]()
    made.close()
    made._ipython_display_()
    ((data, _),) = outputs
    assert data == {"text/plain": f"<{type(made).__name__}, closed>"}


def test_a_view_of_a_closed_explorer_is_shown_as_closed(outputs):
    explorer = bp.Explorer(NET, strict=True)
    surface, slice_ = explorer["surface"], explorer["slice"]
    slice_._ipython_display_()
    outputs.clear()
    explorer.close()
    for view in (surface, slice_):
        view._ipython_display_()
        assert outputs.pop() == ({"text/plain": f"<{type(view).__name__}, closed>"}, {})
    assert not explorer.session._subscribers


def test_pictures_stand_side_by_side():
    """Each at the top, on white."""

    def picture(height: int, width: int, shade: float) -> bytes:
        file = BytesIO()
        imsave(file, np.full((height, width, 3), shade), format="png")
        return file.getvalue()

    pixels = imread(BytesIO(side_by_side([picture(20, 30, 0.0), picture(10, 5, 0.2)])), "png")
    assert pixels.shape[:2] == (20, 35)
    assert pixels[:, :30, :3].max() == 0
    assert pixels[:10, 30:, :3] == pytest.approx(0.2, abs=0.01)
    assert pixels[10:, 30:, :3].min() == 1
    assert pixels[..., 3].min() == 1  # nothing is seen through, on a dark page


def test_a_cell_that_ends_with_it_has_these_outputs_and_no_more():
    """In IPython itself, which asks a result what to display."""
    script = """
import json
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
shell = InteractiveShell.instance()
shell.run_cell("import bpwidgets as bp; net = bp.worked_example(); explorer = bp.Explorer(net)")
kinds = []
for cell in ("explorer", "explorer['slice']", "explorer['gradients']", "bp.Question(net, 'h1')",
             "bp.Exercise()", "bp.FindTheSlip()", "display(explorer)"):
    with capture_output() as found:
        assert shell.run_cell(cell).success, cell
    kinds.append([sorted(output.data) for output in found.outputs])
print(json.dumps(kinds))
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    whole = [[WIDGET, "text/plain"], ["text/html", "text/plain"], ["image/png", "text/plain"]]
    wanted = [whole, whole, whole[:2], whole, whole, whole, whole]
    assert json.loads(done.stdout.splitlines()[-1]) == wanted


def test_it_is_drawn_under_the_lock(explorer):
    """Whatever matplotlib draws, it draws for one thread at a time."""
    lock, seen = explorer.session.lock, []

    def figure():
        seen.append(ThreadPoolExecutor(1).submit(lock.acquire, True, 0.05).result())
        return Figure()

    explorer["surface"].figure = explorer["diagram"].figure = figure
    for draw in explorer.figures:
        draw()
    assert seen == [False, False]
