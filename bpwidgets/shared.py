"""One value that views show: the lock around it, and who is shown it.

JupyterLab runs widget callbacks on a second thread, also while a cell runs, so one lock covers reading,
changing and showing.
"""

import logging
from collections.abc import Callable
from threading import RLock
from typing import Any, Generic, TypeVar
from uuid import uuid4

from bpwidgets.network import numpys_own

T = TypeVar("T")


class Shared(Generic[T]):
    """Holds a value that never changes itself, puts another in its place, and shows every one.

    ``strict`` raises the error of a view that fails, after all others were shown; without it the view
    shows the error itself and the log has it.
    """

    def __init__(self, state: T, *, strict: bool = False) -> None:
        self.strict = strict
        self.name = uuid4().hex  # by which a page knows the views that belong together
        self.lock = RLock()
        self._state = state
        self._subscribers: list[Callable[[T], None]] = []
        self._showing = False
        self.failure: Exception | None = (
            None  # what a view raised last while it was shown something
        )

    @property
    def state(self) -> T:
        with self.lock:
            return self._state

    def put(self, state: T) -> T:
        """Put another value in place, and show it."""
        with self.lock:
            if state != self._state:
                self._set(state)
                self._show(tuple(self._subscribers))
            return self._state

    def subscribe(self, show: Callable[[T], None]) -> Callable[[], None]:
        """Show every value from now on, the present one first; the result ends it."""
        with self.lock:
            self._show((show,))
            self._subscribers.append(show)

        def leave() -> None:
            with self.lock:
                if show in self._subscribers:
                    self._subscribers.remove(show)

        return leave

    def _set(self, state: T) -> None:
        if self._showing:
            raise RuntimeError("a view must not change the session while it is being shown a state")
        self._state = state

    @numpys_own()
    def _show(self, subscribers: tuple[Callable[[T], None], ...]) -> None:
        """Show the value to every one of them, also after one of them failed."""
        failures: list[Any] = []
        self._showing = True
        try:
            for show in subscribers:
                try:
                    show(self._state)
                except Exception as failure:
                    failures.append(failure)
                    logging.getLogger(__name__).exception("a view could not be shown")
        finally:
            self._showing = False  # also after an interrupt
        if failures and self.strict:
            raise failures[0]
