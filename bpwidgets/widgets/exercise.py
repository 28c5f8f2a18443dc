"""A row of questions about one network, in the order of hand work, and the score."""

from collections.abc import Hashable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from matplotlib.figure import Figure

from bpwidgets.calculation import calculation
from bpwidgets.exercise import Score, Work
from bpwidgets.exercise.words import asked, meaning
from bpwidgets.keeping import keeper_of_work, place
from bpwidgets.keeping.session import WorkSession
from bpwidgets.keywords import told
from bpwidgets.marking import Mark
from bpwidgets.network import Network
from bpwidgets.notes import worked_example
from bpwidgets.pictures.diagram import given_picture
from bpwidgets.recipe import STAGES
from bpwidgets.tasks import Task, practice_network, tasks
from bpwidgets.widgets.asking import Asked, asked_frame, asked_scene, carrying, checked
from bpwidgets.widgets.given import given_frame, given_scene
from bpwidgets.widgets.kept import KeptHost
from bpwidgets.widgets.part import Scene, Send
from bpwidgets.wording import capital

MOST = 100  # questions
NOTE = "This marking is feedback for you, not a grade. A step whose value was shown does not count."


class ExercisePart(Asked):
    """The network with what is given, a field for every question, the score."""

    script = "exercise"
    call = "bp.Exercise"

    def take(self, change: dict[str, Any], gesture: Hashable, send: Send) -> None:
        """Apply what `Asked` knows, ``{"new": "Numbers of seed 4"}`` (those that go), or back."""
        if "new" in change and change["new"] == _seed_words(self.shared.state):
            self.shared.renew()
        if "back" in change and change["back"] == _seed_words(self.shared.state):
            self.shared.back()
        super().take(change, gesture, send)

    def frame_needs(self, state: Work) -> Hashable:
        return state.tasks, state.seed, not state.before

    def make_frame(self, state: Work) -> Scene:
        return {
            **given_frame(state.tasks[0], carrying(state)),
            "rows": [asked_frame(task, _words(task)) for task in state.tasks],
            "numbers": _seed_words(state),
            "back": bool(state.before),
            "note": NOTE,
            "kept": self.kept_frame(),
        }

    def make_scene(self, state: Work) -> Scene:
        left = [q for q in state.quantities if q not in state.known]
        return {
            "network": given_scene(state.tasks[0], state.known, left[0] if left else ""),
            "rows": [asked_scene(state, task) for task in state.tasks],
            "score": _score_words(state.score),
            "kept": self.kept_scene(state),
        }

    def summary(self, state: Work) -> str:
        right, of = state.score
        return f"of {of} {'step' if of == 1 else 'steps'}: {right} right"

    def figure(self) -> Figure:
        words = [f"Given: {self.frame['given']}"]
        words += [
            f"{place}. {asked(task)}" for place, task in enumerate(self.shared.state.tasks, 1)
        ]
        return given_picture(self.shared.state.tasks[0].network, words)

    def in_words(self) -> str:
        names = ", ".join(row["name"] for row in self.frame["rows"])
        return f"An exercise: work out {names}. Given: {self.frame['given']}"


class Exercise(KeptHost):
    """Asks step by step: ``bp.Exercise()``, or ``bp.Exercise(seed=4, quantities=["h1", "outh1"])``.

    net: the notes' network by default, or the one of a seed
    quantities: what to work out; by default the forward pass with its errors
    progress: what an exercise gave as its ``progress``, to go on from there
    rule, biases, decimals, keep, large: as in `Question`

    Raises KeyError for an unknown quantity, ValueError for more than 100 of them, for a network and a
    seed at once, and for a progress of another exercise.
    """

    @told
    def __init__(
        self,
        net: Network | None = None,
        quantities: Sequence[str] | None = None,
        *,
        seed: int | None = None,
        rule: str = "simultaneous",
        biases: str = "fixed",
        decimals: int | None = None,
        progress: str | None = None,
        keep: bool | None = None,
        large: bool = False,
    ) -> None:
        if net is not None and seed is not None:
            raise ValueError("give net or seed, not both: a seed makes a network of its own")
        if net is None:
            net = worked_example() if seed is None else practice_network(seed)
        wanted = _forward_pass(net) if quantities is None else quantities
        steps = tasks(net, wanted, rule=rule, biases=biases)
        if not 1 <= len(steps) <= MOST:
            raise ValueError(f"an exercise has 1 to {MOST} questions, got {len(steps)}")
        work = Work(steps, checked(decimals), seed)
        self.session = WorkSession(keeper_of_work(work, "exercise", place(keep), progress))
        super().__init__(ExercisePart(self.session), large=large)

    @property
    def work(self) -> Work:
        """All that has been done so far, as one value."""
        return self.session.state

    @property
    def answers(self) -> Mapping[str, str]:
        """The answers that were read as numbers, by quantity."""
        replies = self.work.replies.items()
        return MappingProxyType({q: r.counted.answer for q, r in replies if r.counted})

    @property
    def score(self) -> Score:
        """How many are right without having been shown, of how many."""
        return self.work.score

    @property
    def network(self) -> Network:
        return self.work.tasks[0].network

    def answer(self, quantity: str, answer: str | float) -> Mark:
        """Answer one question, as its field on the page does.  Raises KeyError if it is not asked."""
        return self.session.answer(quantity, answer)

    def hint(self, quantity: str) -> str:
        """Open the next hint to a question; after the last one, the value."""
        return self.session.hint(quantity)

    def reveal(self, quantity: str) -> str:
        """Show the value."""
        return self.session.show(quantity)

    def again(self, quantity: str) -> None:
        """Clear a field, and close its hints and value."""
        self.session.again(quantity)

    def renew(self) -> None:
        """The same questions with the numbers of the next seed, as they were left if they were."""
        self.session.renew()

    def back(self) -> None:
        """The numbers before, with all that was done on them."""
        self.session.back()


def _words(task: Task) -> str:
    return f"{capital(meaning(task))}."


def _forward_pass(net: Network) -> list[str]:
    return [step.symbol for step in calculation(net) if step.stage in STAGES[:2]]


def _seed_words(work: Work) -> str:
    """Which numbers the network has."""
    return "" if work.seed is None else f"Numbers of seed {work.seed}"


def _score_words(score: Score) -> str:
    return f"{score.right} of {score.of} right"
