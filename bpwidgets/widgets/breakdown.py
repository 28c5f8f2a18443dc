"""The chosen weight or bias in full: paths of factors, their product, their sum, the update."""

import math
from collections.abc import Hashable
from typing import Any

from bpwidgets import wording
from bpwidgets.breakdown import MOST_PATHS, Factor, Path, breakdown, path_count
from bpwidgets.digits import nine
from bpwidgets.formula import Constant
from bpwidgets.gradient_check import central_difference
from bpwidgets.plan import route
from bpwidgets.saturation import saturated
from bpwidgets.state import State
from bpwidgets.symbols import derivative, updated
from bpwidgets.widgets.slots import Slots
from bpwidgets.widgets.view import Scene, View
from bpwidgets.wording import Tree

MOST_SHOWN = 8  # paths written out; more of them are summed in one term


class Breakdown(View):
    """The chain rule for the chosen parameter: symbols, numbers in their place, products, the sum.

    The frame has the formulas with places for numbers; the scene has the numbers.
    """

    script = "breakdown"

    def frame_needs(self, state: State) -> Hashable:
        return state.network.sizes, state.chosen, state.rule, state.biases

    def make_frame(self, state: State) -> Scene:
        self._slots = slots = Slots(state)
        paths = _paths(state)
        return {
            "name": wording.plain(state.chosen),
            "gradient": wording.symbol(_gradient_key(state)),
            "paths": [_path(path, slots) for path in paths[:MOST_SHOWN]],
            "lines": [*_sum(state, paths, slots), _check(state, slots), _update(state, slots)],
        }

    def scene_needs(self, state: State) -> Hashable:
        return state.network, state.decimals, state.at

    def make_scene(self, state: State) -> Scene:
        return {"numbers": self._slots.texts(state), "spoken": _spoken(state)}

    def summary(self, state: State) -> str:
        return f"{state.chosen}: {nine(state.gradient)}"


def _gradient_key(state: State) -> str:
    return derivative("Etot", state.chosen)


def _paths(state: State) -> tuple[Path, ...]:
    """The paths of the chosen parameter; none where they are too many to be listed."""
    if path_count(state.network.symbols, state.chosen) > MOST_PATHS:
        return ()
    return breakdown(state.network, state.chosen, state.calculation).paths


def _path(path: Path, slots: Slots) -> dict[str, Any]:
    """One path: each factor as derivative, as rule, with numbers in place, as a number."""
    return {
        "route": " → ".join([*path.units, path.error]),
        "factors": [
            {
                "symbol": factor.symbol,
                "rows": [
                    wording.symbol(factor.symbol),
                    wording.typeset(factor.formula),
                    slots.filled(factor.formula),
                    _value(factor, slots),
                ],
            }
            for factor in path.factors
        ],
        "product": _product(slots, path),
    }


def _value(factor: Factor, slots: Slots) -> Tree:
    """A factor's number, written as the given number that it is, or else as computed."""
    if isinstance(factor.formula, Constant):
        return slots.given(lambda state: factor.value)
    return slots.of(factor.rule if slots.is_given(factor.rule) else factor.symbol)


def _product(slots: Slots, *paths: Path, bracketed: bool = False) -> Tree:
    """The place for the sum of these paths' products."""
    keys = [[factor.symbol for factor in path.factors] for path in paths]

    def read(state: State) -> float:
        values = state.calculation.values
        return math.fsum(math.prod(values[key] for key in path) for path in keys)

    needs = {key for path in keys for key in path}
    return slots.number(read, *needs, bracketed=bracketed)


def _gradient(state: State) -> float:
    return state.gradient


def _sum(state: State, paths: tuple[Path, ...], slots: Slots) -> list[dict[str, Any]]:
    """The line in which the paths are added; none for a single path."""
    if len(paths) == 1:
        return []
    shown, rest = paths[:MOST_SHOWN], paths[MOST_SHOWN:]
    terms = [_product(slots, path, bracketed=True) for path in shown]
    words = f"Sum of the {len(paths)} paths"
    if rest:
        terms.append(_product(slots, *rest, bracketed=True))
        words += f" (the last {len(rest)} together)"
    if not paths:
        count = path_count(state.network.symbols, state.chosen)
        words = f"Sum of {count} paths, too many to list"
    signs = ["=", *["+"] * (len(terms) - 1)] if terms else []
    parts = [_signed(sign, term) for sign, term in zip(signs, terms)]
    key = _gradient_key(state)
    total = slots.number(_gradient, key)
    return [{"words": words, "tree": ["mrow", wording.symbol(key), *parts, _signed("=", total)]}]


def _check(state: State, slots: Slots) -> dict[str, Any]:
    """The central difference beside the gradient: a second opinion that knows no chain rule."""
    quotient = ["mfrac", ["mrow", ["mo", "Δ"], wording.symbol("Etot")]]
    quotient.append(["mrow", ["mo", "Δ"], wording.symbol(state.chosen)])
    chosen = state.chosen
    key = _gradient_key(state)
    value = slots.number(lambda state: central_difference(state.network, chosen)[0], key)
    words = "Check by a small step each way"
    if _is_slipped(state):
        words += ". It differs: here the error goes back through weights already updated"
    return _line(words, quotient, value, sign="≈")


def _is_slipped(state: State) -> bool:
    """Whether the sequential update makes this gradient another one than the slope of the error."""
    symbols = state.network.symbols
    into_output = {name for row in symbols.weights[-1] for name in row} | {symbols.biases[-1]}
    return state.rule == "sequential" and state.chosen not in into_output


def _update(state: State, slots: Slots) -> dict[str, Any]:
    """The step of gradient descent, with symbols and with numbers."""
    key = updated(state.chosen)
    if key not in state.calculation:
        return {"words": f"{state.chosen} stays as it is: the biases are fixed, as in the notes."}
    formula = state.calculation[key].formula
    return _line(
        "Update",
        wording.symbol(key),
        wording.typeset(formula),
        slots.filled(formula),
        slots.of(key, bracketed=False),
    )


def _line(words: str, first: Tree, *sides: Tree, sign: str = "=") -> dict[str, Any]:
    """Words, and equal sides as a row that may break before each sign."""
    return {"words": words, "tree": ["mrow", first, *(_signed(sign, side) for side in sides)]}


def _signed(sign: str, tree: Tree) -> Tree:
    # The empty identifier makes the sign stand between two things, with the space for it.
    return ["mrow", ["mi", ""], ["mo", sign], tree]


def _spoken(state: State) -> str:
    if not state.knows(_gradient_key(state)):
        return f"The gradient of {wording.plain(state.chosen)} is not reached yet."
    gradient, name = state.gradient, wording.plain(state.chosen)
    total = state.calculation.values["Etot"]
    slope = state.slopes[state.chosen]
    trend = "grows" if slope > 0 else "falls" if slope < 0 else "does not measurably change"
    words = (
        f"The gradient of {name} is {wording.number(gradient, state.decimals)}: the error Etot, "
        f"now {wording.number(total, state.decimals)}, {trend} when {name} grows."
    )
    return wording.sentences(words, _saturated(state))


def _saturated(state: State) -> str:
    """What there is to say of the units on the way back whose outputs are written as 1 or 0."""
    reached = {unit for _, unit in route(state.network.sizes, state.chosen)}
    units = [unit for row in state.network.symbols.preactivations for unit in row]
    passed = [unit for unit in units if unit in reached]
    return saturated(state.calculation.values, passed, state.decimals)
