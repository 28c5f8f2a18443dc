"""The assignment goes the whole way through a real nbgrader: students' version, submissions, scores.

What an answer should earn is known from how it was made (`by_hand.py`), not from the kit's marking.
"""

import ast
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
import pytest
from by_hand import BY_HAND, Paper

from bpwidgets.tasks import practice_network, tasks
from course.assignment import NAME, write
from course.assignment_cells import formula, notebook, variable
from course.files import read, written

SEED = 7
NET = practice_network(SEED)
QUANTITIES = tuple(task.quantity for task in tasks(NET))
PAPER = Paper(NET)
RIGHT = {
    **{name: getattr(PAPER, name) for name in QUANTITIES if hasattr(PAPER, name)},
    "dE1/douto1": PAPER.term1,
    "douto1/do1": PAPER.slope1,
    "do1/dw5": PAPER.outh1,
    "dEtot/dw5": PAPER.g5,
    "w5_new": PAPER.w5 - PAPER.eta * PAPER.g5,
    "dE1/douth1": PAPER.way1,
    "dE2/douth1": PAPER.way2,
    "dEtot/douth1": PAPER.way1 + PAPER.way2,
    "douth1/dh1": PAPER.slopeh1,
    "dh1/dw1": PAPER.x1,
    "dEtot/dw1": PAPER.g1,
    "w1_new": PAPER.w1 - PAPER.eta * PAPER.g1,
}
SLIPS = {quantity: slipped(PAPER) for _, quantity, slipped in reversed(BY_HAND)}
FOREVER = "while True:\n    pass"
CHEAT = """
import types
import bpwidgets as bp
right = types.SimpleNamespace(verdict="right", digits=9, message="Right.", answer="0.123")
bp.mark = lambda *given: right
{} = "0.123"
"""

# A student's name: what stands in the answer cells, and what that earns; elsewhere the right number.
SUBMITTED: dict[str, dict[str, tuple[str, float]]] = {
    "right": {  # every second number to four digits only
        q: (f'{variable(q)} = "{RIGHT[q]:#.4g}"', 2) for q in QUANTITIES[::2]
    },
    "half": {
        "h1": (f'h1 = "{SLIPS["h1"]:.6f}"', 1),  # a slip earns half
        "outh1": ('outh1 = ""', 0),
        "h2": (f'h2 = "{SLIPS["h2"]:.6f}"', 1),
        "outh2": (f'outh2 = "{RIGHT["outh2"]:.2f}"', 1),  # two digits
        "o1": (f'o1 = "{RIGHT["o1"]:.0f}"', 0),  # one
        "outo1": ('outo1 = "98765.4"', 0),
        "E1": (f"E1 = {RIGHT['E1']:.5f}", 2),  # a number in place of a text
        "Etot": (f'Etot = "{SLIPS["Etot"]:.6f}"', 1),
        "dEtot/dw5": (f'dEtot_dw5 = "{SLIPS["dEtot/dw5"]:.8f}"', 1),
        "dE1/douth1": (f'dE1_douth1 = "{SLIPS["dE1/douth1"]:.8f}"', 1),
        "dEtot/dw1": (f'dEtot_dw1 = "{RIGHT["dEtot/dw1"]:.8f}"'.replace("-", "−"), 2),
        "w5_new": (f'w5_new = "{SLIPS["w5_new"]:.6f}"', 1),
        "w1_new": ('w1_new = "0"', 0),
    },
    "broken": {
        "h1": ("h1 = 1 / 0", 0),
        "outh1": ("outh1 = (", 0),
        "h2": ('h2 = "about a half"', 0),
        "outh2": ("outh2 = 0,6", 0),
        "o1": ("", 0),
        "outo1": ("outo1 = float('nan')", 0),
        "o2": (FOREVER, 0),
        "outo2": ("outo2 = print", 0),
        "E1": ("E1 = \"__import__('os').abort()\"", 0),
        "E2": (f'bp = mark = points = None\nE2 = "{RIGHT["E2"]:.6f}"', 2),  # a name of one's own
        "Etot": (f'import warnings\nwarnings.warn("x")\nEtot = "{RIGHT["Etot"]:.6f}"', 2),
        "dE1/douto1": ('dE1_douto1 = "1e999"', 0),
        "douto1/do1": ("raise SystemExit", 0),
    },
    "cheating": {
        q: ("", 0) for q in QUANTITIES[:12]
    }  # left out, and then whatever is typed is right
    | {q: (CHEAT.format(variable(q)), 0) for q in QUANTITIES[12:]},
}
DELETED = {"marking_do1_dw5", "answer_w1_new"}  # of the broken submission


def expected(name: str) -> dict[str, float]:
    """The points of each task."""
    points = {q: SUBMITTED[name].get(q, ("", 2.0))[1] for q in QUANTITIES}
    if name == "broken":
        points |= {q: 0 for q in QUANTITIES if {f"marking_{variable(q)}"} & DELETED}
        points["w1_new"] = 0
    return points


