"""Values laid out as text: on one line where they fit, otherwise an item a line.

Numbers, strings, lists and dictionaries are written in a way that both JSON and Python read.
"""

import json
from collections.abc import Mapping
from textwrap import wrap
from typing import Any

WIDTH = 88
STEP = {"json": "  ", "python": "    "}


def written(value: Any, step: str, indent: str = "") -> str:
    """A number, a string, or a list, tuple or mapping of such; each level is indented by ``step``."""
    deeper = indent + step
    if isinstance(value, Mapping):
        entries = [f"{_word(key)}: {written(item, step, deeper)}" for key, item in value.items()]
        return _enclosed("{", entries, "}", step, indent)
    if isinstance(value, list | tuple):
        start, end = "[]" if isinstance(value, list) else "()"
        items = [written(item, step, deeper) for item in value]
        if all(isinstance(item, float) for item in value):
            items = _filled(items, deeper)
        return _enclosed(start, items, end, step, indent)
    return _word(value) if isinstance(value, str) else repr(value)


def call(function: str, arguments: Mapping[str, Any]) -> str:
    """The Python code of a call with these arguments."""
    step = STEP["python"]
    items = [f"{name}={written(value, step, step)}" for name, value in arguments.items()]
    return _enclosed(f"{function}(", items, ")", step, "")


def _enclosed(start: str, items: list[str], end: str, step: str, indent: str) -> str:
    line = start + ", ".join(items) + end
    if "\n" not in line and len(indent) + len(line) <= WIDTH:
        return line
    deeper = f"\n{indent}{step}"
    return start + deeper + f",{deeper}".join(items) + f"\n{indent}{end}"


def _filled(numbers: list[str], indent: str) -> list[str]:
    """Numbers put together to as many as fit on a line."""
    width = WIDTH - len(indent)
    lines = wrap(", ".join(numbers), width, break_long_words=False, break_on_hyphens=False)
    return [line.removesuffix(",") for line in lines]


def _word(text: str) -> str:
    return json.dumps(text)
