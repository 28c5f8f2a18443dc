"""A learner's work over two days: run again, restarted, saved, reopened; in both applications."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

import bpwidgets as bp
from bpwidgets.keeping.words import START_AGAIN, STARTED_AGAIN, TAKE_BACK
from bpwidgets.widgets.words import GO_ON, NOT_WRITTEN

from .jupyter import NotebookPage
from .test_explorer import NET, throwaway
from .test_unanswered import SEEN, reopen_without_kernel

CELLS = (
    "import bpwidgets as bp\nbp.Exercise()",
    'bp.Question(bp.worked_example(), "dEtot/dw5")',
    'bp.FindTheSlip(slip="sigmoid left out", seed=1)',
)
# Whether the outputs of the first cell refuse to be changed.
REFUSE = """([path, is]) => {
  const { outputs } = probe.panel(path).content.model.cells.get(0);
  delete outputs.set;
  if (is) outputs.set = () => { throw new Error("not here"); };
}"""
RUN = bp.forward(NET)
ANSWERS = {"h1": f"{RUN['h1']:.6f}", "outh1": f"{RUN['outh1']:.6f}", "h2": "7"}


@pytest.fixture
def lesson(notebook: NotebookPage) -> NotebookPage:
    notebook.open(notebook.server.add("kept.ipynb", throwaway(*CELLS)))
    notebook.run_all()
    return notebook


def view(notebook: NotebookPage, place: int = 0) -> Locator:
    return notebook.cell(place).locator(".bp-view")


def field(notebook: NotebookPage, symbol: str, place: int = 0) -> Locator:
    return (
        view(notebook, place).locator(f'.bp-asked[data-symbols="{symbol}"]').get_by_role("textbox")
    )


def answer(notebook: NotebookPage, symbol: str, text: str, place: int = 0) -> None:
    """By keyboard alone; until something is said of it."""
    field(notebook, symbol, place).focus()
    notebook.page.keyboard.type(text)
    notebook.page.keyboard.press("Enter")
    row = view(notebook, place).locator(f'.bp-asked[data-symbols="{symbol}"]')
    expect(row.get_by_role("status")).not_to_be_empty()


def do_everything(notebook: NotebookPage) -> None:
    for symbol, text in ANSWERS.items():
        answer(notebook, symbol, text)
    answer(notebook, "dEtot/dw5", "0.0822", 1)
    view(notebook, 2).get_by_role("radio").first.focus()
    notebook.page.keyboard.press(" ")
    notebook.page.keyboard.press("Enter")
    expect(view(notebook, 2).get_by_role("status").first).to_contain_text("h1 follows rightly")


def assert_all_there(notebook: NotebookPage) -> None:
    expect(view(notebook)).to_contain_text("2 of 11 right")
    for symbol, text in ANSWERS.items():
        expect(field(notebook, symbol)).to_have_value(text)
    expect(view(notebook)).to_contain_text("Taken up where you left it, on 20")
    expect(field(notebook, "dEtot/dw5", 1)).to_have_value("0.0822")
    expect(view(notebook, 1)).to_contain_text("Right, to 3 digits.")
    expect(view(notebook, 2).get_by_role("radio").first).to_be_checked()
    expect(view(notebook, 2)).to_contain_text("h1 follows rightly")


def stored(notebook: NotebookPage) -> list[list[dict[str, Any]]]:
    """Each cell's outputs, as the file has them."""
    file = json.loads((notebook.server.root / notebook.path).read_text(encoding="utf-8"))
    return [cell["outputs"] for cell in file["cells"]]


def records(notebook: NotebookPage) -> list[str]:
    """The second output of each cell, as text."""
    return ["".join(outputs[1]["data"]["text/plain"]) for outputs in stored(notebook)]


def test_three_answers_over_two_days(lesson: NotebookPage) -> None:
    page = lesson.page
    do_everything(lesson)
    lesson.run_all()
    assert_all_there(lesson)
    lesson.restart_and_run_all()
    assert_all_there(lesson)
    reopen_without_kernel(lesson)
    for place, words in ((0, [*ANSWERS.values(), "2 of 11 right"]), (1, ["0.0822"]), (2, ["h1"])):
        lesson.cell(place)
        seen = " ".join(page.evaluate(SEEN))
        assert GO_ON in seen and "Error" not in seen
        for word in ["What was answered", *words]:
            assert word in seen
    lesson.run_all()
    assert_all_there(lesson)
    assert not any(GO_ON in words for words in page.evaluate(SEEN))


def test_an_answer_given_after_the_page_was_loaded_again_is_saved(lesson: NotebookPage) -> None:
    answer(lesson, "h1", ANSWERS["h1"])
    lesson.save()
    first, question, _ = records(lesson)
    assert ANSWERS["h1"] in first and ANSWERS["outh1"] not in first
    assert question == GO_ON
    lesson.reload()
    answer(lesson, "outh1", ANSWERS["outh1"])
    answer(lesson, "dEtot/dw5", "0.0822", 1)
    lesson.save()
    for found in (records(lesson), records_without_kernel(lesson)):
        assert ANSWERS["h1"] in found[0] and ANSWERS["outh1"] in found[0]
        assert "0.0822" in found[1]


@pytest.mark.parametrize("server", ["lab"], indirect=True)
def test_a_record_that_cannot_be_written_is_said_not_to_be_saved(lesson: NotebookPage) -> None:
    lesson.reload()
    lesson.page.evaluate(REFUSE, [lesson.path, True])
    answer(lesson, "h1", ANSWERS["h1"])
    expect(view(lesson)).to_contain_text(NOT_WRITTEN)
    lesson.page.evaluate(REFUSE, [lesson.path, False])
    lesson.run_all()
    assert "1 of 11 right" in view(lesson).inner_text()
    expect(view(lesson)).not_to_contain_text(NOT_WRITTEN)
    answer(lesson, "outh1", ANSWERS["outh1"])
    lesson.save()
    assert ANSWERS["outh1"] in records(lesson)[0]


def records_without_kernel(notebook: NotebookPage) -> list[str]:
    reopen_without_kernel(notebook)
    return [notebook.cell(place).inner_text() for place in range(len(CELLS))]


def test_started_again_and_taken_back(lesson: NotebookPage) -> None:
    """By keyboard; and what is said of it also in the saved notebook."""
    press = lesson.page.keyboard.press
    do_everything(lesson)
    for place, done in ((0, "2 of 11 right"), (1, "Right, to 3"), (2, "h1 follows rightly")):
        again, back = (
            view(lesson, place).get_by_role("button", name=name)
            for name in (START_AGAIN, TAKE_BACK)
        )
        expect(back).to_be_hidden()
        again.focus()
        press("Enter")
        expect(view(lesson, place)).to_contain_text(STARTED_AGAIN)
        expect(view(lesson, place)).not_to_contain_text(done)
        expect(again).to_have_attribute("aria-disabled", "true")
        press("Tab")
        expect(back).to_be_focused()
        press("Enter")
        expect(view(lesson, place)).to_contain_text(done)
        expect(view(lesson, place)).not_to_contain_text(STARTED_AGAIN)
        expect(again).to_be_focused()
        press("Enter")
        expect(view(lesson, place)).to_contain_text(STARTED_AGAIN)
    lesson.save()
    assert records(lesson) == [GO_ON] * len(CELLS)
    lesson.restart_and_run_all()
    expect(view(lesson)).to_contain_text("0 of 11 right")
    for symbol in ANSWERS:
        expect(field(lesson, symbol)).to_have_value("")
    expect(view(lesson, 2).locator("input:checked")).to_have_count(0)
