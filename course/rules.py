"""What every notebook of the course must be; tests/test_notebooks.py holds them to it."""

from collections.abc import Callable, Iterator
from typing import Any

from course import rules_exercises, rules_outputs, rules_text

Rule = Callable[[Any, str], Iterator[str]]  # a notebook and its name; a sentence for each problem

RULES: tuple[Rule, ...] = (
    rules_outputs.valid,
    rules_outputs.executed,
    rules_outputs.without_errors,
    rules_outputs.compared,
    rules_outputs.same_everywhere,
    rules_outputs.short_cells,
    rules_outputs.public_names,
    rules_outputs.widgets_by_code,
    rules_text.opening,
    rules_text.closing,
    rules_text.nested_headings,
    rules_text.slides,
    rules_text.predictions,
    rules_text.links,
    rules_text.alternative_texts,
    rules_text.printed_numbers,
    rules_text.one_word_for_one_thing,
    rules_exercises.asked,
    rules_exercises.answered,
    rules_exercises.ways_on,
)


def problems(notebook: Any, name: str) -> list[str]:
    """A sentence for everything that is wrong; none for a notebook as it should be."""
    return [sentence for rule in RULES for sentence in rule(notebook, name)]
