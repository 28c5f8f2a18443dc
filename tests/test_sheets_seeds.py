"""No sheet and no assignment has a seed of the course; which these are is read in its notebooks."""

import ast
import json
import re
from itertools import islice
from pathlib import Path

import pytest

import bpwidgets as bp
from bpwidgets.sheets.roster import main, sheets_for
from bpwidgets.sheets.seeds import COURSE, check_seed, seeds_from
from bpwidgets.tasks import practice_network
from course import assignment
from course.assignment_cells import notebook

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))
SOURCES = [
    (cell["cell_type"], "".join(cell["source"]))
    for path in NOTEBOOKS
    for cell in json.loads(path.read_text("utf-8"))["cells"]
]
CALLS = [
    call
    for kind, source in SOURCES
    if kind == "code"
    for call in ast.walk(ast.parse(source))
    if isinstance(call, ast.Call)
]
SEEDS = {
    int(seed)
    for _, source in SOURCES
    for seed in re.findall(r"\bseed\b(?:`?\s*=\s*|\s+)(\d+)", source, re.IGNORECASE)
}


def test_the_seeds_of_the_course_are_those_of_its_notebooks() -> None:
    assert len(NOTEBOOKS) > 20 and {4, 7, 21} < SEEDS
    assert SEEDS == COURSE


def test_no_notebook_has_a_seed_that_cannot_be_read_there() -> None:
    """None is a variable, given without its name, or left to be the usual one of a worksheet."""
    given = [word.value for call in CALLS for word in call.keywords if word.arg == "seed"]
    assert given and all(isinstance(value, ast.Constant) for value in given)
    for call in CALLS:
        called = ast.unparse(call.func).removeprefix("bp.")
        if called in ("worksheet", "practice_network"):
            assert not call.args and {word.arg for word in call.keywords} & {"seed", "network"}


def test_a_class_has_no_network_of_the_course() -> None:
    sheets = list(sheets_for([""] * 300))
    assert len(sheets) == 300 and not {sheet.seed for sheet in sheets} & SEEDS
    assert not {sheet.network for sheet in sheets} & {practice_network(seed) for seed in SEEDS}
    assert list(islice(seeds_from(1), 5)) == [1, 3, 5, 6, 12]


@pytest.mark.parametrize("seed", sorted(SEEDS))
def test_none_of_them_is_printed(seed: int, tmp_path: Path) -> None:
    sheet = bp.worksheet(seed=seed)  # a notebook may: it takes the network
    for use in (sheet.page, sheet.key, lambda: sheet.save(tmp_path / "sheet.pdf")):
        with pytest.raises(ValueError, match=rf"^seed {seed} is the course's, .* such as \d+$"):
            use()
    assert not list(tmp_path.iterdir())
    with pytest.raises(ValueError, match=f"seed {seed} is the course's"):
        notebook(seed)


def test_the_refusal_says_what_to_use_instead() -> None:
    with pytest.raises(ValueError) as reason:
        check_seed(7)
    assert str(reason.value).endswith("take another, such as 12")
    check_seed(12)


def test_the_network_of_an_exercise_can_be_printed_on_purpose() -> None:
    assert bp.worksheet(network=bp.worksheet(seed=7).network).page().texts


def test_the_command_for_an_assignment_says_it_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["assignment", "--seed", "7", "--out", str(tmp_path / "new")])
    with pytest.raises(SystemExit) as end:
        assignment.main()
    assert end.value.code == 2
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("\n") == 1
    assert said.err.endswith("take another, such as 12\n")
    assert not (tmp_path / "new").exists()


def test_the_command_for_a_class_leaves_them_out(tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("Ada\nBen\n", encoding="utf-8")
    assert main([str(names), str(tmp_path / "out"), "--seed", "7"]) == 0
    rows = (tmp_path / "out" / "keys.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [row.split(",")[0] for row in rows] == ["sheet", "12", "14"]
