"""One question: a quantity of a network, a field for its number, hints, and what is said of it."""

from collections.abc import Hashable

from matplotlib.figure import Figure

from bpwidgets.exercise import Reply, Work
from bpwidgets.exercise.words import asked
from bpwidgets.keeping import keeper_of_work, place
from bpwidgets.keeping.session import WorkSession
from bpwidgets.keywords import told
from bpwidgets.marking import Mark
from bpwidgets.network import Network
from bpwidgets.pictures.diagram import given_picture
from bpwidgets.tasks import tasks
from bpwidgets.widgets.asking import Asked, asked_frame, asked_scene, carrying, checked
from bpwidgets.widgets.given import given_frame, given_scene
from bpwidgets.widgets.kept import KeptHost
from bpwidgets.widgets.part import Scene


class QuestionPart(Asked):
    """The network with what is given, and the field."""

    script = "question"
    call = "bp.Question"

    def frame_needs(self, state: Work) -> Hashable:
        return state.tasks

    def make_frame(self, state: Work) -> Scene:
        (task,) = state.tasks
        return {
            **given_frame(task, carrying(state)),
            "asked": asked_frame(task, asked(task)),
            "kept": self.kept_frame(),
        }

    def make_scene(self, state: Work) -> Scene:
        (task,) = state.tasks
        return {
            "network": given_scene(task, state.known, task.quantity),
            "asked": asked_scene(state, task),
            "kept": self.kept_scene(state),
        }

    def summary(self, state: Work) -> str:
        (task,) = state.tasks
        return f"{task.quantity}: {summary(state.reply(task.quantity))}"

    def figure(self) -> Figure:
        (task,) = self.shared.state.tasks
        return given_picture(task.network, [f"Given: {self.frame['given']}", asked(task)])

    def in_words(self) -> str:
        return f"A question: {self.frame['asked']['words']} Given: {self.frame['given']}"


class Question(KeptHost):
    """Asks for one quantity: ``bp.Question(net, "dEtot/dw5")``.

    rule, biases: the conventions of `update`
    decimals: to how many the steps before are rounded, if that is asked for
    progress: what a question gave as its ``progress``, to go on from there
    keep: False to keep nothing; True to keep it also where no notebook is known
    large: the type for a projector

    Raises KeyError for a quantity that is no step of the calculation, ValueError for a progress of
    another question, and what `mark` raises.
    """

    @told
    def __init__(
        self,
        net: Network,
        quantity: str,
        *,
        rule: str = "simultaneous",
        biases: str = "fixed",
        decimals: int | None = None,
        progress: str | None = None,
        keep: bool | None = None,
        large: bool = False,
    ) -> None:
        work = Work(tasks(net, [quantity], rule=rule, biases=biases), checked(decimals))
        self.session = WorkSession(keeper_of_work(work, "question", place(keep), progress))
        super().__init__(QuestionPart(self.session), large=large)

    @property
    def work(self) -> Work:
        """All that has been done so far, as one value."""
        return self.session.state

    @property
    def quantity(self) -> str:
        return self.work.quantities[0]

    @property
    def mark(self) -> Mark | None:
        """The mark of the last answer; None before the first."""
        return self._reply.mark

    def answer(self, answer: str | float) -> Mark:
        """Answer the question, as the field on the page does."""
        return self.session.answer(self.quantity, answer)

    def hint(self) -> str:
        """Open the next hint: the rule, the formula, the formula with its numbers, the value."""
        return self.session.hint(self.quantity)

    def reveal(self) -> str:
        """Show the value."""
        return self.session.show(self.quantity)

    def again(self) -> None:
        """Clear the field, and close hints and value."""
        self.session.again(self.quantity)

    @property
    def _reply(self) -> Reply:
        return self.work.reply(self.quantity)


def summary(reply: Reply) -> str:
    """What has become of a question, in a few words."""
    if reply.mark is None:
        return "shown" if reply.open else "not answered"
    return reply.mark.brief
