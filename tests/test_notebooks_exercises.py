"""The exercises react: to right, slipped and nonsensical answers; and their solutions solve them.

Each notebook's code is run once; then its widgets are answered, by code and as the page does it.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from frontend import move, page

import bpwidgets as bp
from course.cells import code
from course.files import EXERCISES, FOLDER, PRACTISED, SOLUTIONS, read

NONSENSE = ("", "about a half", "1,5", "½", "nan", "0x10", "1/2", "__import__('os').abort()")


def run(name: str) -> dict[str, Any]:
    """What a notebook's cells leave behind: its exercises by their names, ex1 and so on."""
    names: dict[str, Any] = {}
    for cell in code(read(FOLDER / f"{name}.ipynb")):
        exec(compile(cell.source, name, "exec"), names)
    return {each: names[each] for each in sorted(names) if each[:2] == "ex" and each[2:].isdigit()}


@pytest.fixture(scope="module", params=PRACTISED)
def lesson(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def exercises(lesson: str) -> Iterator[dict[str, Any]]:
    with page():
        yield run(lesson + EXERCISES)


@pytest.fixture(scope="module")
def solutions(lesson: str) -> dict[str, Any]:
    return run(lesson + SOLUTIONS)


def questions(exercises: dict[str, Any]) -> Iterator[tuple[Any, Any]]:
    """Each field: its widget and its task."""
    for each in exercises.values():
        if not isinstance(each, bp.FindTheSlip):
            yield from ((each, task) for task in each.work.tasks)


def searches(exercises: dict[str, Any]) -> list[Any]:
    return [each for each in exercises.values() if isinstance(each, bp.FindTheSlip)]


def answer(widget: Any, quantity: str, text: str) -> bp.Mark:
    if isinstance(widget, bp.Exercise):
        return widget.answer(quantity, text)
    return widget.answer(text)


def slipped(task: Any) -> str:
    """The number that a slip in one line leads to, far enough from the right one."""
    for case in bp.cases(task.network, task.quantity, rule=task.rule, biases=task.biases):
        calc = bp.calculation(
            task.network, rule=task.rule, biases=task.biases, changed=case.changed
        )
        value = calc[task.quantity].value
        if len(case.at) == 1 and abs(value - task.value) > 0.2 * abs(task.value):
            return f"{value:.8g}"
    raise AssertionError(f"no slip for {task}")


def changed_line(search: Any) -> str:
    """The first line whose number does not follow from the lines above it by the right formula."""
    made = search.search.slipped
    right = bp.calculation(made.task.network, rule=made.task.rule, biases=made.task.biases)
    return next(line.symbol for line in search.lines if line.formula != right[line.symbol].formula)


def test_there_are_three_to_five_and_one_search_for_a_slip(exercises: dict[str, Any]) -> None:
    assert list(exercises) == [f"ex{number}" for number in range(1, len(exercises) + 1)]
    assert len(searches(exercises)) == 1
    assert len(list(questions(exercises))) >= 3


def test_other_numbers_than_the_notes(exercises: dict[str, Any]) -> None:
    for _, task in questions(exercises):
        assert task.network != bp.worked_example()


def test_nonsense_gets_a_sentence_and_changes_nothing(exercises: dict[str, Any]) -> None:
    for widget, task in questions(exercises):
        score = widget.work.score
        for text in NONSENSE:
            mark = answer(widget, task.quantity, text)
            assert mark.verdict == "unreadable"
            assert len(mark.message.split()) >= 4
        assert answer(widget, task.quantity, "98765.4").verdict == "unknown"
        assert widget.work.score == score


def test_a_slip_is_called_by_its_name(exercises: dict[str, Any]) -> None:
    for widget, task in questions(exercises):
        mark = answer(widget, task.quantity, slipped(task))
        assert mark.verdict == "slip", (task, mark)
        assert mark.slips and mark.look


def test_right_answers_count_by_code_and_from_the_page(exercises: dict[str, Any]) -> None:
    for number, (widget, task) in enumerate(questions(exercises)):
        text = f"{task.value:.7g}"
        if number % 2:
            assert answer(widget, task.quantity, text).verdict == "right"
        else:
            move(widget, answer=[task.quantity, text])
        assert widget.work.reply(task.quantity).counts, (task, text)
    for widget in {id(each): each for each, _ in questions(exercises)}.values():
        assert widget.work.score == (len(widget.work.tasks), len(widget.work.tasks))


def test_the_slip_is_found_in_its_line_only(exercises: dict[str, Any]) -> None:
    (search,) = searches(exercises)
    line = changed_line(search)
    symbols = [each.symbol for each in search.lines]
    others = [symbol for symbol in symbols if symbol != line]
    for symbol in others:
        assert not search.choose(symbol)
        assert search.slip is None
    assert search.choose(line)
    assert search.slip is not None
    assert search.choose(others[0])  # what was found stays found


def test_the_solutions_solve_these_exercises(
    exercises: dict[str, Any], solutions: dict[str, Any]
) -> None:
    assert list(solutions) == list(exercises)
    for asked, solved in zip(exercises.values(), solutions.values()):
        assert type(asked).__name__ == type(solved).__name__
        if isinstance(asked, bp.FindTheSlip):
            assert [str(line) for line in asked.lines] == [str(line) for line in solved.lines]
            assert solved.found
        else:
            assert asked.work.tasks == solved.work.tasks
            assert solved.work.score == (len(solved.work.tasks), len(solved.work.tasks))
