"""The line between a page and Python, one WebSocket: late, cut, repeating, or out of order."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

APART = 1e-9  # seconds between two messages that keep their order


@dataclass
class Frame:
    """A message: what is in it, and the bytes that go with it."""

    content: dict[str, Any]
    buffers: list[bytes] = field(default_factory=list)

    @classmethod
    def read(cls, raw: bytes) -> Frame:
        """From the number of its parts, their lengths, and the parts; the first one is JSON."""
        numbers = memoryview(raw)[: len(raw) // 4 * 4].cast("I")
        lengths = numbers[1 : 1 + numbers[0]].tolist()
        parts, start = [], 4 * (1 + len(lengths))
        for length in lengths:
            parts.append(raw[start : start + length])
            start += length
        return cls(json.loads(parts[0]), parts[1:])

    def written(self) -> bytes:
        text = json.dumps(self.content, allow_nan=False).encode()
        parts = [text, *self.buffers]
        head = b"".join(n.to_bytes(4, "little") for n in (len(parts), *map(len, parts)))
        return b"".join([head, *parts])


class Way:
    """One direction of a line.  Its attributes may be changed at any time.

    delay: the seconds that a message takes; or what gives them for each, then one may overtake another
    copies: how often each message arrives
    cut: whether what is sent, or would arrive, is lost
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, arrive: Callable[[Frame], None]) -> None:
        self.delay: float | Callable[[], float] = 0.0
        self.copies = 1
        self.cut = False
        self.sent = self.arrived = 0  # messages, since the line was opened
        self.under_way = 0
        self._loop, self._arrive = loop, arrive
        self._counting = threading.Lock()
        self._last = 0.0  # when the last one arrives that keeps its order

    def send(self, frame: Frame) -> None:
        """Let a message leave; on any thread."""
        copies = 0 if self.cut else self.copies
        with self._counting:
            self.sent += 1
            self.under_way += copies
        for _ in range(copies):
            self._loop.call_soon_threadsafe(self._leave, frame)

    def _leave(self, frame: Frame) -> None:
        now = self._loop.time()
        if callable(self.delay):
            due = now + self.delay()
        else:
            due = self._last = max(now + self.delay, self._last + APART)
        self._loop.call_at(due, self._come, frame)

    def _come(self, frame: Frame) -> None:
        if not self.cut:
            self.arrived += 1
            self._arrive(frame)
        with self._counting:
            self.under_way -= 1


class Line:
    """Both directions: ``there`` to Python, ``back`` to the page."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        to_python: Callable[[Frame], None],
        to_page: Callable[[Frame], None],
    ) -> None:
        self.there = Way(loop, to_python)
        self.back = Way(loop, to_page)

    def late(self, seconds: float) -> None:
        """Let every message take so long, each way."""
        self.there.delay = self.back.delay = seconds

    def cut(self) -> None:
        """Lose everything, also what is under way."""
        self.there.cut = self.back.cut = True

    def heal(self) -> None:
        self.there.cut = self.back.cut = False
