"""What a learner is asked: one quantity of one network under its conventions, and a row of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bpwidgets import checks
from bpwidgets.calculation import Calculation, calculation, kept_calculation
from bpwidgets.marking import Mark, mark
from bpwidgets.network import MOST_LAYERS, MOST_UNITS, Network
from bpwidgets.recipe import STAGES
from bpwidgets.symbols import derivative, symbols_of, updated
from bpwidgets.wording import plain

MOST_SEED = 2**63 - 1
RATES = np.arange(1, 10) / 10
RULE_WORDS = {
    "simultaneous": "Gradients: with the old weights.",
    "sequential": "Each layer is updated before the one below.",
}
BIAS_WORDS = {"fixed": "The biases stay as they are.", "trained": "The biases are updated too."}


@dataclass(frozen=True, slots=True)
class Task:
    """One question: the network, the quantity that is asked for, and the conventions."""

    network: Network
    quantity: str
    rule: str = "simultaneous"
    biases: str = "fixed"

    @property
    def calculation(self) -> Calculation:
        """The hand calculation without a slip."""
        return kept_calculation(self.network, self.rule, self.biases)

    @property
    def conventions(self) -> str:
        """How weights and biases are updated, in two sentences."""
        return f"{RULE_WORDS[self.rule]} {BIAS_WORDS[self.biases]}"

    @property
    def value(self) -> float:
        """The exact number."""
        return float(self.calculation[self.quantity].value)

    def mark(self, answer: str | float, decimals: int | None = None) -> Mark:
        """Mark an answer to this question."""
        return mark(
            self.network, self.quantity, answer, decimals, rule=self.rule, biases=self.biases
        )

    def __repr__(self) -> str:
        return f"<Task {plain(self.quantity)}>"


def tasks(
    net: Network,
    quantities: Sequence[str] | None = None,
    *,
    rule: str = "simultaneous",
    biases: str = "fixed",
) -> tuple[Task, ...]:
    """The questions of an exercise, in the order of hand work.

    By default the forward pass, and the backward pass to the first weight of the last layer and to the
    first weight of the first, up to their new values.  Raises KeyError for an unknown quantity.
    """
    calc = calculation(net, rule=rule, biases=biases)
    wanted = set(usual(net) if quantities is None else quantities)
    for quantity in wanted:
        calc[quantity]  # raises if there is no such step
    return tuple(Task(net, symbol, rule, biases) for symbol in calc.symbols if symbol in wanted)


def usual(net: Network) -> tuple[str, ...]:
    """The quantities of an exercise: as the notes go, w5 first and then w1."""
    calc, symbols = calculation(net), net.symbols
    wanted = [step.symbol for step in calc if step.stage in STAGES[:2]]
    for weight in dict.fromkeys([symbols.weights[-1][0][0], symbols.weights[0][0][0]]):
        unit = _unit(net, weight)
        output = f"out{unit}"
        shares = [derivative(error, output) for error in symbols.errors]
        wanted += [name for name in shares if name in calc]
        wanted += [derivative("Etot", output)] if unit[0] == "h" else []
        wanted += [derivative(output, unit), derivative(unit, weight)]
        wanted += [derivative("Etot", weight), updated(weight)]
    return tuple(dict.fromkeys(wanted))


def _unit(net: Network, weight: str) -> str:
    layer, row, _ = net.symbols.weight_places[weight]
    return net.symbols.preactivations[layer][row]


def practice_network(seed: int, sizes: Sequence[int] = (2, 2, 2)) -> Network:
    """A network to calculate with: numbers of two decimals, no two weights and no two inputs equal.

    The same seed gives the same network.  Raises ValueError or TypeError for a seed below 0 or sizes
    that a network cannot have.
    """
    checks.whole("seed", seed, 0, MOST_SEED)
    checks.sequence("sizes", sizes, MOST_LAYERS + 1, "layer")
    shape = tuple(checks.whole("size", size, 1, MOST_UNITS) for size in sizes)
    if len(shape) < 2:
        raise ValueError(f"sizes must be two layers at least, got {len(shape)}")
    symbols, rng = symbols_of(shape), np.random.default_rng((seed, *shape))
    weights = len(symbols.weight_places)
    size = 0.10 + 0.01 * rng.choice(max(86, weights), weights, replace=False)
    signs = rng.choice([1, 1, -1], weights)
    parts = [
        0.05 + 0.01 * rng.choice(91, shape[0], replace=False),
        size * signs,
        0.10 + 0.01 * rng.choice(81, len(symbols.biases), replace=False),
        0.05 + 0.01 * rng.choice(91, shape[-1], replace=False),
        rng.choice(RATES, 1),
    ]
    return Network.from_values(shape, np.round(np.concatenate(parts), 2))
