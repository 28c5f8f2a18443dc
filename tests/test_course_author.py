"""`make notebooks`: what it takes out, that it ends, and that a second run changes no byte."""

from pathlib import Path
from typing import Any

import nbformat
import pytest

from course import author, files
from course.clean import WIDGET, clean
from course.files import badge, binder_link, notebooks, read, repository, written

NAME = "01_compute_the_forward_pass"


def notebook(*sources: str) -> Any:
    first = nbformat.v4.new_markdown_cell("# Compute the forward pass\n\nThe question?", id="text")
    cells = [nbformat.v4.new_code_cell(text, id=f"c{n}") for n, text in enumerate(sources)]
    return nbformat.v4.new_notebook(cells=[first, *cells])


def stored(tmp_path: Path, *sources: str) -> Path:
    path = tmp_path / f"{NAME}.ipynb"
    path.write_bytes(written(notebook(*sources)))
    return path


def test_the_badge_is_made_from_the_one_address(monkeypatch: pytest.MonkeyPatch) -> None:
    assert repository().removeprefix("https://github.com/") in binder_link(NAME)
    assert badge(NAME).endswith(f"]({binder_link(NAME)})")
    made = notebook()
    clean(made, NAME)
    lines = made.cells[0].source.splitlines()
    assert lines == ["# Compute the forward pass", "", badge(NAME), "", "The question?"]
    monkeypatch.setattr(files, "repository", lambda: "https://github.com/somebody/else")
    clean(made, NAME)
    assert "mybinder.org/v2/gh/somebody/else/main" in made.cells[0].source
    assert made.cells[0].source.count("mybinder.org/v2") == 1


def test_what_an_editor_leaves_is_taken_out() -> None:
    made = notebook("1 + 1  ")
    made.metadata = {"widgets": {"state": {}}, "kernelspec": {"name": "mine"}, "toc": {}}
    cell = made.cells[1]
    cell.metadata = {"slideshow": {"slide_type": "-"}, "execution": {"iopub.status.busy": "now"}}
    picture = {"image/png": {"alt": "a hill with a dot", "width": 9, "needs_background": "light"}}
    cell.outputs = [
        nbformat.v4.new_output("stream", text="a"),
        nbformat.v4.new_output("stream", text="b"),
        nbformat.v4.new_output("stream", name="stderr", text="c"),
        nbformat.v4.new_output("display_data", {WIDGET: {"model_id": "1"}, "text/plain": "<E>"}),
        nbformat.v4.new_output("display_data", {"image/png": "iVBO"}, metadata=picture),
    ]
    clean(made, NAME)
    assert set(made.metadata) == {"kernelspec", "language_info"}
    assert made.metadata["kernelspec"]["name"] == "python3"
    assert cell.source == "1 + 1"
    assert cell.metadata == {"slideshow": {"slide_type": "-"}}
    texts = [output.get("text") or output.data for output in cell.outputs]
    assert texts == ["ab", "c", {"text/plain": "<E>"}, {"image/png": "iVBO"}]
    assert cell.outputs[-1].metadata == {"image/png": {"alt": "a hill with a dot", "width": 9}}


@pytest.mark.parametrize("path", notebooks(), ids=lambda path: path.stem)
def test_a_clean_notebook_stays_as_it_is(path: Path) -> None:
    made = read(path)
    clean(made, path.stem)
    assert written(made) == written(read(path))


def test_it_is_executed_cleaned_and_checked_and_once_more_without_a_change(tmp_path: Path) -> None:
    path = stored(tmp_path, "import bpwidgets as bp\nbp.Explorer()", "print(0.1 + 0.2)")
    problems = author.author(path)
    assert "no slide type: 'print(0.1 + 0.2)'" in problems
    made = read(path)
    assert [cell.get("execution_count") for cell in made.cells] == [None, 1, 2]
    assert made.cells[1].outputs[0].data["text/plain"].startswith("<Explorer Etot: 0.298371109")
    assert made.cells[2].outputs[0].text == "0.30000000000000004\n"
    assert "widgets" not in made.metadata
    first = path.read_bytes()
    author.author(path)
    assert path.read_bytes() == first


@pytest.mark.parametrize("source", ["1 / 0", "while True: pass"])
def test_a_cell_that_fails_or_never_ends_leaves_the_notebook_as_it_was(
    source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(author, "CELL_SECONDS", 2)
    path = stored(tmp_path, "print(1)", source)
    before = path.read_bytes()
    (problem,) = author.author(path)
    assert problem.startswith("not executed to its end")
    assert path.read_bytes() == before


def test_it_says_what_it_did_and_fails_for_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = stored(tmp_path, "print(1)")
    monkeypatch.setattr(author, "notebooks", lambda: [path])
    assert author.main([]) == 1
    assert author.main(["01"]) == 1
    assert author.main(["02"]) == 0
    printed = capsys.readouterr().out
    assert f"{path.name}: written\n" in printed
    assert f"{path.name}: unchanged\n" in printed
    assert "\n  What you" not in printed and "\n  the opening lacks one of" in printed
