"""What a learner has done on a row of questions: answers, hints, what was shown, and what counts.

A `Work` never changes; each press on the page makes another one.  The widgets only show it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import NamedTuple

from bpwidgets import checks
from bpwidgets.formula import Symbol, operands
from bpwidgets.marking import Mark
from bpwidgets.marking.reader import Typed
from bpwidgets.network import Network
from bpwidgets.symbols import canonical
from bpwidgets.tasks import Task, practice_network, tasks

MOST_HINTS = 3  # before the value itself: the rule, the formula, the formula with its numbers
ENOUGH = 3  # digits that a rounded answer needs to count


class Score(NamedTuple):
    """How many answers are right, of how many."""

    right: int
    of: int


@dataclass(frozen=True, slots=True)
class Reply:
    """What has been done on one question.

    mark: of the last answer; None after "try again"
    counted: the last mark of an answer that could be read: an unreadable one changes nothing
    hints: how many are open
    open: whether the value is shown now
    seen: whether it ever was; then a right answer counts no more
    counts: whether the answer is right, with digits enough, and found without the value
    """

    mark: Mark | None = None
    counted: Mark | None = None
    hints: int = 0
    open: bool = False
    seen: bool = False
    is_right: bool = False

    @property
    def counts(self) -> bool:
        return self.is_right and not self.seen


@dataclass(frozen=True)
class Work:
    """The questions and what has been done on each.

    decimals: how many are carried, if that is asked for
    seed: which numbers the network has, if they are a seed's
    before, after: what was done with the numbers before and after these, as texts; the next ones are
        the last of ``before`` and the first of ``after``
    given: the network that was given, once the numbers are a seed's
    dropped: the replies that "start again" has put aside, until something is done anew
    """

    tasks: tuple[Task, ...]
    decimals: int | None = None
    seed: int | None = None
    replies: Mapping[str, Reply] = field(default_factory=dict, hash=False)
    before: tuple[str, ...] = field(default=(), compare=False)
    after: tuple[str, ...] = field(default=(), compare=False)
    given: Network | None = field(default=None, compare=False)
    dropped: Mapping[str, Reply] = field(default_factory=dict, compare=False)

    @property
    def quantities(self) -> tuple[str, ...]:
        return tuple(task.quantity for task in self.tasks)

    def task(self, quantity: str) -> Task:
        """Raises KeyError for a quantity that is not asked for."""
        by_name = {task.quantity: task for task in self.tasks}
        return checks.look_up(by_name, canonical(quantity), "question")

    def reply(self, quantity: str) -> Reply:
        return self.replies.get(self.task(quantity).quantity, Reply())

    @property
    def score(self) -> Score:
        return Score(sum(reply.counts for reply in self.replies.values()), len(self.tasks))

    @property
    def known(self) -> frozenset[str]:
        """The quantities whose numbers may be shown: those answered rightly, and those on view."""
        return frozenset(q for q, reply in self.replies.items() if reply.is_right or reply.open)

    @property
    def hidden(self) -> frozenset[str]:
        """Whose numbers no hint may show: asked for, and not known yet."""
        return frozenset(self.quantities) - self.known

    def most_hints(self, quantity: str) -> int:
        """How many hints come before the value: none that would be the value itself."""
        task = self.task(quantity)
        formula = task.calculation[task.quantity].formula
        if not operands(formula):  # ∂o1/∂b2 = 1: the formula is the value
            return MOST_HINTS - 2
        if isinstance(formula, Symbol):  # ∂o1/∂w5 = outh1: with its number it is
            return MOST_HINTS - 1
        return MOST_HINTS

    # --- what can be done: each gives the work after it ---

    def answered(self, quantity: str, answer: str | float) -> "Work":
        """Mark an answer.  Raises TypeError for what is neither text nor a number."""
        task, before = self.task(quantity), self.reply(quantity)
        mark = task.mark(answer, self.decimals)
        if mark.verdict == "unreadable":
            return self._with(task, replace(before, mark=mark))
        is_right = _is_enough(mark, self.decimals)
        return self._with(task, replace(before, mark=mark, counted=mark, is_right=is_right))

    def hinted(self, quantity: str) -> "Work":
        """One hint more; after the last one, the value."""
        before = self.reply(quantity)
        if before.hints >= self.most_hints(quantity):
            return self.shown(quantity)
        return self._with(self.task(quantity), replace(before, hints=before.hints + 1))

    def shown(self, quantity: str) -> "Work":
        """Show the value.  An answer that was right already goes on counting."""
        before = self.reply(quantity)
        seen = before.seen or not before.is_right
        return self._with(self.task(quantity), replace(before, open=True, seen=seen))

    def again(self, quantity: str) -> "Work":
        """Close the value and the hints, and clear the field, to try again."""
        return self._with(self.task(quantity), Reply(seen=self.reply(quantity).seen))

    def restarted(self) -> "Work":
        """The questions as they were at first; itself, if nothing was done."""
        return replace(self, replies={}, dropped=self.replies) if self.replies else self

    def taken_back(self) -> "Work":
        """What `restarted` has put aside; itself, if there is nothing, or something was done since."""
        return replace(self, replies=self.dropped, dropped={}) if self.dropped else self

    @property
    def first(self) -> "Work | None":
        """The questions about the network that was given, none answered; None if it is a seed's."""
        if self.seed is None:
            return Work(self.tasks, self.decimals)
        return None if self.given is None else self._about(self.given, None)

    def with_seed(self, seed: int) -> "Work":
        """The same questions about the network of a seed, none of them answered."""
        return self._about(practice_network(seed, self.tasks[0].network.sizes), seed)

    def with_reply(self, quantity: str, reply: Reply) -> "Work":
        """The work with another reply to one question."""
        return self._with(self.task(quantity), reply)

    def _with(self, task: Task, reply: Reply) -> "Work":
        replies = {**self.replies, task.quantity: reply}
        if reply == Reply():  # as if never touched
            del replies[task.quantity]
        return replace(self, replies=MappingProxyType(replies), dropped={})

    def _about(self, net: Network, seed: int | None) -> "Work":
        first = self.tasks[0]
        asked = tasks(net, self.quantities, rule=first.rule, biases=first.biases)
        given = first.network if self.seed is None else self.given
        return Work(asked, self.decimals, seed, given=given)


def _is_enough(mark: Mark, decimals: int | None) -> bool:
    """Whether an answer counts: right, or rounded to no fewer digits than are asked for."""
    if mark.verdict != "rounded":
        return mark.verdict == "right"
    typed = Typed.of(mark.answer)
    return typed.digits >= ENOUGH or (decimals is not None and typed.decimals >= decimals)