def submission(released: Path, name: str) -> Any:
    """The students' version with the answers of one student in it."""
    made = read(released)
    for cell in made.cells:
        for quantity in QUANTITIES:
            if cell.metadata.nbgrader.grade_id == f"answer_{variable(quantity)}":
                right = f'{variable(quantity)} = "{RIGHT[quantity]:.9f}"'
                cell.source = SUBMITTED[name].get(quantity, (right, 2))[0]
    if name == "broken":
        made.cells = [c for c in made.cells if c.metadata.nbgrader.grade_id not in DELETED]
        changed = next(c for c in made.cells if c.metadata.nbgrader.grade_id == "marking_h1")
        changed.source = "2"
    return made


def run(folder: Path, *arguments: str) -> str:
    """What a Python command prints, without this test's own settings; it must succeed."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "JUPYTER"))}
    places = {f"JUPYTER_{kind}_DIR": str(folder / kind) for kind in ("CONFIG", "DATA", "RUNTIME")}
    places["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{kept['PATH']}"  # for alembic
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=kept | places | {"IPYTHONDIR": str(folder / "ipython")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=240,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    return done.stdout


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The students' version, as nbgrader makes it."""
    folder = tmp_path_factory.mktemp("assignment")
    write(folder, SEED)
    config = folder / "nbgrader_config.py"
    text = config.read_text("utf-8").replace("timeout = 20", "timeout = 8")
    config.write_text(text, "utf-8")
    run(folder, "-m", "nbgrader", "generate_assignment", NAME)
    return folder / "release" / NAME / f"{NAME}.ipynb"


SCORES = f"""
import json
from nbgrader.api import Gradebook
with Gradebook("sqlite:///gradebook.db") as book:
    print(json.dumps({{
        sent.student.id: {{each.name: [each.auto_score, each.max_score]
                          for made in sent.notebooks for each in made.grades}}
        for sent in book.assignment_submissions("{NAME}")
    }}))
"""


@pytest.fixture(scope="module")
def scores(released: Path) -> Mapping[str, Mapping[str, tuple[float, float]]]:
    """What nbgrader gives to each student: for each marking cell its points, and the most it has."""
    folder = released.parents[2]
    for name in SUBMITTED:
        place = folder / "submitted" / name / NAME
        place.mkdir(parents=True)
        (place / released.name).write_bytes(written(submission(released, name)))
    run(folder, "-m", "nbgrader", "autograde", NAME)
    return json.loads(run(folder, "-c", SCORES))


def test_the_paper_knows_every_number() -> None:
    assert set(RIGHT) == set(QUANTITIES)
    for task in tasks(NET):
        assert task.value == pytest.approx(RIGHT[task.quantity], rel=1e-12)


@pytest.mark.parametrize("name", SUBMITTED)
def test_a_submission_earns_what_it_should(
    name: str, scores: Mapping[str, Mapping[str, tuple[float, float]]]
) -> None:
    given = {cell: score or 0 for cell, (score, _) in scores[name].items()}
    wanted = {f"marking_{variable(q)}": points for q, points in expected(name).items()}
    assert given == wanted
    assert {most for _, most in scores[name].values()} == {2.0}


def test_the_totals() -> None:
    """What the numbers above come to, counted once by hand."""
    totals = {name: sum(expected(name).values()) for name in SUBMITTED}
    assert totals == {
        "right": 46,
        "half": 31,
        "broken": 20,
        "cheating": 0,
    }


def test_students_see_neither_solutions_nor_hidden_tests(released: Path) -> None:
    text = released.read_text("utf-8")
    for hidden in ("SOLUTION", "HIDDEN", "unreadable", "NotImplementedError", "assert"):
        assert hidden not in text
    for quantity, value in RIGHT.items():
        if quantity != "dh1/dw1":  # x1 is given
            assert f"{abs(value):.5f}"[:-1] not in text, quantity
    answers = [c.source for c in read(released).cells if c.metadata.nbgrader.solution]
    assert answers == [
        f'{variable(q)} = ""\n# Your number goes between the quotation marks.' for q in QUANTITIES
    ]


def test_the_text_says_that_marking_here_is_feedback_and_why(released: Path) -> None:
    words = read(released).cells[0].source
    assert "**Feedback, not a grade.**" in words
    assert "the notebook is in your hands" in words


def test_the_teachers_version_is_valid_and_every_cell_says_what_it_is() -> None:
    made = notebook(SEED)
    nbformat.validate(made)
    assert written(made) == written(notebook(SEED))
    ids = [cell.metadata.nbgrader.grade_id for cell in made.cells]
    assert len(set(ids)) == len(ids) == 2 + 3 * len(QUANTITIES)
    for cell in made.cells:
        if cell.cell_type == "code":
            ast.parse(cell.source)
            said = cell.metadata.nbgrader
            assert said.grade == said.locked != said.solution


def test_another_sheet_has_other_numbers() -> None:
    assert written(notebook(8)) != written(notebook(SEED))
    with pytest.raises(ValueError, match="seed must be a whole number from 0"):
        notebook(-1)


@pytest.mark.parametrize(
    ("symbol", "tex"),
    [
        ("h1", "h_{1}"),
        ("outo2", r"\mathrm{outo}_{2}"),
        ("Etot", r"E_{\mathrm{tot}}"),
        ("w5_new", r"w_{5,\,\mathrm{new}}"),
        ("dEtot/dw5", r"\frac{\partial E_{\mathrm{tot}}}{\partial w_{5}}"),
    ],
)
def test_symbols_in_tex(symbol: str, tex: str) -> None:
    assert formula(symbol) == tex
