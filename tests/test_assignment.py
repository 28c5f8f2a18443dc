"""The assignment goes the whole way through a real nbgrader: students' version, submissions, scores.

What an answer should earn is known from how it was made (`by_hand.py`), not from the kit's marking.
"""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
import pytest
from by_hand import BY_HAND, Paper
from nbclient import NotebookClient
from nbformat import from_dict

from bpwidgets.tasks import practice_network, tasks
from course.assignment import NAME, write
from course.assignment_cells import formula, notebook, variable
from course.files import read, written

SEED = 105
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

# Each would give its writer points if it were run; beside it stands a number that earns none.
WRONG = "98765.4"
ATTACKS = [
    "import bpwidgets as bp\nmarked = bp.mark\n"
    "bp.mark = lambda net, name, text: marked("
    "net, name, text if text == 'a text' else bp.calculation(net)[name].value)",
    "import bpwidgets.sheets.answers as a\na.typed = lambda *given: str({right})",
    "plain = get_ipython().display_formatter.formatters['text/plain']\n"
    "plain.for_type(int, lambda number, printer, cycle: printer.text('2'))",
    "hook = get_ipython().displayhook\n"
    "hook.compute_format_data = lambda value: ({{'text/plain': '2'}}, {{}})",
    "import sys\nsys.displayhook = lambda value: print(2)",
    "import ast\nclass Two(ast.NodeTransformer):\n"
    "    def visit_Expr(self, node): return ast.Expr(ast.Constant(2))\n"
    "get_ipython().ast_transformers.append(Two())",
    "get_ipython().input_transformers_cleanup.append(lambda lines: ['2'])",
    "get_ipython().events.register('pre_run_cell', lambda info: setattr(info, 'raw_cell', '2'))",
    "In = type('L', (list,), {{'__iter__': lambda self: iter(['{name} = ' + str({right})])}})()",
    "import builtins\nbuiltins.open = builtins.print = builtins.__import__ = lambda *given, **more: 2",
    "import subprocess\nsubprocess.run = subprocess.Popen = lambda *given, **more: 2",
    "import sys\nsys.executable = '/bin/true'\nsys.exit = lambda *given: None",
    "import os\nos.environ['PYTHONSTARTUP'] = os.environ['PYTHONPATH'] = os.getcwd()",
    "import atexit, os\natexit.register(os._exit, 0)",
    "%%capture\nprint(2)",
    "%%script /bin/sh\necho 2",
    "%run -i bpwidgets.py",
    "%config InteractiveShell.ast_node_interactivity = 'none'",
    "!echo 2 > bpwidgets.py",
    "import gc, threading\nthreading.Timer(0, gc.collect).start()",
    "import os, signal\nos.kill(os.getppid(), 0)\nos.kill(os.getpid(), signal.SIGKILL)",
    "from nbgrader.api import Gradebook\nGradebook('sqlite:///../../../gradebook.db')",
    "import os\nos._exit(0)",
]
BESIDE = (
    *("bpwidgets.py", "bpwidgets/__init__.py", "numpy.py", "json.py", "runpy.py", "ast.py"),
    *("ipykernel_launcher.py", "sitecustomize.py", "usercustomize.py", "nbgrader_config.py"),
    *("ipython_config.py", "jupyter_config.py", "startup.pth", "by_hand.py"),
)

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
        "outh2": ("outh2 = 0,6", 0),  # a tuple
        "o1": ("import os\nos._exit(1)", 0),
        "outo1": ("outo1 = float('nan')", 0),
        "o2": (FOREVER, 0),
        "outo2": ("outo2 = print", 0),
        "E1": ("E1 = \"__import__('os').abort()\"", 0),
        "E2": (f'bp = mark = points = None\nE2 = "{RIGHT["E2"]:.6f}"', 2),  # a name of one's own
        "Etot": (f'import warnings\nwarnings.warn("x")\nEtot = "{RIGHT["Etot"]:.6f}"', 2),
        "dE1/douto1": ('dE1_douto1 = "1e999"', 0),
        "dEtot/dw5": ("dEtot_dw5 = 0,0823", 0),  # a mistake: Python wants no 0 before 823
        "dE2/douth1": ("dE2_douth1 = 0.5 * 0.3", 0),
        "douto1/do1": ("raise SystemExit", 0),
    },
    "attacking": {  # what marks is no longer there, what is typed is wrong
        q: (f'{attack.format(name=variable(q), right=RIGHT[q])}\n{variable(q)} = "{WRONG}"', 0)
        for q, attack in zip(QUANTITIES, ATTACKS)
    },
}
DELETED = {"marking_do1_dw5", "answer_w1_new"}  # of the broken submission


def expected(name: str) -> dict[str, float]:
    """The points of each task."""
    points = {q: SUBMITTED[name].get(q, ("", 2.0))[1] for q in QUANTITIES}
    if name == "broken":
        points["w1_new"] = 0  # its answer was deleted
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
    if name == "attacking":
        _attack(made)
    return made


