"""Eight mistakes, each made in the formulas and in the array core, and each caught.

What catches them are the checks that the unchanged core passes here and all through the tests: the
independent oracle, and the numbers that the notes print.
"""

import inspect
from dataclasses import dataclass

import pytest
from oracle import assert_forward, assert_gradient, assert_printed, assert_update

from bpwidgets import forward_pass, gradient, gradient_check
from bpwidgets.calculation import calculation
from bpwidgets.formula import Constant, Difference, Formula, Negative, Product, Sum, Symbol
from bpwidgets.notes import worked_example

NET = worked_example()


def times(*factors: str | Formula) -> Product:
    return Product(tuple(Symbol(f) if isinstance(f, str) else f for f in factors))


def less(name: str, *factors: str) -> Difference:
    return Difference(Symbol(name), times(*factors))


@dataclass(frozen=True)
class Mutant:
    """One mistake: the formulas it changes, and the line of the array core with its replacement.

    function: "forward", "backward" or "update"
    """

    mistake: str
    formulas: dict[str, Formula]
    function: str
    line: str
    replacement: str


SIGN = times("do2/dw8", "douto2/do2", Difference(Negative(Symbol("d2")), Symbol("outo2")))
MISSED = "missed(net, run.preactivations[-1], run.activations[-1])"
THROUGH = "through = net.weights[layer]\n"

MUTANTS = [
    Mutant(
        "sign in dE2/dw8",
        {"dE2/dw8": SIGN, "dEtot/dw8": Symbol("dE2/dw8")},
        "backward",
        MISSED,
        "run.activations[-1] * [1, -1] - net.targets",
    ),
    Mutant(
        "hidden gradient from the updated w5",
        {"do1/douth1": less("w5", "eta", "dEtot/dw5")},
        "backward",
        'if rule == "sequential":',
        "if True:",
    ),
    Mutant(
        "outh2 for outh1",
        {"do1/dw5": Symbol("outh2")},
        "backward",
        "before = run.activations[layer - 1]",
        "before = run.activations[layer - 1][::-1]",
    ),
    Mutant(
        "w1 for w5",
        {"do1/douth1": Symbol("w1")},
        "backward",
        THROUGH,
        "through = net.weights[layer - 1]\n",
    ),
    Mutant(
        "transposed weights",
        {"do1/douth2": Symbol("w7"), "do2/douth1": Symbol("w6")},
        "backward",
        THROUGH,
        "through = net.weights[layer].T\n",
    ),
    Mutant(
        "missing out(1 − out)",
        {"douto1/do1": Constant(1)},
        "backward",
        "by_output * slope(run.preactivations[layer])",
        "by_output",
    ),
    Mutant(
        "b2 for b1",
        {"h1": Sum((times("w1", "x1"), times("w2", "x2"), Symbol("b2")))},
        "forward",
        "zip(net.weights, net.biases)",
        "zip(net.weights, net.biases[::-1])",
    ),
    Mutant(
        "W − η·Etot",
        {f"w{k}_new": less(f"w{k}", "eta", "Etot") for k in range(1, 9)},
        "update",
        "backward(net, rule=rule).flat",
        "np.full(len(net.symbols.trainable), forward(net).total_error)",
    ),
]


def by_formulas(changed: dict[str, Formula]) -> dict[str, dict[str, float]]:
    """What the calculation gives: forward quantities, gradient, weights after a step, all."""
    values = calculation(NET, changed=changed).values
    weights = [name for name in NET.symbols.trainable if name[0] == "w"]
    return {
        "forward": values,
        "gradient": {name: values[f"dEtot/d{name}"] for name in NET.symbols.trainable},
        "update": {name: values[f"{name}_new"] for name in weights},
        "printed": values,
    }


def by_arrays() -> dict[str, dict[str, float]]:
    """The same from the array core, as far as it has names for it."""
    run, slopes, after = forward_pass.forward(NET), gradient.backward(NET), gradient.update(NET)
    everything = {
        **run,
        **{f"dEtot/d{name}": slope for name, slope in slopes.items()},
        **{f"{name}_new": after[name] for name in after if name[0] == "w"},
        **{f"{name}_new": value for name, value in forward_pass.forward(after).items()},
    }
    return {"forward": run, "gradient": slopes, "update": after, "printed": everything}


CHECKS = {
    "forward": lambda found: assert_forward(NET, found),
    "gradient": lambda found: assert_gradient(NET, found),
    "update": lambda found: assert_update(NET, found),
    "printed": assert_printed,
}
OF_FUNCTION = {"forward": "forward", "backward": "gradient", "update": "update"}


def mutate(monkeypatch: pytest.MonkeyPatch, mutant: Mutant) -> None:
    """Put the mutated function in the place of the right one, everywhere in the array core."""
    home = forward_pass if mutant.function == "forward" else gradient
    source = inspect.getsource(getattr(home, mutant.function))
    assert source.count(mutant.line) == 1, f"{mutant.line!r} is no line of {mutant.function} now"
    space = dict(vars(home))
    exec(source.replace(mutant.line, mutant.replacement), space)
    for module in (forward_pass, gradient, gradient_check):
        if hasattr(module, mutant.function):
            monkeypatch.setattr(module, mutant.function, space[mutant.function])


IN_THE_GRADIENT = [mutant for mutant in MUTANTS if mutant.function == "backward"]
named = pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.mistake)


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("found", [lambda: by_formulas({}), by_arrays], ids=["formulas", "arrays"])
def test_without_a_mistake_every_check_passes(found, check):
    CHECKS[check](found()[check])


@named
@pytest.mark.parametrize("by", ["oracle", "printed"])
def test_a_mistake_in_the_formulas_is_caught(mutant, by):
    check = OF_FUNCTION[mutant.function] if by == "oracle" else by
    with pytest.raises(AssertionError):
        CHECKS[check](by_formulas(mutant.formulas)[check])


@named
@pytest.mark.parametrize("by", ["oracle", "printed"])
def test_a_mistake_in_the_array_core_is_caught(mutant, by, monkeypatch):
    mutate(monkeypatch, mutant)
    check = OF_FUNCTION[mutant.function] if by == "oracle" else by
    with pytest.raises(AssertionError):
        CHECKS[check](by_arrays()[check])


@pytest.mark.parametrize("mutant", IN_THE_GRADIENT, ids=lambda mutant: mutant.mistake)
def test_a_mistake_in_the_gradient_is_caught_by_the_gradient_check(mutant, monkeypatch):
    assert gradient_check.check_gradient(NET).agrees
    assert not gradient_check.check_gradient(NET, by_formulas(mutant.formulas)["gradient"]).agrees
    mutate(monkeypatch, mutant)
    assert not gradient_check.check_gradient(NET).agrees


def test_the_mistakes_are_eight_and_different():
    assert len({mutant.mistake for mutant in MUTANTS}) == 8
    finals = {calculation(NET, changed=m.formulas)["Etot_new"].value for m in MUTANTS}
    assert len(finals | {calculation(NET)["Etot_new"].value}) == 9
