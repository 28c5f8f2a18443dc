"""The hand calculation one line at a time: forward, errors, backward, update, second forward."""

from collections.abc import Hashable, Iterator
from typing import Any

from bpwidgets import checks, wording
from bpwidgets.calculation import Step
from bpwidgets.recipe import STAGES
from bpwidgets.saturation import saturated
from bpwidgets.state import State
from bpwidgets.symbols import derivative
from bpwidgets.widgets.slots import Slots
from bpwidgets.widgets.view import Scene, Send, View

SHOWN = 3  # lines: the one that is reached, and those before it


class Steps(View):
    """The line that is reached, as symbol = formula = with numbers = value, below those before it.

    Diagram, breakdown and table show what is not yet reached as not yet known.
    """

    script = "steps"
    is_folded_first = True

    def frame_needs(self, state: State) -> Hashable:
        return state.network.sizes, state.rule, state.biases, state.at

    def make_frame(self, state: State) -> Scene:
        self._slots = slots = Slots(state)
        place, count = _place(state), len(state.calculation)
        first = max(0, place - SHOWN)
        reached = [state.calculation[each] for each in state.calculation.symbols[first:place]]
        return {
            "place": place,
            "count": count,
            "stages": list(_stages(state)),
            "lines": [_line(step, slots) for step in reached],
            "words": _words(state, place),
        }

    def scene_needs(self, state: State) -> Hashable:
        return state.network, state.decimals

    def make_scene(self, state: State) -> Scene:
        return {"numbers": self._slots.texts(state), "spoken": _spoken(state)}

    def answer(self, change: dict[str, Any], send: Send) -> None:
        """Apply ``{"place": 12}``: 0 is before the first line."""
        if "place" in change:
            symbols = self.session.state.calculation.symbols
            place = checks.whole("place", change.pop("place"), 0, len(symbols))
            change["at"] = symbols[place - 1] if place else ""
        self.session.change(**change)

    def summary(self, state: State) -> str:
        if state.at == "":
            return f"{len(state.calculation)} lines, not begun"
        return str(state.calculation[state.at])


def _place(state: State) -> int:
    """How many lines are reached."""
    return state.calculation.symbols.index(state.at) + 1 if state.at else 0


def _stages(state: State) -> Iterator[list[Any]]:
    """Each stage, and the place of its first line."""
    stages = [step.stage for step in state.calculation]
    for stage in STAGES:
        yield [stages.index(stage) + 1, stage]


def _line(step: Step, slots: Slots) -> dict[str, Any]:
    """One line: its sides, each after its sign; what is only a number is not written twice."""
    formula = wording.typeset(step.formula)
    filled, value = slots.filled(step.formula), slots.of(step.symbol, bracketed=False)
    sides = [formula, filled, value] if step.operands else [value]
    return {
        "symbol": step.symbol,
        "tree": [wording.symbol(step.symbol), *(["mrow", ["mo", "="], side] for side in sides)],
    }


def _words(state: State, place: int) -> str:
    count = len(state.calculation)
    if place == 0:
        return f"{count} lines, from {state.calculation.symbols[0]} to Etot new"
    return f"line {place:,} of {count:,}, {state.calculation[state.at].stage}"


def _spoken(state: State) -> str:
    if state.at == "":
        return "Everything is shown. Next begins the calculation by hand with its first line."
    step = state.calculation[state.at]
    value = wording.number(step.value, state.decimals)
    words = f"{wording.plain(step.symbol)} is {value}."
    return wording.sentences(words, _saturated(state))


def _saturated(state: State) -> str:
    """What there is to say where the line is an output that is written as 1 or 0, or its slope."""
    outputs = {f"out{unit}": unit for row in state.network.symbols.preactivations for unit in row}
    output = state.at.removeprefix("d").partition("/")[0]
    is_slope = output in outputs and state.at == derivative(output, outputs[output])
    if output not in outputs or not (state.at == output or is_slope):
        return ""
    return saturated(state.calculation.values, [outputs[output]], state.decimals)