def _attack(made: Any) -> None:
    """Change what nbgrader relies on: kinds of cells, points, ids, versions, the kernel."""
    cells = {cell.metadata.nbgrader.grade_id: cell for cell in made.cells}
    cells["marking_h1"].metadata.nbgrader |= {"solution": True, "grade": False, "locked": False}
    cells["marking_h2"].metadata.nbgrader.points = 1000
    cells["marking_o1"].metadata.nbgrader.schema_version = 1  # too old: nbgrader ends the whole run
    cells["marking_o2"].metadata.nbgrader.schema_version = 99
    cells["marking_E1"].metadata.nbgrader.grade_id = "marking_of_my_own"
    copied = from_dict({**cells["marking_E2"], "id": "copied", "source": "2"})
    first = nbformat.v4.new_code_cell("import atexit\nget_ipython().run_cell = lambda *given: 2")
    made.cells = [first, *made.cells, copied]
    made.metadata.kernelspec.name = "a_kernel_of_my_own"


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
    for name in BESIDE:
        beside = folder / "submitted" / "attacking" / NAME / name
        beside.parent.mkdir(exist_ok=True)
        beside.write_text(f"open({str(folder / 'reached')!r}, 'w').close()")
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


def test_nothing_that_was_handed_in_is_run(scores: Any, released: Path) -> None:
    """Neither a file beside a notebook, nor a line in it; what was typed is all that is graded."""
    folder = released.parents[2]
    assert len(ATTACKS) == len(QUANTITIES) and scores
    assert not (folder / "reached").exists()
    for name in SUBMITTED:
        graded = read(folder / "autograded" / name / NAME / released.name)
        sources = [cell.source for cell in graded.cells if cell.cell_type == "code"]
        answers = [source for source in sources if re.fullmatch(r"\w+ = '[^'\n]*'", source)]
        empty = [source for source in sources if source.endswith("between the quotation marks.")]
        assert len(answers) + len(empty) == len(QUANTITIES)
        assert len(sources) == 1 + 2 * len(QUANTITIES)
        assert not any(attack.splitlines()[-1] in "\n".join(sources) for attack in ATTACKS)


@pytest.mark.parametrize(
    ("task", "words"),
    [
        ("outh2", "“0,6” is not a number: write it with a point, as 1.5."),
        ("dEtot_dw5", "“0,0823” is not a number: write it with a point, as 1.5."),
        ("dE2_douth1", "“0.5 * 0.3” is not a number: work it out and type the result."),
    ],
)
def test_a_comma_and_a_calculation_are_told(
    task: str, words: str, scores: Any, released: Path
) -> None:
    graded = read(released.parents[2] / "autograded" / "broken" / NAME / released.name)
    marking = {c.metadata.get("nbgrader", {}).get("grade_id"): c for c in graded.cells}
    assert marking[f"marking_{task}"].outputs[0].text == f"{words}\n"


def test_the_text_says_how_a_number_is_typed(released: Path) -> None:
    assert "with a decimal point: 0.3775, not 0,3775" in read(released).cells[0].source


def test_without_its_configuration_nothing_is_graded(
    released: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """In a course of one's own, say: a grade that anybody can change is none, and why is said."""
    folder = tmp_path_factory.mktemp("other")
    shutil.copytree(released.parents[2], folder, dirs_exist_ok=True)
    for made in ("autograded", "submitted"):
        shutil.rmtree(folder / made, ignore_errors=True)
    config = (folder / "nbgrader_config.py").read_text("utf-8")
    lines = [line for line in config.splitlines() if not line.startswith("c.Autograde")]
    (folder / "nbgrader_config.py").write_text("\n".join(lines), "utf-8")
    place = folder / "submitted" / "right" / NAME
    place.mkdir(parents=True)
    (place / released.name).write_bytes(written(submission(released, "right")))
    run(folder, "-m", "nbgrader", "autograde", NAME)
    given = json.loads(run(folder, "-c", SCORES))["right"]
    assert {score for score, _ in given.values()} == {0}
    graded = (folder / "autograded" / "right" / NAME / released.name).read_text("utf-8")
    assert "add the lines of the assignment's nbgrader_config.py" in graded


def test_the_teachers_version_earns_everything(tmp_path: Path) -> None:
    """Run from top to bottom, in a kernel, as a teacher would to see it."""
    made = NotebookClient(notebook(SEED), timeout=60, resources={"metadata": {"path": tmp_path}})
    done = made.execute()
    given = [c.outputs[-1].data["text/plain"] for c in done.cells if c.metadata.nbgrader.grade]
    assert given == ["2"] * len(QUANTITIES)


def test_the_totals() -> None:
    """What the numbers above come to, counted once by hand."""
    totals = {name: sum(expected(name).values()) for name in SUBMITTED}
    assert totals == {
        "right": 46,
        "half": 31,
        "broken": 18,
        "attacking": 0,
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
    assert written(notebook(SEED + 1)) != written(notebook(SEED))
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
