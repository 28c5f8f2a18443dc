"""One value that views show: the lock around it, and who is shown it.

JupyterLab runs widget callbacks on a second thread, also while a cell runs, so one lock covers reading,
changing and showing.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from threading import RLock
from typing import Any, Generic, TypeVar
from uuid import uuid4
from weakref import WeakValueDictionary

from bpwidgets.network import numpys_own

T = TypeVar("T")


@dataclass(eq=False)
class Subscriber(Generic[T]):
    """Who is shown every value: how, and the number of the last one that was shown."""

    show: Callable[[T], object]
    seen: int = -1


class Shared(Generic[T]):
    """Holds a value that never changes itself, puts another in its place, and shows every one.

    ``strict`` raises the error of a view that fails, after all others were shown; without it the view
    shows the error itself and the log has it.  An interrupt is always raised, after all were shown.
    """

    def __init__(self, state: T, *, strict: bool = False) -> None:
        self.strict = strict
        self.name = uuid4().hex  # by which a page knows the views that belong together
        self.lock = RLock()
        self.hosts: WeakValueDictionary[str, Any] = WeakValueDictionary()  # widgets, by name
        self.heard: dict[str, int] = {}  # the last act of each page that was applied
        self._state = state
        self._count = 0  # of the values so far
        self._subscribers: list[Subscriber[T]] = []
        self._showing = False

    @property
    def state(self) -> T:
        with self.lock:
            return self._state

    def put(self, state: T) -> T:
        """Put another value in place, and show it to all; the same one to those who missed it."""
        with self.lock:
            if state != self._state:
                self._set(state)
            self._show_all()
            return self._state

    def subscribe(self, show: Callable[[T], object]) -> Callable[[], None]:
        """Show every value from now on, the present one first; the result ends it."""
        subscriber = Subscriber(show)
        with self.lock:
            self._show([subscriber])
            self._subscribers.append(subscriber)

        def leave() -> None:
            with self.lock:
                if subscriber in self._subscribers:
                    self._subscribers.remove(subscriber)

        return leave

    def _set(self, state: T) -> None:
        if self._showing:
            raise RuntimeError("a view must not change the session while it is being shown a state")
        self._count += 1
        self._state = state

    def _show_all(self) -> None:
        """Show the value to all who have not seen it, also to those whom it did not reach before."""
        if not self._showing:
            self._show([each for each in self._subscribers if each.seen != self._count])

    @numpys_own()
    def _show(self, subscribers: list[Subscriber[T]]) -> None:
        outer, self._showing = self._showing, True
        try:
            each_in_turn(partial(self._show_to, subscriber) for subscriber in subscribers)
        except Exception:
            if self.strict:
                raise
        finally:
            self._showing = outer

    def _show_to(self, subscriber: Subscriber[T]) -> None:
        try:
            subscriber.show(self._state)
        except Exception as failure:
            failure.in_a_view = True  # type: ignore[attr-defined]
            logging.getLogger(__name__).exception("a view could not be shown")
            raise
        subscriber.seen = self._count


def is_a_views_own(failure: BaseException) -> bool:
    """Whether it was raised by a view that was shown a value, and not by what changed the value."""
    return getattr(failure, "in_a_view", False)


def each_in_turn(calls: Iterable[Callable[[], object]]) -> None:
    """Make every call, whatever happens in one of them.

    At the end raises what was raised: the first interrupt, or else the first error.
    """
    raised: list[BaseException] = []
    for call in calls:
        try:
            call()
        except BaseException as failure:  # the stop button too: those after it must not go stale
            raised.append(failure)
    try:
        if raised:
            raise min(raised, key=lambda failure: isinstance(failure, Exception))
    finally:
        raised.clear()  # else the failure and this list would keep each other alive
