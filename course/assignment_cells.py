"""The assignment's notebook: for each task a question, a cell for the number, and a cell that marks it.

A cell that marks stands alone: it imports what it needs, and reads the answer as it was typed, so a cell
that fails or is missing costs nothing elsewhere.  What it says in a student's notebook is feedback; for
the grade, `nbgrader_config.py` sees to it that no cell of a student's is run.  Every cell says in its
metadata what nbgrader may do with it.
"""

from collections.abc import Iterator
from typing import Any

import nbformat

import bpwidgets as bp
from bpwidgets.sheets.page import FORMULAS, HOW
from bpwidgets.sheets.seeds import check_seed
from bpwidgets.tasks import Task
from bpwidgets.wording import given, number, split
from course.clean import KERNEL

SCHEMA = 3  # of nbgrader's metadata
POINTS = 2  # for a right number
GIVEN = {"x": "inputs", "w": "weights", "b": "biases", "d": "targets", "e": "learning rate"}

INTRODUCTION = """\
# Backpropagation by hand, sheet {seed}

Work out the numbers below with pencil and pocket calculator, and write each between the quotation \
marks of its cell, as in `h1 = "0.3775"`.

{how}

{formulas}

{conventions}

**Points.** A right number earns {points}, also one that differs only by rounding, if three digits are \
right. The number that a known slip in the calculation leads to earns 1, and so does one with two \
right digits. An empty cell earns 0, and costs nothing elsewhere.

**Feedback, not a grade.** Below each answer stands a cell that marks it. Run both: it says whether the \
number is right, and if not, perhaps which slip leads to it. This is feedback for you. It is no grade, \
because it is worked out in this notebook, and the notebook is in your hands: anybody can change any \
of its cells.

**The grade** is worked out later and elsewhere, from what you typed alone. The text after `h1 =` is \
read, and so on for every number; if several cells have one, the last counts. It is put into a new copy \
of this notebook, with tests that are not shown here. No line of yours is run there: a calculation in \
place of a number earns 0, and a changed cell changes nothing. How you came to a number cannot be seen \
from it."""

ANSWER = """\
{name} = ""
### BEGIN SOLUTION
{name} = "{value}"
### END SOLUTION"""

MARKING = """\
# {symbol}: {points} points if right; 1 for a slip in the calculation, or for two right digits.
import bpwidgets as bp
from bpwidgets.sheets.answers import typed

net = bp.worksheet(seed={seed}).network
mark = bp.mark(net, "{symbol}", typed("{name}", In))  # In has every cell that was run, as a text
print(mark.message)
### BEGIN HIDDEN TESTS
import os

for_a_grade = os.environ.get("NBGRADER_EXECUTION") == "autograde"
assert not for_a_grade or "only_typed" in globals(), (
    "what was handed in could change its own grade: add the lines of the assignment's nbgrader_config.py"
)
assert bp.mark(net, "{symbol}", "{exact!r}").verdict == "right", "written by another bpwidgets"
### END HIDDEN TESTS
rounded = {points} if mark.digits > 2 else mark.digits // 2
in_the_calculation = any(bp.SLIPS[name.partition(" + ")[0]].rewrites for name in mark.slips)
{{"right": {points}, "rounded": rounded, "slip": int(in_the_calculation)}}.get(mark.verdict, 0)"""


def notebook(seed: int) -> Any:
    """The teacher's version of the sheet with that number: with solutions and hidden tests.

    Raises ValueError or TypeError for a seed that no sheet can have, or that is the course's.
    """
    check_seed(seed)
    sheet = bp.worksheet(seed=seed)
    metadata = {"kernelspec": dict(KERNEL), "language_info": {"name": "python"}}
    cells = [
        _text("introduction", _introduction(seed, sheet.tasks[0])),
        _text("given", _given(sheet)),
    ]
    for place, task in enumerate(sheet.tasks, 1):
        cells += _cells(place, task, seed)
    return nbformat.v4.new_notebook(cells=cells, metadata=metadata)


def variable(symbol: str) -> str:
    """A symbol as a name of Python: dEtot/dw5 is dEtot_dw5."""
    return symbol.replace("/", "_")


def formula(symbol: str) -> str:
    """A symbol in TeX: \\frac{\\partial E_{tot}}{\\partial w_{5}}."""
    if "/" in symbol:
        upper, lower = (formula(part[1:]) for part in symbol.split("/"))
        return rf"\frac{{\partial {upper}}}{{\partial {lower}}}"
    letters, index = split(symbol)
    below = index if index.isdigit() else _upright(index)
    new = r",\,\mathrm{new}" if symbol.endswith("_new") else ""
    return f"{letters if len(letters) == 1 else _upright(letters)}_{{{below}{new}}}"


def _upright(word: str) -> str:
    return rf"\mathrm{{{word}}}"


def _cells(place: int, task: Task, seed: int) -> Iterator[Any]:
    symbol, exact = task.quantity, task.value
    name = variable(symbol)
    yield _text(f"question_{name}", f"## {place}. ${formula(symbol)}$")
    value = number(exact).replace("−", "-")
    yield _code(f"answer_{name}", ANSWER.format(name=name, value=value), solution=True)
    source = MARKING.format(symbol=symbol, name=name, seed=seed, points=POINTS, exact=exact)
    yield _code(f"marking_{name}", source, grade=True, locked=True, points=POINTS)


def _introduction(seed: int, task: Task) -> str:
    return INTRODUCTION.format(
        seed=seed, how=HOW, formulas=FORMULAS, conventions=task.conventions, points=POINTS
    )


def _given(sheet: Any) -> str:
    """What is given, as a table: a line for the inputs, the weights, the biases and so on."""
    net = sheet.network
    lines = ["**Given**", "", "| | |", "|---|---|"]
    for letter, words in GIVEN.items():
        names = [name for name in net.names if name[0] == letter]
        numbers = [f"${_letter(name)} = {given(net[name]).replace('−', '-')}$" for name in names]
        lines.append(f"| {words} | {', '.join(numbers)} |")
    return "\n".join(lines)


def _letter(name: str) -> str:
    return r"\eta" if name == "eta" else formula(name)


def _text(grade_id: str, source: str) -> Any:
    metadata = {"nbgrader": _nbgrader(grade_id, locked=True)}
    return nbformat.v4.new_markdown_cell(source, id=grade_id, metadata=metadata)


def _code(grade_id: str, source: str, **said: Any) -> Any:
    metadata = {"nbgrader": _nbgrader(grade_id, **said)}
    return nbformat.v4.new_code_cell(source, id=grade_id, metadata=metadata)


def _nbgrader(grade_id: str, **said: Any) -> dict[str, Any]:
    """What nbgrader must know of a cell: whether it is an answer, earns points, and stays as it is."""
    usual = {"grade": False, "solution": False, "locked": False, "task": False}
    return {**usual, "grade_id": grade_id, "schema_version": SCHEMA, **said}
