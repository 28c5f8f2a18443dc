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

from bpwidgets.widgets.host import Host

COUNT = itertools.count(1)
NUMBER = re.compile(r"−?\d+\.\d+(?:e-?\d+)?")

TOLERANCE = 1e-13  # between the oracle's way and the core's


class Line(BaseComm):
    """A widget's line to the page; ``sent`` has what the page got since it was opened."""

    def __init__(self, *args: Any, **options: Any) -> None:
        self.sent: list[tuple[dict[str, Any], list[Any]]] = []
        self.read: dict[str, int] = {}  # how many of these the tests have seen, for each view
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


def place_of(view: Any) -> tuple[Host, str]:
    """The widget that a view stands in, and its name there."""
    if isinstance(view, Host):
        return view, next(iter(view.parts))
    hosts = [host for host in view.shared.hosts.values() if view in host.parts.values()]
    host = hosts[0]
    return host, next(name for name, part in host.parts.items() if part is view)


def alone(view: Any) -> Host:
    """A view in a widget of its own."""
    return Host(view.shared, {view.script: view}, lambda: repr(view))


def say(view: Any, content: Any, buffers: tuple[bytes, ...] = ()) -> None:
    """Send a view's widget what its page would send, through the widget's own handler of messages."""
    data = {"method": "custom", "content": json.loads(json.dumps(content))}
    host, _ = place_of(view)
    host.comm.handle_msg({"content": {"data": data}, "buffers": list(buffers)})


def act_of(view: Any, number: int, change: Any, gesture: int | None = None) -> list[Any]:
    """What was done in a view, as it stands in a message."""
    host, name = place_of(view)
    return [number, host.own_name, name, change, gesture]


def move(view: Any, *, gesture: int | None = None, **change: Any) -> list[Any]:
    """Send a view a change, as its page would; what the page wants to hear in answer.

    Without a ``gesture`` it is one of its own, as of a button.
    """
    count = next(COUNT)
    own = -count if gesture is None else gesture
    say(view, {"page": "page", "acts": [act_of(view, count, change, own)]})
    return ["page", count]


def heard(view: Any) -> list[Any]:
    """How far the page was heard: its name, and the number of its last part that was applied."""
    host, _ = place_of(view)
    return list(host.heard[:2])


def updates(view: Any) -> list[dict[str, Any]]:
    """What each message to the page carried of a view, buffers left out; each is told once."""
    found = []
    host, name = place_of(view)
    own = {f"{name}_{key}": key for key in host.parts[name].sent_names()} | {"heard": "heard"}
    for data, _ in _unread(host, name):
        if data.get("method") == "update":
            paths = {path[0]: path for path in data["buffer_paths"] if len(path) == 1}
            state = {
                own[key]: value for key, value in (data["state"] | paths).items() if key in own
            }
            found.append(state)
    return [state for state in found if state]


def files(view: Any) -> list[tuple[dict[str, Any], list[Any]]]:
    """What was sent beside the state, to the page that asked for it: the content and the bytes."""
    host, name = place_of(view)
    return [
        (data["content"], buffers)
        for data, buffers in _unread(host, f"{name} files")
        if data.get("method") == "custom" and data["content"]["view"] == name
    ]


def _unread(host: Host, reader: str) -> list[tuple[dict[str, Any], list[Any]]]:
    seen = host.comm.read.get(reader, 0)
    host.comm.read[reader] = len(host.comm.sent)
    return host.comm.sent[seen:]


def size(view: Any) -> int:
    """The bytes of everything that was sent to the page since this was last asked."""
    host, _ = place_of(view)
    return sum(
        len(json.dumps(data, ensure_ascii=False).encode()) + sum(map(memoryview_size, buffers))
        for data, buffers in _unread(host, "size")
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
