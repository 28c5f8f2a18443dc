"""What a saved notebook shows of an exercise: a table and a text, and nothing typed is markup."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bpwidgets as bp
from bpwidgets.exercise import Work
from bpwidgets.exercise.choice import slipped
from bpwidgets.exercise.record import record, search_record
from bpwidgets.exercise.slip import Search
from bpwidgets.exercise.walk import renewed
from bpwidgets.tasks import tasks

NET = bp.worked_example()
ALLOWED = {"table", "caption", "thead", "tbody", "tr", "th", "td", "p"}


class Read(HTMLParser):
    """The rows of a table, its caption, and every tag with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.outside: list[str] = []
        self.tags: list[tuple[str, tuple]] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert not self._open

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, tuple(attributes)))
        self._open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
        if tag in ("caption", "p"):
            self.outside.append("")

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        inside = self._open[-1] if self._open else ""
        if inside in ("td", "th"):
            self.rows[-1][-1] += data
        elif inside in ("caption", "p"):
            self.outside[-1] += data
        else:
            assert not data.strip()


def work(*quantities: str) -> Work:
    return Work(tasks(NET, quantities or ("h1", "outh1", "E1", "dEtot/dw5")))


def test_every_question_with_its_answer_and_what_is_said_of_it():
    done = work().answered("h1", "0.3775").answered("dEtot/dw5", "0.43982965")
    done = done.hinted("E1").hinted("E1").shown("outh1").answered("outh1", "0.593269992")
    made = record(done, "2026-11-14 15:04")
    read = Read(made.html)
    assert read.rows == [
        ["Question", "Answer", "Verdict", "Hints", "Value shown"],
        ["h1", "0.3775", "right, 4 digits", "", ""],
        ["outh1", "0.593269992", "right, 9 digits, does not count", "", "yes"],
        ["E1", "", "not answered", "2", ""],
        ["∂Etot/∂w5", "0.43982965", "slip, out(1 − out) left out", "", ""],
    ]
    assert read.outside == ["What was answered, last on 2026-11-14 15:04", "1 of 4 right."]
    first, head, *rows, last = made.text.splitlines()
    assert (first, last) == ("What was answered, last on 2026-11-14 15:04:", "1 of 4 right.")
    for line, row in zip([head, *rows], read.rows, strict=True):
        assert re.split(r"\s{2,}", line.strip()) == [cell for cell in row if cell]


@pytest.mark.parametrize(
    ("typed", "answer", "verdict"),
    [
        (["0.3775"], "0.3775", "right, 4 digits"),
        (["7"], "7", "not right; no known slip gives it"),
        (["0.4"], "0.4", "right as far as it goes"),
        (["0,38"], "0,38", "not a number"),
        (["0.3775", "0,38"], "0,38", "not a number; before: 0.3775, right, 4 digits"),
    ],
)
def test_the_verdict_is_in_words(typed, answer, verdict):
    done = work("h1")
    for text in typed:
        done = done.answered("h1", text)
    assert Read(record(done).html).rows[1][:3] == ["h1", answer, verdict]


def test_nothing_done_is_nothing_to_show():
    assert record(work()) == record(work(), "2026-11-14") == ("", "")
    assert record(work().hinted("h1").again("h1")) == ("", "")
    search = Search(slipped(NET, seed=1))
    assert search_record(search) == search_record(search.marked("h1").restarted()) == ("", "")


def test_no_number_is_told_that_was_not_answered():
    """A saved notebook goes from hand to hand: its record gives nothing away."""
    shown = work().shown("h1").hinted("outh1")
    for task in shown.tasks:
        for digits in range(3, 10):
            assert f"{task.value:.{digits}f}" not in record(shown).html + record(shown).text


def test_numbers_that_are_not_on_view():
    first = work().answered("h1", "0.3775").answered("E1", "a;b")
    second = renewed(first).answered("h1", "0.4")
    third = renewed(second)
    text = record(third).text
    assert text.startswith("What was answered, numbers of seed 1:")
    assert text.splitlines()[-2:] == [
        "Before: h1: 0.3775; E1: a;b.",
        "Also, numbers of seed 0: h1: 0.4.",
    ]
    assert Read(record(third).html).outside[-2:] == text.splitlines()[-2:]
    assert record(renewed(work())) == ("", "")


def test_a_search():
    search = Search(slipped(NET, "sigmoid left out", seed=1))
    (where,) = search.slipped.changed
    for done, row in (
        (search.marked("h1"), ["h1", "the slip is not there"]),
        (search.marked(where), [where, "the slip is there"]),
        (search.marked("h1").shown(), ["h1", "the slip is not there", "yes"]),
    ):
        made = search_record(done, "2026-11-14 15:04")
        assert Read(made.html).rows[1] == ["Which line has the slip?", *row]
        assert "2026-11-14 15:04" in made.text
        assert (search.slipped.slip in made.html) is False
    assert Read(search_record(search.shown()).html).rows[1][-1] == "yes"


@given(typed=st.text(max_size=40))
def test_what_is_typed_is_text_and_never_markup(typed):
    for text in (
        typed,
        f"<script>{typed}</script>",
        f'"><img src=x onerror="{typed}">',
        "</table>" + typed,
    ):
        done = renewed(work("h1", "E1").answered("h1", text)).answered("E1", text)
        made = record(done, "<b>")
        assert {tag for tag, _ in Read(made.html).tags} <= ALLOWED
        names = {name for _, found in Read(made.html).tags for name, _ in found}
        assert names <= {"scope"}  # no colour of its own: light and dark are the page's
        (made.html + made.text).encode()  # no half characters
        assert "\x1b" not in made.text
        assert len(made.text.splitlines()) == 5 + ("Before: " in made.text)
