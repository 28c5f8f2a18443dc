"""Where a learner's actions lead, one after another: what the session must be once all is answered.

Two things depend on when the page hears an answer.  A long run of training is taken in parts, and ends
where something else moves the session; and a run that begins while another is under way is undone with
it.  So there may be several right outcomes; each of them is a `World`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import count

import bpwidgets as bp
from bpwidgets.session import Session
from bpwidgets.state import State

PART = 500  # steps that are taken together at most
GESTURES = count(1)


@dataclass(frozen=True)
class World:
    """A session of its own, that no page shows.

    run: the gesture of a run that may be under way; 0 when there is none
    left: the steps that it may not have taken yet
    """

    session: Session = field(default_factory=lambda: Session(bp.worked_example(), strict=True))
    run: int = 0
    left: int = 0

    def did(self, act: Callable[[Session], object]) -> Iterator[World]:
        """Something that moves the session and is undone by itself, after some parts of a run."""
        for taken in {*range(0, self.left, PART), self.left}:
            before = self._trained(taken)
            after = before._did(next(GESTURES), act)
            yield replace(after, run=0, left=0)
            if after.session.state == before.session.state:  # it moved nothing
                yield replace(after, left=self.left - taken)

    def looked(self, chosen: str) -> Iterator[World]:
        yield self._did(0, lambda s: s.change(chosen=chosen))

    def trained(self, steps: int) -> Iterator[World]:
        """A run, whose first part is asked for at once."""
        first = min(steps, PART)
        for world in (self, replace(self._trained(self.left), run=next(GESTURES), left=0)):
            if world.run:
                yield replace(world._trained(first), left=world.left + steps - first)

    def at_rest(self) -> World:
        return replace(self._trained(self.left), run=0, left=0)

    def _trained(self, steps: int) -> World:
        return self._did(self.run, lambda s: s.train(steps)) if steps else self

    def _did(self, gesture: int, act: Callable[[Session], object]) -> World:
        session = _copied(self.session)
        with session.gesture(gesture):
            act(session)
        return replace(self, session=session)


def story(session: Session) -> tuple[str, ...]:
    """All that can be seen of a session: what undo leads to, what it is, what redo leads to."""
    past, future = map(_told, session._past), map(_told, session._future)
    return (*past, f"now: {_told(session.state)}, {session.state.chosen} chosen", *future)


def _told(state: State) -> str:
    """The numbers that are not those of the start, and the step."""
    moved = {name: value for name, value in state.network.items() if value != state.start[name]}
    numbers = " ".join(f"{name}={value:.9g}" for name, value in moved.items())
    return f"{numbers or 'start'} {state.step}/{state.walk.steps}"


def _copied(session: Session) -> Session:
    made = Session(session.first, strict=True)
    made._state, made._undone_as = session._state, session._undone_as
    made._past, made._future = [*session._past], [*session._future]
    return made
