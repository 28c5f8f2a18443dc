"""Every rule of course/rules.py can be broken: a good notebook is spoilt, and the rule says so."""

import copy
from collections.abc import Callable
from typing import Any

import nbformat
import pytest

from course import rules_exercises, rules_outputs, rules_text
from course.cells import code
from course.files import EXERCISES, FOLDER, SOLUTIONS, badge, read
from course.rules import RULES, problems

NAME = "04_update_and_compute_again"  # it has a widget, a picture, formulas and links
GOOD = read(FOLDER / f"{NAME}.ipynb")
Spoil = Callable[[Any], None]


def replace(old: str, new: str, count: int = -1) -> Spoil:
    """Replace a text in every Markdown cell that has it; at least one must."""

    def spoil(notebook: Any) -> None:
        found = [
            cell for cell in notebook.cells if cell.cell_type == "markdown" and old in cell.source
        ]
        assert found, old
        for cell in found:
            cell.source = cell.source.replace(old, new, count)

    return spoil


def add_text(source: str) -> Spoil:
    """One more Markdown cell before the end."""

    def spoil(notebook: Any) -> None:
        cell = nbformat.v4.new_markdown_cell(source, metadata={"slideshow": {"slide_type": "-"}})
        notebook.cells.insert(-2, cell)

    return spoil


def in_code(old: str, new: str) -> Spoil:
    """Replace a text in the first code cell that has it."""

    def spoil(notebook: Any) -> None:
        cell = next(cell for cell in code(notebook) if old in cell.source)
        cell.source = cell.source.replace(old, new)

    return spoil


def in_output(old: str, new: str) -> Spoil:
    """Replace a text in the first printed output that has it."""

    def spoil(notebook: Any) -> None:
        outputs = [output for cell in code(notebook) for output in cell.outputs]
        output = next(each for each in outputs if old in each.get("text", ""))
        output.text = output.text.replace(old, new)

    return spoil


def add_code(source: str) -> Spoil:
    def spoil(notebook: Any) -> None:
        notebook.cells.insert(3, nbformat.v4.new_code_cell(source))

    return spoil


def on_cell(kind: str, change: Callable[[Any], object]) -> Spoil:
    """Do something to the first cell that is a "widget", a "picture", "code" or "output"."""

    def is_it(cell: Any) -> bool:
        if cell.cell_type != "code":
            return False
        data = [output.get("data", {}) for output in cell.outputs]
        texts = [each.get("text/plain", "") for each in data]
        return {
            "code": True,
            "output": bool(cell.outputs),
            "picture": any("image/png" in each for each in data) and not texts[0].startswith("<Ex"),
            "widget": any(text.startswith("<Explorer") for text in texts),
        }[kind]

    def spoil(notebook: Any) -> None:
        change(next(cell for cell in notebook.cells if is_it(cell)))

    return spoil


def metadata(key: str, value: Any) -> Spoil:
    return lambda notebook: notebook.metadata.update({key: value})


def slide(kind: str) -> Callable[[Any], None]:
    return lambda cell: cell.metadata.update(slideshow={"slide_type": kind})


def twice(spoil: Spoil) -> Spoil:
    def spoil_twice(notebook: Any) -> None:
        spoil(notebook)
        spoil(notebook)

    return spoil_twice


