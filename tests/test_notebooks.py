"""The course's notebooks: each holds to every rule, and shows what its cells compute now.

`course/rules.py` has the rules; tests/test_course_rules.py shows that each of them can be broken.  What
the cells show is compared by nbval, strictly, and each time something is changed that it must notice.
"""

import copy
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from course.cells import code, texts
from course.files import COURSE, names, notebooks, read, written
from course.rules import RULES

NOTEBOOKS = notebooks()
NAMES = [path.stem for path in NOTEBOOKS]
LESSONS = [path for path in NOTEBOOKS if path.stem in COURSE]
OTHERS = [path for path in NOTEBOOKS if path.stem not in COURSE]  # exercises and their solutions
DIGIT = re.compile(r"\d")
PLUGINS = "anyio hypothesispytest playwright timeout xdist"
UNUSED = [word for name in PLUGINS.split() for word in ("-p", f"no:{name}")]  # a second each time
A_NOTEBOOK = 60.0  # seconds that one may take, and all of them together
ALL = 300.0


def nbval(path: Path) -> tuple[str, float]:
    """Compare every stored output with what its cell shows now, in a process and a directory of its own.

    What pytest says of it, and how many seconds it took.
    """
    options = ["--nbval", "--nbval-current-env", "--nbval-cell-timeout=60", "--color=no"]
    options += ["-p", "no:cacheprovider", *UNUSED]
    # in CI pytest would write its closing lines otherwise
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "CI"))}
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, path.name],
        cwd=path.parent,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=240,
    )
    return done.stdout + done.stderr, time.monotonic() - start


def doubled(notebook: Any) -> Any:
    """The notebook with all its cells once more, so that one kernel runs everything twice."""
    twice = copy.deepcopy(notebook)
    for cell in copy.deepcopy(notebook.cells):
        cell.id += "-again"
        twice.cells.append(cell)
    return twice


def change_last_digit(notebook: Any) -> int:
    """Change the last stored digit that nbval compares; the index of its cell among the code cells."""
    for index, cell in reversed(list(enumerate(code(notebook)))):
        for output in reversed(cell.outputs):
            holder, key = (output, "text") if "text" in output else (output.data, "text/plain")
            digits = list(DIGIT.finditer(holder[key]))
            if digits:
                last = digits[-1]
                other = str((int(last[0]) + 1) % 10)
                holder[key] = holder[key][: last.start()] + other + holder[key][last.end() :]
                return index
    raise AssertionError("the notebook stores no number")


def test_they_belong_to_the_course() -> None:
    assert names() == NAMES


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("path", NOTEBOOKS, ids=NAMES)
def test_it_keeps_the_rule(path: Path, rule: Any) -> None:
    found = list(rule(read(path), path.stem))
    assert not found, "\n".join(found)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=NAMES)
def test_it_is_stored_as_make_notebooks_writes_it(path: Path) -> None:
    assert written(read(path)) == path.read_bytes().replace(b"\r\n", b"\n")


def test_one_kernel_runs_all_exercises_and_one_changed_digit_in_each_is_noticed(
    tmp_path: Path,
) -> None:
    """None changes another's outputs; after each, one of its cells comes twice more: as it is, and with
    one stored digit changed, which is noticed."""
    whole, places, count = read(OTHERS[0]), [], 0
    whole.cells = []
    for path in OTHERS:
        one, changed = read(path), read(path)
        place = change_last_digit(changed)
        again = [copy.deepcopy(code(each)[place]) for each in (one, changed)]
        whole.cells += [*one.cells, *again]
        count += len(code(one)) + len(again)
        places.append(count - 1)
    for number, cell in enumerate(whole.cells):
        cell.id = f"cell-{number}"
    (tmp_path / "exercises.ipynb").write_bytes(written(whole))
    said, seconds = nbval(tmp_path / "exercises.ipynb")
    last = said.splitlines()[-1]
    assert f"{len(OTHERS)} failed, {count - len(OTHERS)} passed" in last, said
    noticed = re.findall(r"^FAILED exercises\.ipynb::Cell (\d+)", said, re.MULTILINE)
    assert [int(place) for place in noticed] == places
    assert "skipped" not in last
    assert seconds <= 2 * A_NOTEBOOK


@pytest.mark.parametrize("path", LESSONS, ids=COURSE)
def test_run_twice_it_gives_the_same_and_one_changed_digit_is_noticed(
    path: Path, tmp_path: Path
) -> None:
    """One kernel runs it twice; of all stored outputs only one, changed in the second half, differs."""
    twice = doubled(read(path))
    count = len(code(twice))
    place = change_last_digit(twice)
    assert place >= count // 2
    (tmp_path / "twice.ipynb").write_bytes(written(twice))
    said, seconds = nbval(tmp_path / "twice.ipynb")
    last = said.splitlines()[-1]
    assert f"1 failed, {count - 1} passed" in last, said
    assert f"FAILED twice.ipynb::Cell {place}" in said.splitlines()[-2], said
    assert "skipped" not in last
    assert seconds <= 2 * min(A_NOTEBOOK, ALL / len(COURSE)), f"{path.name} took {seconds:.0f} s"


def test_a_digit_is_changed_where_it_stands_last() -> None:
    notebook = doubled(read(NOTEBOOKS[0]))
    before = ["".join(texts(cell)) for cell in code(notebook)]
    place = change_last_digit(notebook)
    after = ["".join(texts(cell)) for cell in code(notebook)]
    different = [index for index, pair in enumerate(zip(before, after)) if pair[0] != pair[1]]
    assert different == [place]
    changed = [pair for pair in zip(before[place], after[place]) if pair[0] != pair[1]]
    assert len(changed) == 1 and all(letter.isdigit() for letter in changed[0])
