"""One gradient, explained: the paths from the error back to a parameter, factor by factor.

The notes work out w5 (one path of three factors) on example pages 3 and 4, and w1 (two paths of five)
on pages 5 and 6.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bpwidgets import checks
from bpwidgets.calculation import Calculation, calculation
from bpwidgets.digits import nine
from bpwidgets.formula import Formula
from bpwidgets.gradient import RULES
from bpwidgets.keywords import told
from bpwidgets.network import Network, checked
from bpwidgets.symbols import Symbols, derivative

MOST_PATHS = 512


@dataclass(frozen=True, slots=True)
class Factor:
    """One derivative of a path: ``symbol`` "do1/dw5", the ``formula`` that gives it, its ``value``."""

    symbol: str
    formula: Formula
    value: float

    @property
    def rule(self) -> str:
        """The formula in plain text: "outh1", "outo1(1 − outo1)", "−(d1 − outo1)", "w5", "x1"."""
        return str(self.formula)

    def __repr__(self) -> str:
        return f"<Factor {self.symbol} = {self.rule}: {nine(self.value)}>"


@dataclass(frozen=True, slots=True)
class Path:
    """One route of the chain rule, from the parameter forward to one output's error.

    units: the preactivations on the way, such as ("h1", "o2")
    error: the error it ends in, such as "E2"
    """

    units: tuple[str, ...]
    error: str
    factors: tuple[Factor, ...]

    @property
    def value(self) -> float:
        """The product of the factors."""
        return math.prod(factor.value for factor in self.factors)

    def __repr__(self) -> str:
        return f"<Path {' '.join((*self.units, self.error))}: {nine(self.value)}>"


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The gradient of one weight or bias: the sum of its paths.

    gradient: ∂Etot/∂name as the calculation gives it; the paths' values sum to it
    """

    name: str
    gradient: float
    paths: tuple[Path, ...]

    @property
    def symbol(self) -> str:
        """The key of the gradient: "dEtot/dw5"."""
        return derivative("Etot", self.name)

    def __repr__(self) -> str:
        return f"<Breakdown {self.name}: {nine(self.gradient)}>"


@told
def breakdown(
    net: Network,
    name: str,
    calc: Calculation | None = None,
    *,
    rule: str | None = None,
) -> Breakdown:
    """The gradient of ``name``, a weight or a bias, as paths of factors.

    ``calc`` is the network's calculation, if you have it; ``rule`` is by default the one that it was
    made with, and else "simultaneous".  Raises KeyError for a name that has no gradient, ValueError for
    more than 512 paths, for a calculation of another network or rule, or one that was changed, rounded
    or given other numbers, TypeError for what is no calculation.
    """
    symbols = checked(net).symbols
    checks.look_up(symbols.trainable_positions, name, "weight or bias")
    count = path_count(symbols, name)
    if count > MOST_PATHS:
        raise ValueError(f"{name} has {count} paths; a breakdown shows at most {MOST_PATHS}")
    if calc is None:
        calc = calculation(net, rule=RULES[0] if rule is None else rule)
    else:
        _hold_to(net, calc, rule)
    paths = tuple(
        Path(units, error, _factors(calc, name, units, error))
        for units, error in _routes(symbols, name)
    )
    return Breakdown(name, calc.values[derivative("Etot", name)], paths)


def _hold_to(net: Network, calc: Any, rule: str | None) -> None:
    """Raise TypeError or ValueError if this is not the network's own calculation."""
    if not isinstance(calc, Calculation):
        raise TypeError(f"calc must be what calculation(net) gives, got {checks.shown(calc)}")
    if calc.network is not net and calc.network != net:
        raise ValueError("calc must be the calculation of this network, got one of another")
    if not calc.is_exact:
        raise ValueError(
            "calc must be the network's own calculation, got one that was changed, rounded or given "
            "other numbers"
        )
    if rule is not None and checks.choice("rule", rule, RULES) != calc.rule:
        raise ValueError(f"rule must be that of calc, {calc.rule!r}, got {rule!r}")


def path_count(symbols: Symbols, name: str) -> int:
    """How many paths lead from a weight or a bias to the errors."""
    layer, units = _receivers(symbols, name)
    return len(units) * math.prod(symbols.sizes[layer + 2 :])


def _receivers(symbols: Symbols, name: str) -> tuple[int, tuple[int, ...]]:
    """The layer a parameter belongs to and the units, from 0, that it enters directly."""
    if name in symbols.biases:
        layer = symbols.biases.index(name)
        return layer, tuple(range(symbols.sizes[layer + 1]))
    layer, row, _ = symbols.weight_places[name]
    return layer, (row,)


def _routes(symbols: Symbols, name: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every route as the preactivations it passes and the error it ends in."""
    layer, starts = _receivers(symbols, name)

    def onward(layer: int, unit: int) -> Iterator[tuple[tuple[str, ...], str]]:
        here = symbols.preactivations[layer][unit]
        if layer == len(symbols.preactivations) - 1:
            yield (here,), symbols.errors[unit]
            return
        for following in range(symbols.sizes[layer + 2]):
            for units, error in onward(layer + 1, following):
                yield (here, *units), error

    for unit in starts:
        yield from onward(layer, unit)


def _factors(
    calc: Calculation, name: str, units: tuple[str, ...], error: str
) -> tuple[Factor, ...]:
    """The factors in the notes' order: ∂h1/∂w1 · ∂outh1/∂h1 · ∂o1/∂outh1 · ... · ∂E1/∂outo1."""
    keys = []
    by = name
    for unit in units:
        output = f"out{unit}"
        keys += [derivative(unit, by), derivative(output, unit)]
        by = output
    keys.append(derivative(error, by))
    steps = (calc[key] for key in keys)
    return tuple(Factor(step.symbol, step.formula, step.value) for step in steps)