IGNORED = "# NBVAL_IGNORE_OUTPUT: it shows the date\nprint(1)"
WIDGET_STATE = "application/vnd.jupyter.widget-view+json"
ERROR = nbformat.v4.new_output("error", ename="E", evalue="e", traceback=[])
WARNING = nbformat.v4.new_output("stream", name="stderr", text="a warning")
SPOILT: list[tuple[Any, Spoil]] = [
    (rules_outputs.valid, metadata("widgets", {})),
    (rules_outputs.valid, metadata("kernelspec", {"name": "python3.11", "display_name": "mine"})),
    (rules_outputs.valid, on_cell("code", lambda cell: cell.update(execution_count="1"))),
    (
        rules_outputs.valid,
        on_cell("widget", lambda cell: cell.outputs[0].data.update({WIDGET_STATE: {}})),
    ),
    (rules_outputs.executed, on_cell("code", lambda cell: cell.update(execution_count=None))),
    (rules_outputs.executed, on_cell("widget", lambda cell: cell.update(execution_count=99))),
    (
        rules_outputs.executed,
        on_cell("widget", lambda cell: cell.outputs[0].update(execution_count=99)),
    ),
    (rules_outputs.without_errors, on_cell("code", lambda cell: cell.outputs.append(ERROR))),
    (rules_outputs.without_errors, on_cell("code", lambda cell: cell.outputs.append(WARNING))),
    (rules_outputs.compared, add_code("# NBVAL_SKIP\nprint(1)")),
    (rules_outputs.compared, add_code("# NBVAL_IGNORE_OUTPUT\nprint(1)")),
    (
        rules_outputs.compared,
        on_cell("code", lambda cell: cell.metadata.update(tags=["nbval-skip"])),
    ),
    (rules_outputs.compared, twice(add_code(IGNORED))),
    (rules_outputs.same_everywhere, in_output("Etot", "<Session at 0x7f3a5c0d1e10>")),
    (rules_outputs.same_everywhere, in_output("Etot", "np.float64(0.29)")),
    (rules_outputs.same_everywhere, in_output("Etot", "/tmp/notebook")),
    (rules_outputs.short_cells, add_code("\n".join(f"a{line} = 1" for line in range(9)))),
    (rules_outputs.short_cells, add_code("")),
    (rules_outputs.public_names, add_code("bp.wording.fixed(1.0, 3)")),
    (rules_outputs.public_names, add_code("import matplotlib.pyplot as plt")),
    (rules_outputs.public_names, add_code("from bpwidgets.pictures import saved")),
    (rules_outputs.widgets_by_code, in_output("0.083125235", "0.0831")),
    (rules_text.opening, replace("# Update and", "# Updating and", 1)),
    (rules_text.opening, replace(badge(NAME), badge("03_explain_a_hidden_weight"))),
    (rules_text.opening, replace("**What you'll need.**", "**You need.**")),
    (rules_text.opening, replace("**What you'll do.** ", "**What you'll do.**\n")),
    (rules_text.closing, replace("## Further reading", "## References")),
    (rules_text.closing, replace("4. The published", "5. The published")),
    (rules_text.closing, replace("_ex_01.ipynb)", "_sol_01.ipynb)")),
    (
        rules_text.closing,
        replace("(05_walk_down_the_error_surface.ipynb)", "(00_start_here.ipynb)"),
    ),
    (rules_text.nested_headings, add_text("#### Too deep")),
    (rules_text.nested_headings, add_text("# A second title")),
    (rules_text.nested_headings, add_text("## Which order is right?")),
    (rules_text.nested_headings, add_text("## No question")),
    (rules_text.nested_headings, add_text("Before it.\n\n## Is this in the middle?")),
    (rules_text.slides, on_cell("code", lambda cell: cell.metadata.pop("slideshow"))),
    (rules_text.slides, on_cell("code", slide("slide"))),
    (rules_text.slides, on_cell("widget", slide("-"))),
    (rules_text.slides, lambda notebook: slide("-")(notebook.cells[0])),
    (rules_text.predictions, replace("**Predict.**", "Predict.")),
    (rules_text.links, add_text("[gone](11_gone.ipynb)")),
    (rules_text.links, add_text("[a section](#A-section-that-is-not-there)")),
    (rules_text.links, add_text("[a page](http://doi.org/10.1038/323533a0)")),
    (rules_text.links, add_text("[a page](https://localhost)")),
    (rules_text.links, add_text("[](00_start_here.ipynb)")),
    (rules_text.alternative_texts, add_text("![](picture.png)")),
    (rules_text.alternative_texts, add_text('<img src="picture.png" alt="">')),
    (
        rules_text.alternative_texts,
        on_cell("picture", lambda cell: cell.outputs[0].metadata["image/png"].pop("alt")),
    ),
    (rules_text.printed_numbers, add_text("The error is 0.291027775.")),
    (rules_text.printed_numbers, add_text("About 0.29104.")),
    (rules_text.one_word_for_one_thing, add_text("Its share in the error is small.")),
    (rules_text.one_word_for_one_thing, add_text("It calls the share of $E_1$ the whole.")),
    (rules_text.one_word_for_one_thing, add_text("Two ways of five factors each.")),
    (rules_text.one_word_for_one_thing, add_text("The way back from $w_1$ is long.")),
    (rules_text.one_word_for_one_thing, add_code('print("slope along w5")')),
    (rules_text.one_word_for_one_thing, add_text("By the slope, the error falls.")),
]


def in_heading(old: str, new: str) -> Spoil:
    """Replace a text in the first heading that has it."""

    def spoil(notebook: Any) -> None:
        cell = next(cell for cell in notebook.cells if cell.source.startswith(f"## {old}"))
        cell.source = cell.source.replace(old, new)

    return spoil


