"""The lines of the hand calculation for any layer sizes, before any number is put in.

The order is the order of hand work: forward pass, errors, then backwards layer by layer, the update,
and the second forward pass.  With the sequential rule each layer is updated before the one below it is
differentiated; with the simultaneous rule all layers are updated at the end.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bpwidgets.formula import (
    Constant,
    Difference,
    Formula,
    Negative,
    Product,
    Sigmoid,
    Square,
    Symbol,
    total,
)
from bpwidgets.symbols import Symbols, derivative, symbols_of, updated

STAGES = ("forward", "errors", "backward", "update", "second forward")
ONE = Constant(1)


@dataclass(frozen=True, slots=True)
class Line:
    """A symbol and the formula that gives it; ``stage`` is one of `STAGES`."""

    symbol: str
    formula: Formula
    stage: str


@lru_cache(maxsize=64)
def recipe(sizes: tuple[int, ...], rule: str, biases: str) -> tuple[Line, ...]:
    """All lines for these layer sizes and conventions, in the order of hand work."""
    return tuple(_Recipe(symbols_of(sizes), rule == "sequential", biases == "trained").lines())


@dataclass(frozen=True)
class _Recipe:
    symbols: Symbols
    sequential: bool
    train_biases: bool

    def lines(self) -> Iterator[Line]:
        layers = range(len(self.symbols.weights))
        yield from self._forward("forward", "errors", after=False)
        for layer in reversed(layers):
            yield from self._backward(layer)
            if self.sequential:
                yield from self._update(layer)
        if not self.sequential:
            for layer in reversed(layers):
                yield from self._update(layer)
        yield from self._forward("second forward", "second forward", after=True)

    # --- forward: h1 = w1·x1 + w2·x2 + b1, outh1 = σ(h1), E1 = ½(d1 − outo1)², Etot = E1 + E2 ---

    def _forward(self, stage: str, error_stage: str, *, after: bool) -> Iterator[Line]:
        symbols = self.symbols

        def now(name: str) -> str:
            return updated(name) if after else name

        signals: tuple[str, ...] = symbols.inputs
        for layer, units in enumerate(symbols.preactivations):
            bias = symbols.biases[layer]
            bias = now(bias) if self.train_biases else bias
            for unit, row in zip(units, symbols.weights[layer]):
                terms = [_product(now(weight), signal) for weight, signal in zip(row, signals)]
                yield Line(now(unit), total(*terms, Symbol(bias)), stage)
                yield Line(now(f"out{unit}"), Sigmoid(Symbol(now(unit))), stage)
            signals = tuple(now(name) for name in symbols.activations[layer])
        for error, target, output in zip(symbols.errors, symbols.targets, signals):
            missed = Difference(Symbol(target), Symbol(output))
            yield Line(now(error), Product((Constant(0.5), Square(missed))), error_stage)
        errors = [Symbol(now(error)) for error in symbols.errors]
        yield Line(now("Etot"), total(*errors), error_stage)

    # --- backward: the derivative by each unit's output, then by its weights, then by the bias ---

    def _backward(self, layer: int) -> Iterator[Line]:
        symbols = self.symbols
        units = symbols.preactivations[layer]
        is_output = layer == len(symbols.weights) - 1
        for number, unit in enumerate(units):
            by_output = self._output(number) if is_output else self._hidden(layer, number)
            for line in by_output:
                yield Line(*line, "backward")
            yield Line(derivative(f"out{unit}", unit), _slope(unit), "backward")
            for column, weight in enumerate(symbols.weights[layer][number]):
                signal = self._signals(layer)[column]
                yield Line(derivative(unit, weight), Symbol(signal), "backward")
                if is_output:
                    error = symbols.errors[number]
                    yield Line(derivative(error, weight), _chain(error, unit, weight), "backward")
                yield Line(derivative("Etot", weight), _chain("Etot", unit, weight), "backward")
        bias = symbols.biases[layer]
        for unit in units:
            yield Line(derivative(unit, bias), ONE, "backward")
        shared = [_chain("Etot", unit, bias) for unit in units]
        yield Line(derivative("Etot", bias), total(*shared), "backward")

    def _output(self, number: int) -> Iterator[tuple[str, Formula]]:
        symbols = self.symbols
        output, error = symbols.activations[-1][number], symbols.errors[number]
        missed = Difference(Symbol(symbols.targets[number]), Symbol(output))
        yield derivative(error, output), Negative(missed)
        # The other errors do not contain this output.
        yield derivative("Etot", output), Symbol(derivative(error, output))

    def _hidden(self, layer: int, number: int) -> Iterator[tuple[str, Formula]]:
        symbols = self.symbols
        output = symbols.activations[layer][number]
        above = symbols.preactivations[layer + 1]
        for unit, row in zip(above, symbols.weights[layer + 1]):
            weight = updated(row[number]) if self.sequential else row[number]
            yield derivative(unit, output), Symbol(weight)
        last = layer + 1 == len(symbols.weights) - 1
        for place, error in enumerate(symbols.errors):
            through = (above[place],) if last else above  # E1 sees only o1 of the last layer
            terms = [_chain(error, unit, output) for unit in through]
            yield derivative(error, output), total(*terms)
        parts = [Symbol(derivative(error, output)) for error in symbols.errors]
        yield derivative("Etot", output), total(*parts)

    # --- update: w5_new = w5 − η·∂Etot/∂w5 ---

    def _update(self, layer: int) -> Iterator[Line]:
        names = [name for row in self.symbols.weights[layer] for name in row]
        if self.train_biases:
            names.append(self.symbols.biases[layer])
        for name in names:
            move = _product("eta", derivative("Etot", name))
            yield Line(updated(name), Difference(Symbol(name), move), "update")

    def _signals(self, layer: int) -> tuple[str, ...]:
        return self.symbols.activations[layer - 1] if layer else self.symbols.inputs


def _product(*names: str) -> Product:
    return Product(tuple(Symbol(name) for name in names))


def _slope(unit: str) -> Product:
    """The sigmoid's derivative by its own value: out(1 − out)."""
    output = Symbol(f"out{unit}")
    return Product((output, Difference(ONE, output)))


def _chain(error: str, unit: str, by: str) -> Product:
    """The chain rule through one unit: ∂unit/∂by · ∂out/∂unit · ∂error/∂out."""
    output = f"out{unit}"
    return _product(derivative(unit, by), derivative(output, unit), derivative(error, output))
