"""What stands in for the page: it keeps every message that a widget sends, and sends its own."""

import itertools
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import comm
import pytest
import traitlets.log
from comm.base_comm import BaseComm

COUNT = itertools.count(1)

TOLERANCE = 1e-13  # between the oracle's way and the core's


class Line(BaseComm):
    """A widget's line to the page; ``sent`` has every message since it was opened."""

    def __init__(self, *args: Any, **options: Any) -> None:
        self.sent: list[tuple[dict[str, Any], list[Any]]] = []
        super().__init__(*args, **options)

    def publish_msg(self, msg_type, data=None, metadata=None, buffers=None, **keys) -> None:
        self.sent.append((data or {}, list(buffers or [])))


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


def move(view: Any, **change: Any) -> list[Any]:
    """Send a view a change, as its page would; what the page wants to hear in answer."""
    heard = ["page", next(COUNT)]
    say(view, {"change": change, "heard": heard})
    return heard


def updates(view: Any) -> list[dict[str, Any]]:
    """The state that each message to the page carried, buffers left out; forgets them."""
    found = [data["state"] for data, _ in view.comm.sent if data.get("method") == "update"]
    view.comm.sent.clear()
    return found


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


def assert_shows(text: str, value: float) -> None:
    """The text is the value, rounded to the digits that it shows."""
    shown = Decimal(text.strip("()").replace("−", "-"))
    unit = float(Decimal(1).scaleb(shown.as_tuple().exponent))
    assert abs(float(shown) - value) <= unit / 2 + TOLERANCE, f"{text} is not {value!r}"
    if value and abs(value) < 1e-6:
        assert "e" in text  # rather than nothing but zeros
