"""The chosen weight or bias in full: paths of factors, their product, their sum, the update."""

from typing import Any

from bpwidgets import wording
from bpwidgets.breakdown import MOST_PATHS, Factor, Path, breakdown, path_count
from bpwidgets.formula import Constant
from bpwidgets.gradient import central_difference
from bpwidgets.state import State
from bpwidgets.symbols import derivative, updated
from bpwidgets.widgets.view import View
from bpwidgets.wording import Tree

MOST_SHOWN = 8  # paths written out; more of them are summed in one term


class Breakdown(View):
    """The chain rule for the chosen parameter, symbol beside number.

    The frame has the formulas with places for numbers; the scene has the numbers.
    """

    script = "breakdown.js"

    def place(self, state: State) -> dict[str, Any]:
        numbers = _Numbers(state)
        paths = _paths(state)
        frame = {
            "name": wording.plain(state.chosen),
            "gradient": wording.symbol(_gradient_key(state)),
            "paths": [_path(path, numbers) for path in paths[:MOST_SHOWN]],
            "lines": [
                *_sum(state, paths, numbers),
                _update(state, numbers),
                _check(state, numbers),
            ],
        }
        scene = {"numbers": numbers.texts, "spoken": _spoken(state)}
        return {"frame": frame, "scene": scene}

    def summary(self, state: State) -> str:
        return f"{state.chosen}: {state.gradient:.9f}"


class _Numbers:
    """The numbers of a frame, in the order of their places."""

    def __init__(self, state: State) -> None:
        self.texts: list[str] = []
        self._state = state

    def place(self, value: float, *, bracketed: bool = False) -> Tree:
        """A MathML number whose text the scene gives; in brackets, if asked for, when negative."""
        return self._text(wording.number(value), bracketed)

    def of(self, symbol: str) -> Tree:
        """The number of a symbol inside a formula, written as it is given or computed."""
        value = self._state.calculation.values[symbol]
        given = symbol in self._state.network.symbols.positions
        text = wording.given(value) if given else wording.number(value)
        return self._text(text, bracketed=True)

    def of_factor(self, factor: Factor) -> Tree:
        """A factor's number, written as the given number that it is, or else as computed."""
        given = (
            isinstance(factor.formula, Constant)
            or factor.rule in self._state.network.symbols.positions
        )
        text = wording.given(factor.value) if given else wording.number(factor.value)
        return self._text(text, bracketed=True)

    def _text(self, text: str, bracketed: bool) -> Tree:
        self.texts.append(f"({text})" if bracketed and text.startswith("−") else text)
        return ["mn", len(self.texts) - 1]


def _gradient_key(state: State) -> str:
    return derivative("Etot", state.chosen)


def _paths(state: State) -> tuple[Path, ...]:
    """The paths of the chosen parameter; none where they are too many to be listed."""
    if path_count(state.network.symbols, state.chosen) > MOST_PATHS:
        return ()
    return breakdown(state.network, state.chosen, state.calculation).paths


def _path(path: Path, numbers: _Numbers) -> dict[str, Any]:
    """One path: each factor as the derivative, the rule that gives it, its number."""
    return {
        "route": " → ".join([*path.units, path.error]),
        "factors": [
            {
                "symbol": wording.symbol(factor.symbol),
                "rule": wording.typeset(factor.formula),
                "value": numbers.of_factor(factor),
            }
            for factor in path.factors
        ],
        "product": ["mrow", ["mo", "="], numbers.place(path.value)],
    }


def _sum(state: State, paths: tuple[Path, ...], numbers: _Numbers) -> list[dict[str, Any]]:
    """The line in which the paths are added; none for a single path."""
    if len(paths) == 1:
        return []
    gradient = numbers.place(state.gradient)
    shown, rest = paths[:MOST_SHOWN], paths[MOST_SHOWN:]
    terms = [numbers.place(path.value, bracketed=True) for path in shown]
    words = f"Sum of the {len(paths)} paths"
    if rest:
        terms.append(numbers.place(sum(path.value for path in rest), bracketed=True))
        words += f" (the last {len(rest)} together)"
    if not paths:
        count = path_count(state.network.symbols, state.chosen)
        words = f"Sum of {count} paths, too many to list"
    signs = ["=", *["+"] * (len(terms) - 1)] if terms else []
    parts = [_signed(sign, term) for sign, term in zip(signs, terms)]
    key = wording.symbol(_gradient_key(state))
    return [{"words": words, "tree": ["mrow", key, *parts, _signed("=", gradient)]}]


def _update(state: State, numbers: _Numbers) -> dict[str, Any]:
    """The step of gradient descent, with symbols and with numbers."""
    key = updated(state.chosen)
    if key not in state.calculation:
        return {"words": f"{state.chosen} stays as it is: the notes keep the biases fixed."}
    step = state.calculation[key]
    return _line(
        "Update",
        wording.symbol(key),
        wording.typeset(step.formula),
        wording.typeset(step.formula, numbers.of),
        numbers.place(step.value),
    )


def _check(state: State, numbers: _Numbers) -> dict[str, Any]:
    """The central difference beside the gradient: a second opinion that knows no chain rule."""
    value, _ = central_difference(state.network, state.chosen)
    quotient = ["mfrac", ["mrow", ["mo", "Δ"], wording.symbol("Etot")]]
    quotient.append(["mrow", ["mo", "Δ"], wording.symbol(state.chosen)])
    return _line("Check by a small step each way", quotient, numbers.place(value), sign="≈")


def _line(words: str, first: Tree, *sides: Tree, sign: str = "=") -> dict[str, Any]:
    """Words, and equal sides as a row that may break before each sign."""
    return {"words": words, "tree": ["mrow", first, *(_signed(sign, side) for side in sides)]}


def _signed(sign: str, tree: Tree) -> Tree:
    # The empty identifier makes the sign stand between two things, with the space for it.
    return ["mrow", ["mi", ""], ["mo", sign], tree]


def _spoken(state: State) -> str:
    gradient = state.gradient
    total = state.calculation.values["Etot"]
    name = wording.plain(state.chosen)
    trend = "grows" if gradient > 0 else "falls" if gradient < 0 else "does not measurably change"
    return (
        f"The gradient of {name} is {wording.number(gradient)}: "
        f"the error Etot, now {wording.number(total)}, {trend} when {name} grows."
    )
