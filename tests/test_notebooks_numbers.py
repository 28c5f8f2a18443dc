"""Every number that the lecture notes print stands in a notebook: its symbol, its digits, its place.

The notebooks set them in rows: what the kit has, what the notes print, where; and for a number that
they print wrongly, the erratum's id:

    o1            1.105905967  1.105905967  example, page 2
    o1            1.105905967  0.105905967  example, page 2  E31
"""

import re
from typing import NamedTuple

import pytest
from oracle import prints

from bpwidgets.calculation import calculation
from bpwidgets.notes import ERRATA, PRINTED, REPEATED, worked_example
from course.cells import code, texts
from course.files import notebooks, read

VALUES = calculation(worked_example()).values
ROW = re.compile(
    r"^(?P<symbol>[\w/]+) +(?P<value>-?\d+\.\d{9}) +(?P<digits>-?[\d.]+) +"
    r"(?P<place>(?:derivation|example), page \d)(?:  (?P<key>E\d\d))?$",
    re.MULTILINE,
)


class Row(NamedTuple):
    symbol: str
    digits: str
    place: str
    key: str  # the erratum's id; "" for a number that the notes print rightly


RIGHT = {Row(each.symbol, each.digits, each.place, "") for each in PRINTED}
WRONG = {Row(str(each.symbol), each.digits, each.place, each.id) for each in ERRATA if each.digits}
KEYS = {
    (row.symbol, row.digits): row.key for row in WRONG
}  # a wrong number may be put in once more
AGAIN = {
    Row(each.symbol, each.digits, each.place, KEYS.get((each.symbol, each.digits), ""))
    for each in REPEATED
}


def rows() -> dict[Row, list[tuple[str, str]]]:
    """Each row that a notebook shows: the notebooks that do, with the kit's number in it."""
    found: dict[Row, list[tuple[str, str]]] = {}
    for path in notebooks():
        for cell in code(read(path)):
            for text in texts(cell):
                for match in ROW.finditer(text):
                    row = Row(match["symbol"], match["digits"], match["place"], match["key"] or "")
                    found.setdefault(row, []).append((path.stem, match["value"]))
    return found


SHOWN = rows()


def named(row: Row) -> str:
    return " ".join(row)


def test_the_entries_differ_in_symbol_digits_or_place() -> None:
    assert len(RIGHT) == len(PRINTED) == 44
    assert len(WRONG) == 8


@pytest.mark.parametrize("row", sorted(RIGHT), ids=named)
def test_a_rightly_printed_number_is_shown_with_its_place(row: Row) -> None:
    assert row in SHOWN, "no notebook shows it"
    for _, value in SHOWN[row]:
        assert value == f"{VALUES[row.symbol]:.9f}"
        assert prints(row.digits, VALUES[row.symbol])


@pytest.mark.parametrize("row", sorted(WRONG), ids=named)
def test_a_wrongly_printed_number_is_shown_as_an_erratum(row: Row) -> None:
    assert row in SHOWN, "no notebook shows it"
    for _, value in SHOWN[row]:
        assert value == f"{VALUES[row.symbol]:.9f}"
        assert not prints(row.digits, VALUES[row.symbol])


@pytest.mark.parametrize("row", sorted(AGAIN), ids=named)
def test_a_number_put_in_once_more_is_shown_with_its_place(row: Row) -> None:
    assert row in SHOWN, "no notebook shows it"
    for _, value in SHOWN[row]:
        assert value == f"{VALUES[row.symbol]:.9f}"
        assert prints(row.digits, VALUES[row.symbol]) == (not row.key)


def test_no_notebook_shows_a_number_that_the_notes_do_not_print() -> None:
    assert {row: SHOWN[row] for row in SHOWN if row not in RIGHT | WRONG | AGAIN} == {}


@pytest.mark.parametrize(
    ("symbols", "notebook"),
    [
        ("h1 outh2 o1 outo1 outo2 E1 E2 Etot", "01_compute_the_forward_pass"),
        ("dEtot/dw5 w5_new w6_new w7_new w8_new", "02_explain_an_output_weight"),
        ("dE1/douth1 dEtot/douth1 dEtot/dw1 w1_new w2_new w4_new", "03_explain_a_hidden_weight"),
    ],
)
def test_a_number_is_shown_where_it_is_worked_out(symbols: str, notebook: str) -> None:
    for symbol in symbols.split():
        for row in RIGHT:
            if row.symbol == symbol:
                assert notebook in [name for name, _ in SHOWN[row]], row


def test_a_row_is_read_with_all_that_it_says() -> None:
    match = ROW.search("dE2/douth1   -0.019049118  -0.019049119 example, page 5  E40")
    assert match and match.groupdict() == {
        "symbol": "dE2/douth1",
        "value": "-0.019049118",
        "digits": "-0.019049119",
        "place": "example, page 5",
        "key": "E40",
    }
    assert not ROW.search("h1            0.377500000  0.3775")  # without its place
