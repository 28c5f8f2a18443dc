"""The one mutable object: the state that all views show, who is shown it, and the lock around both.

a control moves -> session.change(w5=0.41) -> a new frozen state -> every view's show(state)
"""

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bpwidgets import checks
from bpwidgets.changes import changed, reset
from bpwidgets.keywords import told
from bpwidgets.network import Network, checked
from bpwidgets.shared import Shared
from bpwidgets.state import State
from bpwidgets.training import MOST_STEPS, Trajectory, train

MOST_UNDONE = 100  # changes that can be undone
MOST_KEPT = 256_000_000  # bytes of all training histories together: a quarter of Binder's least
INSTEAD = (  # for those who look for what a widget or a network has
    "session.subscribe(show) calls show(state) now and after every change, session.state has the "
    "numbers and settings, session.change(w5=0.41) changes them"
)


class Session(Shared[State]):
    """Holds the state, changes it, and shows every change to the subscribers.

    ``strict`` raises the error of a view that fails, after all others were shown; without it the view
    shows the error itself and the log has it.
    """

    @told
    def __init__(self, net: Network, *, strict: bool = False) -> None:
        super().__init__(State.of(checked(net)), strict=strict)
        self.first = net
        self._past: list[State] = []
        self._future: list[State] = []
        self._gesture: Hashable = None  # what is under way
        self._undone_as: Hashable = None  # the gesture whose start was kept last

    @property
    def can_undo(self) -> bool:
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        return bool(self._future)

    def change(self, **changes: Any) -> State:
        """Set parameters and settings: ``change(w5=0.41, chosen="w1", rule="sequential")``.

        The settings are those of `State`, and ``network`` for another network altogether.  All of it is
        one change, shown once.  Raises KeyError, TypeError or ValueError for what is not allowed; then
        nothing is changed.
        """
        with self.lock:
            return self.put(changed(self._state, changes))

    def reset(self, *names: str) -> State:
        """Back to the numbers and ranges of the start: all, or those named."""
        with self.lock:
            return self.put(reset(self._state, *names))

    def train(self, steps: int) -> State:
        """Take so many steps of gradient descent from here, along the history as far as there is one.

        Raises ValueError if a number leaves ±1e6 on the way, or if the history grows too long.
        """
        with self.lock:
            state = self._state
            steps = checks.whole("steps", steps, 0, MOST_STEPS)
            walk, step = state.walk, state.step + steps
            if step > walk.steps:
                last = walk.network(walk.steps)
                more = train(last, step - walk.steps, rule=state.rule, biases=state.biases)
                state = changed(state, {"walk": walk.then(more)})
            return self.put(changed(state, {"step": step}))

    def undo(self) -> State:
        """Back to before the last change of a number or a convention; what is looked at stays.

        The numbers come back; the training that led to them too, unless it is too long to be kept.
        """
        with self.lock:
            return self._travel(self._past, self._future)

    def redo(self) -> State:
        """Forward again to what was undone."""
        with self.lock:
            return self._travel(self._future, self._past)

    @contextmanager
    def gesture(self, name: Hashable) -> Iterator[None]:
        """Changes made under one name after another, such as those of a drag, are undone together."""
        with self.lock:
            self._gesture = name
            try:
                yield
            finally:
                self._gesture = None

    if not TYPE_CHECKING:  # a type checker would take every name for one that there is

        def __getattr__(self, name: str) -> Any:
            raise AttributeError(f"a Session has no {checks.brief(name)}: {INSTEAD}")

    def __repr__(self) -> str:
        return repr(self.state).replace("State", "Session")

    def put(self, state: State) -> State:
        """Go on to a new state, and keep the one before for undoing."""
        with self.lock:
            before = self._state
            try:
                if state != before:
                    self._set(state)
                    if not state.is_done_by(before):
                        self._keep(before)
            finally:  # after an interrupt too: what is in place is shown
                self._show_all()
            return self._state

    def _travel(self, there: list[State], back: list[State]) -> State:
        try:
            if there:
                before = self._state
                self._set(there[-1].looking_as(before))
                back.append(before)
                there.pop()
                self._undone_as = None
                self._forget()
        finally:
            self._show_all()
        return self._state

    def _keep(self, before: State) -> None:
        if self._gesture is None or self._gesture != self._undone_as:
            self._past.append(before)
        self._undone_as = self._gesture
        self._future.clear()
        del self._past[:-MOST_UNDONE]
        self._forget()

    def _forget(self) -> None:
        """Forget training that is too much to be kept, the oldest first; the numbers stay."""
        held = dict(self._state.walk.held)
        room = MOST_KEPT - sum(held.values())
        for states in (self._past, self._future):
            for place in reversed(range(len(states))):  # the nearest first
                walk = states[place].walk
                if walk.steps == 0:  # nothing to forget
                    continue
                more = {array: size for array, size in walk.held.items() if array not in held}
                size = sum(more.values())
                if size <= room:
                    held |= more
                    room -= size
                else:
                    walk = Trajectory.of(states[place].network)
                    states[place] = replace(states[place], walk=walk, step=0)
