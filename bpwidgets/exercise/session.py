"""The work on a row of questions as it goes on: one value, changed and shown like a session's state."""

from bpwidgets.exercise import MOST_HINTS, Work
from bpwidgets.exercise.walk import back, renewed
from bpwidgets.exercise.words import hint
from bpwidgets.marking import Mark
from bpwidgets.shared import Shared


class WorkSession(Shared[Work]):
    """Holds a `Work`, and shows every change of it to the subscribers.

    Each method does what a press on the page does, and raises KeyError for a quantity that is not asked.
    """

    def answer(self, quantity: str, answer: str | float) -> Mark:
        """Mark an answer.  Raises TypeError for what is neither text nor a number."""
        with self.lock:
            mark = self.put(self.state.answered(quantity, answer)).reply(quantity).mark
        assert mark is not None
        return mark

    def hint(self, quantity: str) -> str:
        """Open the next hint, and say it; after the last one, the value."""
        with self.lock:
            work = self.put(self.state.hinted(quantity))
        reply = work.reply(quantity)
        number = MOST_HINTS + 1 if reply.open else reply.hints
        return hint(work.task(quantity), number, work.hidden).text

    def show(self, quantity: str) -> str:
        """Show the value, and say it."""
        with self.lock:
            work = self.put(self.state.shown(quantity))
        return hint(work.task(quantity), MOST_HINTS + 1).text

    def again(self, quantity: str) -> None:
        """Clear the answer, and close hints and value."""
        with self.lock:
            self.put(self.state.again(quantity))

    def renew(self) -> None:
        """The same questions with the numbers of the next seed, as they were left if they were."""
        with self.lock:
            self.put(renewed(self.state))

    def back(self) -> None:
        """The numbers before, with all that was done on them."""
        with self.lock:
            self.put(back(self.state))
