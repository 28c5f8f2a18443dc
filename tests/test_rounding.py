"""Carrying k decimals: what comes out, and that the tolerance holds and is not too generous."""

import numpy as np
import pytest
from strategies import random_network

from bpwidgets.calculation import calculation
from bpwidgets.formula import Constant, Difference, Negative, Power, Product, Square, Sum, Symbol
from bpwidgets.notes import worked_example
from bpwidgets.recipe import recipe
from bpwidgets.rounding import carried, roundings, sensitivities, slopes, written_down

NOTES = worked_example()
MOVED = 1e-6


def by_differences(net, quantity):
    """How much of a small change at each step arrives at the quantity, by doing it."""
    found = {}
    for step in calculation(net):
        ends = []
        for move in (MOVED, -MOVED):
            changed = {step.symbol: Sum((step.formula, Constant(move)))}
            ends.append(calculation(net, changed=changed).values[quantity])
        found[step.symbol] = (ends[0] - ends[1]) / (2 * MOVED)
    return found


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("quantity", ["dEtot/dw1", "w1_new", "Etot_new"])
def test_sensitivities_against_differences(seed, quantity):
    net = (
        NOTES
        if seed == 0
        else next(n for n in map(random_network, range(seed * 50, 1000)) if sum(n.sizes) < 9)
    )
    shares = sensitivities(
        recipe(net.sizes, "simultaneous", "fixed"), calculation(net).values, quantity
    )
    for symbol, share in by_differences(net, quantity).items():
        assert shares.get(symbol, 0.0) == pytest.approx(share, rel=1e-6, abs=1e-8)  # O(MOVED²)


def test_the_notes_sum_by_hand():
    # o1 = w5·outh1 + w6·outh2 + b2 from rounded h, outh: 1 + w5(1 + s1) + w6(1 + s2) half units.
    calc = calculation(NOTES).values
    slope1, slope2 = calc["douth1/dh1"], calc["douth2/dh2"]
    wanted = 0.5e-4 * (1 + 0.4 * (1 + slope1) + 0.45 * (1 + slope2))
    assert carried(NOTES, 4)["o1"].tolerance == pytest.approx(wanted, rel=1e-12)


def test_what_is_written_down_inside_the_steps_by_hand():
    # Beside each step its two products, and beside each sigmoid 1 + e^−z, whose share is out².
    lines = recipe(NOTES.sizes, "simultaneous", "fixed")
    calc = calculation(NOTES).values
    found = [*roundings(lines, sensitivities(lines, calc, "o1"), calc)]
    wanted = 3.0
    for weight, out in ((0.4, calc["outh1"]), (0.45, calc["outh2"])):
        wanted += weight * (1 + out**2 + out * (1 - out) * 3)
    assert sum(abs(share) for share, _ in found) == pytest.approx(wanted, rel=1e-12)
    numbers = [number for _, number in found]
    for number in (0.4 * calc["outh1"], 0.15 * 0.05, 1 + np.exp(-calc["h1"]), calc["outh2"]):
        assert any(number == pytest.approx(other, rel=1e-12) for other in numbers)


def test_a_long_product_is_written_down_factor_by_factor():
    values = {"a": 2.0, "b": 3.0, "c": 5.0, "d": 7.0}
    product = Product(tuple(map(Symbol, values)))
    assert [*written_down(product, values)] == [(35.0, 6.0), (7.0, 30.0)]
    square = Square(Difference(Symbol("a"), Symbol("d")))
    assert [*written_down(square, values)] == [(-10.0, -5.0)]


def test_a_step_that_takes_over_a_number_rounds_nothing():
    rows = carried(NOTES, 5)
    assert rows["do1/dw5"].tolerance == rows["outh1"].tolerance
    assert rows["dh1/db1"].tolerance == 0


@pytest.mark.parametrize("decimals", [3, 4, 6, 9])
def test_what_is_carried_stays_within_the_tolerance(decimals):
    used = []
    for seed in range(0, 60, 3):
        net = random_network(seed)
        if len(calculation(net)) > 250:
            continue
        for row in carried(net, decimals).values():
            # To first order; two roundings multiplied, and those of the given numbers, come on top.
            given = 40 * 0.5 * 10.0**-decimals * 10.0**-decimals
            assert abs(row.difference) <= row.tolerance * 1.02 + given + 1e-12
            used.append(abs(row.difference) / (row.tolerance or 1))
    assert max(used) > 0.5  # a tolerance that is never nearly used would be too generous
    assert np.mean(used) > 0.05


def test_the_table_is_that_of_the_calculation():
    rows = carried(NOTES, 3)
    assert list(rows) == list(calculation(NOTES).symbols)
    assert len(rows) == len(calculation(NOTES))
    assert rows["outh1"].rounded == 0.593
    assert rows["outh1"].difference == pytest.approx(0.593 - 0.593269992, abs=1e-9)
    lines = repr(rows).splitlines()
    assert lines[0].split() == ["exact", "3", "decimals", "difference", "tolerance"]
    assert lines[2].split() == ["outh1", "0.593269992", "0.593", "-2.7e-04", "6.2e-04"]
    assert len(lines) == len(rows) + 1


def test_conventions_and_refusals():
    assert carried(NOTES, 9, biases="trained")["b2_new"].exact == pytest.approx(
        0.6 - 0.5 * 0.100400325, abs=1e-9
    )
    assert "b2_new" not in carried(NOTES, 9)
    with pytest.raises(ValueError, match=r"decimals must be .* 0 to 15, got 16"):
        carried(NOTES, 16)
    with pytest.raises(ValueError, match="rule must be"):
        carried(NOTES, 4, rule="both")
    with pytest.raises(KeyError, match="no step"):
        carried(NOTES, 4)["h9"]


def test_slopes_of_one_formula():
    step = calculation(NOTES)["E1"]
    gap = 0.01 - 0.75136507
    found = slopes(step.formula, {"d1": 0.01, "outo1": 0.75136507})
    assert found == pytest.approx({"d1": gap, "outo1": -gap})
    assert slopes(Symbol("a"), {"a": 3.0}) == {"a": 1.0}
    assert slopes(Power(Negative(Symbol("a"))), {"a": 0.7}) == pytest.approx({"a": -np.exp(-0.7)})
