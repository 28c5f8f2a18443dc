"""What stands in for the page: it keeps every message that a widget sends, and sends its own."""

import itertools
import json
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import comm
import pytest
import traitlets.log
from comm.base_comm import BaseComm
from ipywidgets.widgets.widget import _instances as INSTANCES

COUNT = itertools.count(1)
NUMBER = re.compile(r"−?\d+\.\d+(?:e-?\d+)?")

TOLERANCE = 1e-13  # between the oracle's way and the core's


class Line(BaseComm):
    """A widget's line to the page; ``sent`` has what the page got of it since it was opened.

    What came together in a message of another widget is in the ``sent`` of its own; ``messages`` has the
    number of those that really went over this line.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        self.sent: list[tuple[dict[str, Any], list[Any]]] = []
        self.messages = 0
        super().__init__(*args, **options)

    def publish_msg(self, msg_type, data=None, metadata=None, buffers=None, **keys) -> None:
        self.messages += 1
        data, buffers = data or {}, list(buffers or [])
        content = data.get("content") or {}
        if "together" not in content:
            self.sent.append((data, buffers))
            return
        for each in content["together"]:  # as `initialize` in page.js takes it apart
            own = [buffers.pop(0) for _ in each["paths"]]
            update = {"method": "update", "state": each["state"], "buffer_paths": each["paths"]}
            INSTANCES[each["id"]].comm.sent.append((update, own))
        assert not buffers


@contextmanager
def page() -> Iterator[None]:
    """Widgets made meanwhile have a `Line`; an error in one of their handlers is raised after it."""
    failures: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: failures.append(record.getMessage())
    logger = traitlets.log.get_logger()
    logger.addHandler(handler)
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(comm, "create_comm", Line)
            yield
    finally:
        logger.removeHandler(handler)
    assert not failures, "\n".join(failures)


def say(view: Any, content: dict[str, Any]) -> None:
    """Send a view what its page would send, through the widget's own handler of messages."""
    data = {"method": "custom", "content": json.loads(json.dumps(content))}
    view.comm.handle_msg({"content": {"data": data}, "buffers": []})


def move(view: Any, *, gesture: int | None = None, **change: Any) -> list[Any]:
    """Send a view a change, as its page would; what the page wants to hear in answer.

    Without a ``gesture`` it is one of its own, as of a button.
    """
    count = next(COUNT)
    heard = ["page", count]
    say(view, {"change": change, "heard": heard, "gesture": -count if gesture is None else gesture})
    return heard


def updates(view: Any) -> list[dict[str, Any]]:
    """The state that each message to the page carried, buffers inside it left out; forgets them."""
    found = [
        data["state"] | {path[0]: path for path in data["buffer_paths"] if len(path) == 1}
        for data, _ in view.comm.sent
        if data.get("method") == "update"
    ]
    view.comm.sent.clear()
    return found


def files(view: Any) -> list[tuple[dict[str, Any], list[Any]]]:
    """What was sent beside the state, to the page that asked for it: the content and the bytes."""
    return [
        (data["content"], buffers)
        for data, buffers in view.comm.sent
        if data.get("method") == "custom"
    ]


def size(view: Any) -> int:
    """The bytes of everything that was sent to the page."""
    return sum(
        len(json.dumps(data, ensure_ascii=False).encode()) + sum(map(memoryview_size, buffers))
        for data, buffers in view.comm.sent
    )


def memoryview_size(buffer: Any) -> int:
    return memoryview(buffer).nbytes


def texts(thing: Any) -> Iterator[str]:
    """Every text anywhere in a scene or a frame."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, dict):
        for value in thing.values():
            yield from texts(value)
    elif isinstance(thing, list | tuple):
        for value in thing:
            yield from texts(value)


def filled(tree: Any, numbers: list[str]) -> str:
    """What a reader sees of a MathML tree, its places filled with numbers; fractions with a slash."""
    if isinstance(tree, str):
        return tree
    if isinstance(tree, int):
        return numbers[tree]
    parts = [filled(child, numbers) for child in tree[1:]]
    return ("/" if tree[0] == "mfrac" else "").join(parts)


def value_of(text: str) -> float:
    return float(text.strip("()").replace("−", "-"))


def assert_ticks(ticks: list[Any], low: float, high: float, tolerance: float = 1e-6) -> None:
    """Each number stands where it belongs on an axis with these ends."""
    assert len(ticks) >= 2
    for part, text in ticks:
        assert 0 <= part <= 1
        here = low + part * (high - low)
        assert abs(value_of(text.replace(",", "")) - here) <= tolerance * (high - low), text


def assert_shows(text: str, value: float) -> None:
    """The text is the value, rounded to the digits that it shows."""
    shown = Decimal(text.strip("()").replace("−", "-"))
    unit = float(Decimal(1).scaleb(shown.as_tuple().exponent))
    assert abs(float(shown) - value) <= unit / 2 + TOLERANCE, f"{text} is not {value!r}"
    if value and abs(value) < 1e-6:
        assert "e" in text  # rather than nothing but zeros
