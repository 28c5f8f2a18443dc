"""Kept work as it goes on: one value, changed and shown like a session's state."""

from collections.abc import Callable
from typing import TypeVar

from bpwidgets.exercise import MOST_HINTS, Work
from bpwidgets.exercise.record import Record, record, search_record
from bpwidgets.exercise.slip import Search
from bpwidgets.exercise.walk import back, renewed
from bpwidgets.exercise.words import hint
from bpwidgets.keeping.keeper import Keeper
from bpwidgets.keeping.words import STARTED_AGAIN, date, taken_up
from bpwidgets.marking import Mark
from bpwidgets.shared import Shared

W = TypeVar("W", Work, Search)


class KeptSession(Shared[W]):
    """Holds the work that a keeper keeps, and shows every change of it to the subscribers.

    Each method does what a press on the page does.
    """

    def __init__(self, keeper: Keeper[W]) -> None:
        self.keeper: Keeper[W] = keeper
        Shared.__init__(self, self.keeper.first())
        self._is_as_left = keeper.is_taken_up

    @property
    def progress(self) -> str:
        """All that was done, as a text."""
        with self.lock:
            return self.keeper.written(self.state)

    @property
    def said(self) -> str:
        """What the learner should know: that nothing is kept, where the work goes on, a new start."""
        with self.lock:
            if self.keeper.trouble:
                return self.keeper.trouble
            if self.state.dropped:
                return STARTED_AGAIN
            return taken_up(self.keeper.changed) if self._is_as_left else ""

    @property
    def record(self) -> Record:
        """What was done, for a notebook without a kernel."""
        raise NotImplementedError

    def restart(self) -> None:
        """Put aside all that was done."""
        self.do(lambda work: work.restarted())

    def take_back(self) -> None:
        """Have it again, as long as nothing was done since."""
        self.do(lambda work: work.taken_back())

    def do(self, act: Callable[[W], W]) -> W:
        """Let an act make other work, keep it and show it.  Raises what the act raises."""
        with self.lock:
            done = self.keeper.after(self.state, act)
            self._is_as_left = False
            self._set(done)  # also an equal one: it may know of more, or not be kept
            return self.put(done)


class WorkSession(KeptSession[Work]):
    """The work on a row of questions.  Raises KeyError for a quantity that is not asked."""

    @property
    def record(self) -> Record:
        with self.lock:
            return record(self.state, date(self.keeper.changed))

    def answer(self, quantity: str, answer: str | float) -> Mark:
        """Mark an answer.  Raises TypeError for what is neither text nor a number."""
        mark = self.do(lambda work: work.answered(quantity, answer)).reply(quantity).mark
        assert mark is not None
        return mark

    def hint(self, quantity: str) -> str:
        """Open the next hint, and say it; after the last one, the value."""
        work = self.do(lambda work: work.hinted(quantity))
        reply = work.reply(quantity)
        number = MOST_HINTS + 1 if reply.open else reply.hints
        return hint(work.task(quantity), number, work.hidden).text

    def show(self, quantity: str) -> str:
        """Show the value, and say it."""
        work = self.do(lambda work: work.shown(quantity))
        return hint(work.task(quantity), MOST_HINTS + 1).text

    def again(self, quantity: str) -> None:
        """Clear the answer, and close hints and value."""
        self.do(lambda work: work.again(quantity))

    def renew(self) -> None:
        """The same questions with the numbers of the next seed, as they were left if they were."""
        self.do(renewed)

    def back(self) -> None:
        """The numbers before, with all that was done on them."""
        self.do(back)


class SearchSession(KeptSession[Search]):
    """A search for a slip.  Raises KeyError for a line that is not there."""

    @property
    def record(self) -> Record:
        with self.lock:
            return search_record(self.state, date(self.keeper.changed))

    def choose(self, symbol: str) -> bool:
        """Mark a line: whether the slip is there."""
        return self.do(lambda search: search.marked(symbol)).found

    def reveal(self) -> str:
        """Show where the slip is, and say it."""
        return self.do(lambda search: search.shown()).message
