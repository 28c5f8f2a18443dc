"""Question, Exercise and FindTheSlip in both applications, by keyboard alone; and how they look."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

import bpwidgets as bp
from bpwidgets.tasks import practice_network
from bpwidgets.widgets.words import NOTICES

from .explorer import CLIPPED, OUTSIDE
from .jupyter import NotebookPage
from .test_explorer import NET, throwaway
from .test_explorer_keyboard import CLICKS
from .test_explorer_look import SIZES, barriers

QUESTION = 'import bpwidgets as bp\nbp.Question(bp.worked_example(), "dEtot/dw5", large={large})'
EXERCISE = "exercise = bp.Exercise(large={large})\nexercise"
SEARCH = 'bp.FindTheSlip(slip="sigmoid left out", seed=1, large={large})'
LEFT_OUT = "0.43982965"  # what w5's gradient is without out(1 − out)
HOSTILE = [
    "1,5",
    "<img src=x onerror='window.hit = 1'>",
    "</p><script>window.hit = 1</script>",
    "javascript:window.hit=1",
    "x" * 10_000,
    "\\(1\\)$$&lt;",
]


class Shown:
    """The three exercises in one notebook."""

    def __init__(self, notebook: NotebookPage, *, large: bool = False) -> None:
        cells = [source.format(large=large) for source in (QUESTION, EXERCISE, SEARCH)]
        notebook.open(notebook.server.add("exercise.ipynb", throwaway(*cells)))
        notebook.run_all()
        self.notebook, self.page = notebook, notebook.page
        self.page.evaluate(CLICKS)

    def view(self, kind: str) -> Locator:
        place = ("question", "exercise", "find-slip").index(kind)
        return self.notebook.cell(place).locator(f".bp-view.bp-{kind}")

    def row(self, symbol: str, kind: str = "exercise") -> Locator:
        return self.view(kind).locator(f'.bp-asked[data-symbols="{symbol}"]')

    def answer(self, symbol: str, text: str, kind: str = "exercise") -> Locator:
        """Type an answer, press Enter; what is said of it."""
        field = self.row(symbol, kind).get_by_role("textbox")
        field.fill(text)
        field.press("Enter")
        return self.row(symbol, kind).get_by_role("status")

    def clipped(self) -> list[str]:
        problems = []
        for width, height in SIZES:
            self.page.set_viewport_size({"width": width, "height": height})
            for kind in ("question", "exercise", "find-slip"):
                view = self.view(kind)
                view.scroll_into_view_if_needed()
                found = view.evaluate(f"el => ({CLIPPED})(el.parentElement)")
                found += view.evaluate(f"el => ({OUTSIDE})(el.parentElement)")
                problems += [f"{kind} at {width}: {words}" for words in found]
        return problems


@pytest.fixture
def shown(notebook: NotebookPage) -> Shown:
    return Shown(notebook)


def test_wrong_then_right_then_reload_then_on(shown: Shown) -> None:
    """A known slip is named; the right number is right; the page goes on where it was."""
    said = shown.answer("dEtot/dw5", LEFT_OUT, "question")
    expect(said).to_contain_text(": a slip, out(1 − out) left out.")
    expect(said).to_contain_text("Look at ∂outo1/∂o1")
    expect(shown.answer("dEtot/dw5", "0.0822", "question")).to_have_text(
        "✓ 0.0822: Right, to 3 digits."
    )
    expect(shown.answer("h1", "0.3775")).to_contain_text("Right")
    expect(shown.answer("outh1", "0.4")).to_contain_text("✗")
    for again in (shown.notebook.reload, shown.notebook.reopen):
        again()
        field = shown.row("dEtot/dw5", "question").get_by_role("textbox")
        expect(field).to_have_value("0.0822")
        expect(shown.row("h1").get_by_role("textbox")).to_have_value("0.3775")
        expect(shown.row("h1").get_by_role("status")).to_contain_text("Right, to 4 digits.")
        expect(shown.row("outh1").get_by_role("textbox")).to_have_value("0.4")
        expect(shown.view("exercise")).to_contain_text("1 of 11 right")
    expect(shown.answer("outh1", "0.593269992")).to_contain_text("Right, to 9 digits.")
    expect(shown.view("exercise")).to_contain_text("2 of 11 right")
    kept = shown.view("exercise").locator("textarea").input_value()
    assert bp.Exercise(progress=kept).score == (2, 11)


def test_everything_by_keyboard(shown: Shown) -> None:
    answer_by_keyboard(shown)
    take_new_numbers(shown)
    find_the_slip(shown)
    assert shown.page.evaluate("window.clicked") == 0


def answer_by_keyboard(shown: Shown) -> None:
    """Tab leads from the field to its buttons, and on; help keeps the focus from hint to value."""
    keyboard, row = shown.page.keyboard, shown.row("dEtot/dw5", "question")
    row.get_by_role("textbox").focus()
    keyboard.type("dd0.9")  # letters that are shortcuts of a notebook
    expect(row.get_by_role("textbox")).to_have_value("dd0.9")
    keyboard.press("Enter")
    expect(row.get_by_role("status")).to_contain_text("d0.9” is not a number")
    keyboard.press("Tab")
    expect(row.get_by_role("button", name="Check")).to_be_focused()
    keyboard.press("Tab")
    for number in (1, 2, 3):
        expect(row.locator(".bp-hints li")).to_have_count(number - 1)
        expect(row.get_by_role("button", name=f"Hint {number} of 3")).to_be_focused()
        keyboard.press("Enter")
    expect(row.get_by_role("button", name="Show the value")).to_be_focused()
    keyboard.press("Enter")
    slope = bp.backward(NET)["w5"]
    expect(row.locator(".bp-hints li").last).to_contain_text(f"{slope:.9f}")
    expect(row.get_by_role("button", name="Try again")).to_be_focused()
    keyboard.press(" ")
    expect(row.locator(".bp-hints li")).to_have_count(0)
    expect(row.get_by_role("textbox")).to_be_focused()
    expect(row.get_by_role("textbox")).to_have_value("")


def take_new_numbers(shown: Shown) -> None:
    keyboard, view = shown.page.keyboard, shown.view("exercise")
    expect(shown.answer("h1", "0.3775")).to_contain_text("Right")
    view.get_by_role("button", name="New numbers").focus()
    keyboard.press("Enter")
    expect(view).to_contain_text("Numbers of seed 0")
    expect(view).to_contain_text("0 of 11 right")
    expect(view.get_by_role("button", name="New numbers")).to_be_focused()
    expect(shown.row("h1").get_by_role("textbox")).to_have_value("")
    net = practice_network(0)
    expect(shown.answer("h1", f"{bp.forward(net)['h1']:.4f}")).to_contain_text("Right")
    expect(view.locator('.bp-node[data-symbols~="h1"] .bp-number').first).not_to_be_empty()
    back = view.get_by_role("button", name="Back to the numbers before")
    back.focus()
    keyboard.press("Enter")
    expect(shown.row("h1").get_by_role("textbox")).to_have_value("0.3775")
    expect(view).to_contain_text("1 of 11 right")
    expect(back).to_be_hidden()
    expect(view.get_by_role("button", name="New numbers")).to_be_focused()


def find_the_slip(shown: Shown) -> None:
    keyboard, view = shown.page.keyboard, shown.view("find-slip")
    radios = view.get_by_role("radio")
    slip = next(iter(bp.FindTheSlip(slip="sigmoid left out", seed=1).search.slipped.changed))
    radios.first.focus()
    keyboard.press(" ")
    keyboard.press("Enter")
    said = view.locator(".bp-said")
    expect(said).to_contain_text("h1 follows rightly from what stands above it. Look below it.")
    for _ in range(radios.count()):
        if view.locator("input:checked").input_value() == slip:
            break
        keyboard.press("ArrowDown")
    keyboard.press("Enter")
    expect(said).to_contain_text(f"✓ Found, in {slip}.")
    expect(view.locator("li.bp-now")).to_contain_text("← the slip")


@pytest.mark.parametrize("server", ["lab"], indirect=True)
def test_hostile_texts(shown: Shown) -> None:
    """They are shown as texts, get a sentence, and do nothing."""
    expect(shown.answer("h1", "0.3775")).to_contain_text("Right")
    elements = shown.view("exercise").locator("*").count()
    for text in HOSTILE:
        expect(shown.answer("h1", text)).to_contain_text("? ")
        field = shown.row("h1").get_by_role("textbox")
        expect(field).to_have_attribute("aria-invalid", "true")
    expect(shown.row("h1").get_by_role("status")).to_contain_text("\\(1\\)$$&lt;” is not a number")
    assert shown.view("exercise").locator("*").count() == elements
    assert shown.page.evaluate("window.hit") is None
    expect(shown.view("exercise")).to_contain_text("1 of 11 right")


@pytest.mark.parametrize("server", ["lab"], indirect=True)
def test_an_answer_never_writes_into_what_is_being_typed(shown: Shown) -> None:
    """What Python keeps of a long text is shown once the field has been left."""
    long = "x" * 10_000
    field = shown.row("h1").get_by_role("textbox")
    expect(shown.answer("h1", long)).to_contain_text("this has 10000")
    expect(field).to_have_value(long)
    field.press("Tab")
    expect(field).not_to_have_value(long)


@pytest.mark.parametrize("server", ["lab"], indirect=True)
def test_new_numbers_leave_the_focus_where_it_went(shown: Shown) -> None:
    """On a slow line somebody is in a field again before they come."""
    field = shown.row("outh1").get_by_role("textbox")
    shown.view("exercise").get_by_role("button", name="New numbers").evaluate(
        "(button, field) => { button.click(); field.focus(); }", field.element_handle()
    )
    expect(shown.view("exercise")).to_contain_text("Numbers of seed 0")
    expect(shown.row("outh1").get_by_role("textbox")).to_be_focused()


@pytest.mark.parametrize("server", ["lab"], indirect=True)
def test_an_answer_that_nobody_hears_is_said_to_be_so(shown: Shown) -> None:
    shown.page.set_viewport_size({"width": 1000, "height": 500})
    shown.notebook.restart()
    field = shown.row("h1").get_by_role("textbox")
    field.fill("0.3775")
    field.press("Enter")
    message = shown.view("exercise").get_by_role("alert")
    expect(message).to_have_text(NOTICES["gone"])
    expect(message).to_be_in_viewport()


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
@pytest.mark.parametrize("large", [False, True])
def test_it_can_be_seen_and_read(notebook: NotebookPage, theme: str, large: bool) -> None:
    shown = Shown(notebook, large=large)
    notebook.theme(theme)
    open_everything(shown)
    problems = shown.clipped() + barriers(shown.page)
    assert not problems, "\n".join(problems)


def open_everything(shown: Shown) -> None:
    """Every verdict, hints, a shown value, what is kept, a found slip."""
    shown.answer("dEtot/dw5", LEFT_OUT, "question")
    help_ = shown.row("dEtot/dw5", "question").get_by_role("button").last
    for number in range(1, 5):
        help_.press("Enter")
        expect(shown.row("dEtot/dw5", "question").locator(".bp-hints li")).to_have_count(number)
    for symbol, text in (("h1", "0.3775"), ("outh1", "0.5932"), ("h2", "7"), ("outh2", "x" * 32)):
        expect(shown.answer(symbol, text)).not_to_be_empty()
    expect(shown.row("outh2").get_by_role("status")).to_contain_text("?")
    for kind in ("question", "exercise", "find-slip"):
        shown.view(kind).locator("summary").press("Enter")
        expect(shown.view(kind).locator("textarea")).to_be_visible()
    shown.view("find-slip").get_by_role("button", name="Show the slip").press("Enter")
    expect(shown.view("find-slip").locator(".bp-said")).to_contain_text("→")


@pytest.mark.parametrize("server", ["lab"], indirect=True)
def test_large_type_can_be_chosen(shown: Shown) -> None:
    view = shown.view("question")
    before = font_size(view)
    view.get_by_role("checkbox", name="Large type").press(" ")
    assert font_size(view) > before
    shown.notebook.reload()
    expect(shown.view("question").get_by_role("checkbox", name="Large type")).to_be_checked()
    shown.answer("dEtot/dw5", "1", "question")
    expect(shown.row("dEtot/dw5", "question").get_by_role("status")).not_to_be_empty()
    assert font_size(shown.view("question")) > before


def font_size(view: Locator) -> float:
    size: str = view.evaluate("el => getComputedStyle(el).fontSize")
    return float(size.removesuffix("px"))
