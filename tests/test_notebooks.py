"""The stored notebooks: complete, clean, and compared with what their cells compute now."""

import copy
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))
NAMES = [path.stem for path in NOTEBOOKS]

# What no reader can use: it differs from machine to machine, or from run to run.
UNWANTED = {
    "a memory address": r"0x[0-9a-fA-F]{6,}",
    "a numpy scalar's repr": r"\bnp\.(float|int|bool|str)",
    "a path of one machine": r"/(?:home|Users|root|work|tmp|mnt)/|[A-Z]:\\",
    "a temporary file of the kernel": r"ipykernel_\d|ipython-input",
}
DIGIT = re.compile(r"\d")


def read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)


def code_cells(notebook: Any) -> list[Any]:
    return [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]


def texts(notebook: Any) -> Iterator[tuple[dict[str, str], str]]:
    """Where each stored text stands that nbval compares: the dict that holds it, and its key."""
    for cell in code_cells(notebook):
        for output in cell.outputs:
            if output.output_type == "stream":
                yield output, "text"
            for kind in output.get("data", {}):
                if kind.startswith("text/") or kind == "image/svg+xml":
                    yield output.data, kind


def nbval(path: Path) -> subprocess.CompletedProcess[str]:
    """Compare one notebook as `make test` does, in a process and a directory of its own."""
    options = ["--nbval", "--nbval-current-env", "--nbval-cell-timeout=60", "--color=no"]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")}
    return subprocess.run(
        [sys.executable, "-m", "pytest", *options, "-p", "no:cacheprovider", path.name],
        cwd=path.parent,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=240,
    )


def test_there_are_notebooks() -> None:
    assert "00_start_here" in NAMES


@pytest.mark.parametrize("path", NOTEBOOKS, ids=NAMES)
class TestStored:
    def test_it_is_a_valid_notebook(self, path: Path) -> None:
        nbformat.validate(read(path))
        assert read(path).metadata.kernelspec.name == "python3"

    def test_every_cell_was_run_in_order(self, path: Path) -> None:
        cells = code_cells(read(path))
        assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
        for cell in cells:
            for output in cell.outputs:
                assert output.get("execution_count", cell.execution_count) == cell.execution_count

    def test_no_cell_failed(self, path: Path) -> None:
        outputs = [output for cell in code_cells(read(path)) for output in cell.outputs]
        assert not [output for output in outputs if output.output_type == "error"]
        assert not [output.text for output in outputs if output.get("name") == "stderr"]

    def test_no_cell_opts_out_of_the_comparison(self, path: Path) -> None:
        for cell in code_cells(read(path)):
            words = " ".join([cell.source, *cell.metadata.get("tags", [])]).lower()
            assert "nbval" not in words, cell.source

    def test_no_widget_state_is_saved(self, path: Path) -> None:
        assert "widgets" not in read(path).metadata  # GitHub shows "Invalid Notebook" for it

    def test_outputs_are_the_same_everywhere(self, path: Path) -> None:
        for holder, key in texts(read(path)):
            for what, pattern in UNWANTED.items():
                found = re.search(pattern, holder[key])
                assert not found, f"{what} in an output: {found and found[0]}"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=NAMES)
def test_one_changed_digit_is_noticed(path: Path, tmp_path: Path) -> None:
    original = read(path)
    changed = copy.deepcopy(original)
    places = [(holder, key) for holder, key in texts(changed) if DIGIT.search(holder[key])]
    assert places, f"{path.name} stores no number"
    holder, key = places[-1]
    last = [*DIGIT.finditer(holder[key])][-1]
    other = str((int(last[0]) + 1) % 10)
    holder[key] = holder[key][: last.start()] + other + holder[key][last.end() :]

    nbformat.write(original, tmp_path / "same.ipynb")
    nbformat.write(changed, tmp_path / "changed.ipynb")
    same = nbval(tmp_path / "same.ipynb")
    assert same.returncode == 0, same.stdout + same.stderr
    noticed = nbval(tmp_path / "changed.ipynb")
    assert noticed.returncode == pytest.ExitCode.TESTS_FAILED, noticed.stdout + noticed.stderr
    assert "1 failed" in noticed.stdout.splitlines()[-1]
