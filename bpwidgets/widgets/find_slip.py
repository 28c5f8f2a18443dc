"""A worked calculation with one slip: which line is it?"""

from collections.abc import Hashable
from typing import Any

from matplotlib.figure import Figure

from bpwidgets import wording
from bpwidgets.calculation import Step, calculation
from bpwidgets.exercise.choice import slipped
from bpwidgets.exercise.slip import Search
from bpwidgets.exercise.words import written
from bpwidgets.formula import Symbol
from bpwidgets.keeping import keeper_of_search, place
from bpwidgets.keeping.session import SearchSession
from bpwidgets.keywords import told
from bpwidgets.network import Network
from bpwidgets.notes import worked_example
from bpwidgets.pictures.diagram import given_picture
from bpwidgets.tasks import practice_network
from bpwidgets.widgets.given import given_frame, given_scene
from bpwidgets.widgets.kept import KeptHost, KeptPart
from bpwidgets.widgets.part import Scene, Send
from bpwidgets.wording import Tree

ASKED = "One line has a slip; the lines after it go on with its number. Mark the line."


class FindTheSlipPart(KeptPart):
    """The lines, and what is said of the marked one."""

    script = "find_slip"
    call = "bp.FindTheSlip"
    shared: SearchSession

    def take(self, change: dict[str, Any], gesture: Hashable, send: Send) -> None:
        """Apply ``{"choose": "h1"}``, ``{"show": true}``, or what `KeptPart` knows."""
        if "choose" in change:
            self.shared.choose(change["choose"])
        if change.get("show"):
            self.shared.reveal()
        super().take(change, gesture, send)

    def frame_needs(self, state: Search) -> Hashable:
        return state.slipped

    def make_frame(self, state: Search) -> Scene:
        made = state.slipped
        task = made.task
        calc = calculation(task.network, rule=task.rule, biases=task.biases, changed=made.changed)
        steps = [calc[symbol] for symbol in made.symbols]
        return {
            "asked": ASKED,
            **given_frame(task),
            "lines": [_line(place, step, calc) for place, step in enumerate(steps, 1)],
            "kept": self.kept_frame(),
        }

    def scene_needs(self, state: Search) -> Hashable:
        return state, self.kept_needs(state)

    def make_scene(self, state: Search) -> Scene:
        return {
            "network": given_scene(state.slipped.task),
            "chosen": state.chosen,
            "marks": list(state.slipped.changed) if state.is_over else [],
            "form": _form(state),
            "said": state.message,
            "over": state.is_over,
            "kept": self.kept_scene(state),
        }

    def summary(self, state: Search) -> str:
        said = "found" if state.found else "shown" if state.given_up else "not found"
        return f"in {len(state.slipped.symbols)} lines: {said}"

    def figure(self) -> Figure:
        words = [f"Given: {self.frame['given']}", ASKED]
        words += [line["words"] for line in self.frame["lines"]]
        return given_picture(self.shared.state.slipped.task.network, words)

    def in_words(self) -> str:
        return " ".join([ASKED, *(f"{line['words']}." for line in self.frame["lines"])])


class FindTheSlip(KeptHost):
    """Shows a calculation with one slip: ``bp.FindTheSlip(seed=3)``, ``bp.FindTheSlip(slip="E21")``.

    net: the notes' network by default, or the one of the seed
    slip: a name of `SLIPS` or the id of one of the notes' errata; by default one that the seed chooses
    quantity: where the calculation leads; by default the new value of the last layer's first weight
    progress: what a search gave as its ``progress``, to go on from there
    keep, large: as in `Question`

    Raises KeyError for an unknown slip or quantity, ValueError for a slip that does not show there, and
    for a progress of another search.
    """

    @told
    def __init__(
        self,
        net: Network | None = None,
        slip: str | None = None,
        *,
        seed: int | None = None,
        quantity: str | None = None,
        rule: str = "simultaneous",
        biases: str = "fixed",
        progress: str | None = None,
        keep: bool | None = None,
        large: bool = False,
    ) -> None:
        if net is None:
            net = worked_example() if seed is None else practice_network(seed)
        made = slipped(net, slip, quantity, seed=seed or 0, rule=rule, biases=biases)
        self.session = SearchSession(keeper_of_search(Search(made), place(keep), progress))
        super().__init__(FindTheSlipPart(self.session), large=large)

    @property
    def search(self) -> Search:
        """How far the search has come, as one value."""
        return self.session.state

    @property
    def lines(self) -> tuple[Step, ...]:
        """The lines as they are shown, with the slip."""
        return self.search.slipped.lines

    @property
    def slip(self) -> str | None:
        """The slip's name, or the erratum's id; None before it is found or shown."""
        search = self.search
        return search.slipped.slip if search.is_over else None

    @property
    def found(self) -> bool:
        return self.search.found

    def choose(self, symbol: str) -> bool:
        """Mark a line: whether the slip is there.  Raises KeyError for a line that is not shown."""
        return self.session.choose(symbol)

    def reveal(self) -> str:
        """Show where the slip is."""
        return self.session.reveal()


def _line(place: int, step: Step, calc: Any) -> dict[str, Any]:
    """A line: its sides as MathML, each after its sign, and all of it in words."""

    def alone(name: str) -> Tree:
        return ["mn", written(calc, name)]

    def inside(name: str) -> Tree:
        return ["mn", wording.bracketed(written(calc, name))]

    value = wording.number(step.value)
    sides = [wording.typeset(step.formula)] if step.operands else []
    if step.operands and not isinstance(step.formula, Symbol):  # else it is the number itself
        sides.append(wording.typeset(step.formula, inside, alone))
    sides.append(["mn", value])
    formulas = f"{wording.in_line(step.formula)} = " if step.operands else ""
    return {
        "symbol": step.symbol,
        "pieces": wording.pieces(wording.joined("=", [wording.symbol(step.symbol), *sides])),
        "words": f"Line {place}: {wording.plain(step.symbol)} = {formulas}{value}",
    }


def _form(search: Search) -> str:
    """A shape before the message."""
    if search.found:
        return "✓"
    if search.given_up:
        return "→"
    return "✗" if search.chosen else ""