def without(start: str) -> Spoil:
    """Leave out the first cell that begins so."""

    def spoil(notebook: Any) -> None:
        notebook.cells.remove(next(c for c in notebook.cells if c.source.startswith(start)))

    return spoil


EXERCISE, SOLUTION = NAME + EXERCISES, NAME + SOLUTIONS
MORE_SPOILT: list[tuple[str, Any, Spoil]] = [
    (EXERCISE, rules_text.opening, replace(": exercises", "", 1)),
    (EXERCISE, rules_text.predictions, replace("**Predict.**", "Predict.")),
    (EXERCISE, rules_exercises.asked, replace("feedback, not a grade", "only feedback")),
    (EXERCISE, rules_exercises.asked, in_heading("2. ", "3. ")),
    (EXERCISE, rules_exercises.asked, without("**Calculate.**")),
    (EXERCISE, rules_exercises.asked, without("ex2 = ")),
    (EXERCISE, rules_exercises.asked, without("ex5 = ")),
    (EXERCISE, rules_exercises.ways_on, replace(f"({SOLUTION}.ipynb)", "(00_start_here.ipynb)")),
    (EXERCISE, rules_exercises.ways_on, replace("(05_walk", "(06_walk")),
    (
        EXERCISE,
        rules_exercises.ways_on,
        replace(f"lesson [Update and compute again]({NAME}.ipynb)", "it"),
    ),
    (EXERCISE, rules_exercises.ways_on, in_heading("Where next?", "What is next?")),
    (SOLUTION, rules_text.opening, replace(": solutions", ": exercises", 1)),
    (SOLUTION, rules_exercises.answered, in_heading("1. How wrong", "1. How right")),
    (SOLUTION, rules_exercises.answered, in_output("<Mark w1_new: right", "<Mark w1_new: slip")),
    (SOLUTION, rules_exercises.answered, in_output("has it: True", "has it: False")),
    (SOLUTION, rules_exercises.answered, in_output("<Mark h1:", "<Exercise of 1 step: 1 right>")),
    (SOLUTION, rules_exercises.ways_on, replace(f"({EXERCISE}.ipynb)", "(00_start_here.ipynb)")),
]


@pytest.mark.parametrize("name", [NAME, EXERCISE, SOLUTION])
def test_the_good_notebook_has_no_problem(name: str) -> None:
    assert problems(read(FOLDER / f"{name}.ipynb"), name) == []


@pytest.mark.parametrize("place", range(len(SPOILT)), ids=lambda n: f"{n}-{SPOILT[n][0].__name__}")
def test_a_spoilt_notebook_is_noticed(place: int) -> None:
    rule, spoil = SPOILT[place]
    notebook = copy.deepcopy(GOOD)
    spoil(notebook)
    assert list(rule(notebook, NAME))


@pytest.mark.parametrize("place", range(len(MORE_SPOILT)))
def test_spoilt_exercises_and_solutions_are_noticed(place: int) -> None:
    name, rule, spoil = MORE_SPOILT[place]
    notebook = read(FOLDER / f"{name}.ipynb")
    spoil(notebook)
    assert list(rule(notebook, name))


def test_every_rule_is_spoilt() -> None:
    assert {rule for rule, _ in SPOILT} | {rule for _, rule, _ in MORE_SPOILT} == set(RULES)


def test_one_output_may_be_ignored_with_a_reason() -> None:
    notebook = copy.deepcopy(GOOD)
    add_code(IGNORED)(notebook)
    assert list(rules_outputs.compared(notebook, NAME)) == []


@pytest.mark.parametrize(
    "words",
    ["0.29102777", "−0.041083520", "0.2984, rounded", "10,000 steps", "0.00731", "page 1.25"],
)
def test_numbers_that_a_cell_prints_may_stand_in_the_text(words: str) -> None:
    notebook = copy.deepcopy(GOOD)
    add_text(words)(notebook)
    assert list(rules_text.printed_numbers(notebook, NAME)) == []


@pytest.mark.parametrize(
    "words",
    [
        "[here](#Which-order-is-right?)",
        "[a page](https://doi.org/10.1038/323533a0)",
        "[back](00_start_here.ipynb)",
        "![a hill](hill.png)",
    ],
)
def test_good_links(words: str) -> None:
    notebook = copy.deepcopy(GOOD)
    add_text(words)(notebook)
    found = [*rules_text.links(notebook, NAME), *rules_text.alternative_texts(notebook, NAME)]
    assert [problem for problem in found if "hill" not in problem] == []
