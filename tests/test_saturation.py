"""Saturated units: their numbers as exact as floats can be, and what is said of them."""

from decimal import Decimal, localcontext

import numpy as np
import pytest

from bpwidgets.breakdown import breakdown
from bpwidgets.calculation import calculation
from bpwidgets.forward_pass import forward
from bpwidgets.gradient import backward, update
from bpwidgets.network import Network
from bpwidgets.notes import worked_example
from bpwidgets.saturation import marked, practically, saturated
from bpwidgets.training import train

NET = worked_example()
DIGITS = 400  # 1 − out of a sum of 700 has its first digit at the 304th place
SMALLEST = Decimal("1e-300")  # below it floats lose their digits one by one


def exact(net: Network) -> dict[str, Decimal]:
    """Etot, out(1 − out) of every unit and the gradient of a network of three layers, in 400 digits."""
    symbols, value = net.symbols, {name: Decimal(net[name]) for name in net.names}
    with localcontext(prec=DIGITS):
        found, signals, outputs = {}, [value[name] for name in symbols.inputs], []
        for grid, bias, units in zip(symbols.weights, symbols.biases, symbols.preactivations):
            sums = [sum(value[w] * s for w, s in zip(row, signals)) + value[bias] for row in grid]
            signals = [1 / (1 + (-z).exp()) for z in sums]
            outputs.append(dict(zip(units, signals)))
        slope = {unit: out * (1 - out) for layer in outputs for unit, out in layer.items()}
        missed = [out - value[d] for out, d in zip(signals, symbols.targets)]
        found["Etot"] = sum(gap * gap for gap in missed) / 2
        found |= {f"dout{unit}/d{unit}": at for unit, at in slope.items()}
        upper = [gap * slope[unit] for gap, unit in zip(missed, symbols.preactivations[1])]
        lower = [
            sum(value[row[j]] * delta for row, delta in zip(symbols.weights[1], upper))
            * slope[unit]
            for j, unit in enumerate(symbols.preactivations[0])
        ]
        before = [value[name] for name in symbols.inputs], list(outputs[0].values())
        for grid, deltas, signals in zip(symbols.weights, (lower, upper), before):
            for row, delta in zip(grid, deltas):
                found |= {f"dEtot/d{w}": delta * s for w, s in zip(row, signals)}
        for bias, deltas in zip(symbols.biases, (lower, upper)):
            found[f"dEtot/d{bias}"] = sum(deltas)
        return found


def extreme(seed: int) -> Network:
    """The notes' sizes with sums up to some hundred; targets that can be reached and that cannot."""
    rng = np.random.default_rng(seed)
    flat = rng.uniform(-1, 1, len(NET.names)) * rng.choice([1.0, 10.0, 100.0])
    flat[-3:-1] = rng.choice([0.0, 0.25, 1.0], 2)
    return Network.from_values(NET.sizes, flat)


@pytest.mark.parametrize(
    "seeds", [range(start, start + 50) for start in range(0, 300, 50)], ids=str
)
def test_a_number_that_is_not_0_is_not_shown_as_0(seeds):
    """In arrays and by hand, and to nine digits: what a sum is rounded by does not matter more."""
    for seed in seeds:
        net = extreme(seed)
        run, slopes, by_hand = forward(net), backward(net), calculation(net)
        for symbol, right in exact(net).items():
            found = {by_hand.values[symbol]}
            if symbol == "Etot":
                found.add(run.total_error)
            elif symbol.startswith("dEtot"):
                found.add(slopes[symbol.removeprefix("dEtot/d")])
            for number in found:
                missed = abs(Decimal(number) - right)
                assert missed <= abs(right) * Decimal("1e-9") + SMALLEST, (seed, symbol, number)


@pytest.mark.parametrize("biases", ["fixed", "trained"])
@pytest.mark.parametrize("d1", [0.01, 1.0])
def test_training_too_goes_on_by_what_is_left(d1, biases):
    """From weights of 0, whose new values have all the digits of the gradient."""
    net = NET.replace(w5=0.0, w7=0.0, b2=60.0, eta=1e6, d1=d1)
    walk, after = train(net, 1, biases=biases), update(net, biases=biases)
    right = exact(net)
    for name in ("w5", "w7"):
        moved = float(-(Decimal(10) ** 6) * right[f"dEtot/d{name}"])
        assert moved != 0
        assert walk.final[name] == pytest.approx(moved, rel=1e-9, abs=0)
        assert after[name] == pytest.approx(moved, rel=1e-9, abs=0)
    both = NET.replace(b2=60.0, d1=1.0, d2=1.0)
    assert train(both, 1).errors[0] == pytest.approx(float(exact(both)["Etot"]), rel=1e-9, abs=0)


def test_sums_beyond_every_float_do_no_harm():
    """e^−h is ∞ then, and the slope 0."""
    for sign in (1, -1):
        net = NET.replace(w1=sign * 1e6, x1=1e6, b2=sign * 1e6)
        walk = train(net, 3, biases="trained")
        assert np.isfinite(walk.parameters).all() and np.isfinite(walk.errors).all()
        assert np.isfinite(backward(net).flat).all()
        assert all(np.isfinite(step.value) for step in calculation(net))


def test_rounded_and_changed_calculations_have_1_minus_out_as_written():
    """On paper 1 − 1.0000 is 0."""
    net = NET.replace(b2=40.0)
    assert calculation(net)["douto1/do1"].value > 0
    assert calculation(net, decimals=4)["douto1/do1"].value == 0


def test_a_repr_shows_no_zeros_for_a_number():
    net = NET.replace(b2=40.0)
    path = breakdown(net, "w5").paths[0]
    shown = (backward(net), breakdown(net, "w5"), path, path.factors[1])
    for thing in shown:
        assert " 0.000000000" not in repr(thing) and "e-" in repr(thing)
    assert " = 0.000000000" not in str(calculation(net)["douto1/do1"])
    assert "w1: 0.000000000," in repr(backward(NET.replace(x1=0.0)))  # which it is


# --- what is said ---


@pytest.mark.parametrize(
    ("output", "decimals", "end"),
    [
        (1.0, 9, 1),
        (0.99996, 4, 1),
        (0.99994, 4, None),
        (0.5, 3, None),
        (4e-5, 4, 0),
        (6e-5, 4, None),
    ],
)
def test_practically_is_what_is_written(output, decimals, end):
    assert practically(output, decimals) == end


def test_the_sentence():
    def said(units, **numbers):
        return saturated(calculation(NET.replace(**numbers)).values, units, 9)

    o1 = calculation(NET.replace(b2=40.0)).values["o1"]
    with localcontext(prec=60):
        away = f"{1 - 1 / (1 + (-Decimal(o1)).exp()):.2e}".replace("E", "e").replace("e+", "e")
    assert said(["h1", "o1"], b2=40.0) == (
        f"outo1 is practically 1, only {away} away: hardly any error comes back through it."
    )
    assert said(["h1", "o1", "o2"], b2=40.0, b1=-40.0) == (
        "outo1 and outo2 are practically 1: hardly any error comes back through them. "
        f"outh1 is practically 0, only {forward(NET.replace(b1=-40.0))['outh1']:.2e} away: "
        "hardly any error comes back through it."
    )
    assert said(["o1"], b2=800.0) == "outo1 is practically 1: no error comes back through it."
    assert said(["h1", "h2", "o1", "o2"]) == ""


def test_the_mark():
    assert marked("1.0000", 4) == "≈1.000"
    assert marked("0.0000", 4) == "≈0.000"
    assert marked("0.9999", 4) == "0.9999"
