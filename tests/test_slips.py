"""The slip catalogue: data that holds for any network, and numbers worked out by hand."""

import re

import numpy as np
import pytest
from by_hand import BY_HAND, Paper, round_output
from hypothesis import given
from strategies import networks, random_network

from bpwidgets.calculation import calculation
from bpwidgets.marking import mark
from bpwidgets.marking.known import Known
from bpwidgets.network import Network
from bpwidgets.notes import worked_example
from bpwidgets.recipe import recipe
from bpwidgets.slips import SLIPS, cases
from bpwidgets.slips.batch import Batch, pairs
from bpwidgets.slips.near import relatives
from bpwidgets.slips.typed import TYPED

NOTES = worked_example()
COMPUTED = [name for name, slip in SLIPS.items() if slip.rewrites]


def two_two_two(seed: int) -> Network:
    """A 2-2-2 network none of whose numbers is near another."""
    values = np.random.default_rng(seed).uniform(0.2, 1.5, 15)
    values[[1, 4, 8]] *= -1
    values[-3:-1] /= 2
    return Network.from_values((2, 2, 2), values)


# --- the catalogue ---


def test_the_catalogue_is_long_enough_and_fit_to_be_read():
    assert len(COMPUTED) >= 45
    assert len(SLIPS) == len(COMPUTED) + len(TYPED)
    for name, slip in SLIPS.items():
        assert slip.name == name
        assert " + " not in name
        assert slip.what[0].islower() and slip.advice[0].islower()  # they go on in a sentence
        assert not slip.what.endswith(".") and not slip.advice.endswith(".")
        assert len(slip.what) < 80 and len(slip.advice) < 110
    assert len({slip.what for slip in SLIPS.values()}) == len(SLIPS)
    assert repr(SLIPS["extra 2"]).startswith("<Slip extra 2: a factor 2 is left")
    with pytest.raises(TypeError):
        SLIPS["extra 2"] = SLIPS["half kept"]


@pytest.mark.parametrize("name", COMPUTED)
def test_each_slip_moves_the_error_or_a_gradient_of_the_notes_network(name):
    rule = "sequential" if name == "old for updated weight" else "simultaneous"
    for quantity in ("Etot_new", "dEtot/dw1", "dEtot/db2", "dEtot/db1"):
        facts = Known(NOTES, quantity, rule, "fixed")
        for case, number in zip(facts.cases, facts.numbers):
            if case.slip == name and abs(number - facts.right) > 1e-9:
                return
    pytest.fail(f"{name} does nothing")


def test_every_kind_of_line_has_a_slip():
    for symbol in calculation(NOTES).symbols:
        own = [case for case in cases(NOTES, symbol) if symbol in case.at]
        is_copy = symbol.startswith("dEtot/dout") and symbol[-2] == "o"
        assert own or is_copy, symbol


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("rule", ["simultaneous", "sequential"])
def test_a_case_is_a_changed_calculation(seed, rule):
    net = random_network(seed) if seed % 2 else two_two_two(seed)
    rng = np.random.default_rng(seed)
    symbols = calculation(net, rule=rule).symbols
    quantity = symbols[rng.integers(len(symbols))]
    facts = Known(net, quantity, rule, "fixed")
    for place in rng.choice(len(facts.cases), min(40, len(facts.cases)), replace=False):
        case = facts.cases[place]
        led = calculation(net, rule=rule, changed=case.changed)
        # 1e-12: in arrays 1 − out has no digits beyond the 16th decimal, and what follows no more
        assert led.values[quantity] == pytest.approx(
            facts.numbers[place], rel=1e-12, abs=1e-12, nan_ok=True
        )
        assert set(case.at) <= set(symbols)
        assert repr(case).startswith(f"<Case of {case.slip}: {case.at[0]} = ")


def test_cases_belong_to_the_quantity_and_are_all_different():
    for quantity in ("h1", "dEtot/dw1", "Etot_new"):
        found = cases(NOTES, quantity)
        keys = [(case.slip, tuple(case.changed.items())) for case in found]
        assert len(set(keys)) == len(keys)
    assert {case.at for case in cases(NOTES, "h1")} == {("h1",)}
    with pytest.raises(KeyError, match="no step of the calculation 'h9'"):
        cases(NOTES, "h9")


def test_a_slip_made_everywhere_is_one_case():
    places = {case.at for case in cases(NOTES, "dEtot/dw1") if case.slip == "out(1 − out) left out"}
    assert ("douto1/do1", "douto2/do2") in places
    assert ("douto1/do1", "douto2/do2", "douth1/dh1") in places
    assert ("douth1/dh1",) in places


# --- what is near what ---


def test_neighbours_in_the_notes_network():
    near = relatives((2, 2, 2))
    assert near.beside["x1"] == ("x2",)
    assert near.beside["outh1_new"] == ("outh2_new",)
    assert near.in_row["w5"] == ("w6",)
    assert near.in_column["w5"] == ("w7",)
    assert near.transposed["w6"] == ("w7",)
    assert "w5" not in near.transposed
    assert near.elsewhere["w5"][0] == "w1"
    assert near.sums["outo1"] == ("o1",)
    assert near.below["outh2"] == ("x2",)
    assert near.other_biases["b1"] == ("b2",)
    assert near.old["w5_new"] == ("w5",)
    assert near.paths["dE2/douth1"] == ("dE2/douth2",)


def test_a_unit_alone_has_no_neighbour():
    near = relatives((1, 1, 1))
    assert near.beside["x1"] == near.in_row["w1"] == near.in_column["w2"] == ()
    assert not near.transposed
    wide = relatives((4, 3, 1))
    assert wide.beside["x1"] == ("x2", "x4")


@pytest.mark.parametrize("sizes", [(1, 1), (3, 1), (1, 3, 2), (4, 4, 4, 4, 4)])
def test_every_name_that_is_near_exists(sizes):
    known = {line.symbol for line in recipe(sizes, "simultaneous", "trained")}
    known |= set(relatives(sizes).beside) | set(relatives(sizes).in_row)
    for table in vars(relatives(sizes)).values():
        for others in table.values():
            for name in others:
                plain = re.sub("_new$", "", name)
                assert name in known or plain in known or plain[0] in "bx", name


# --- the numbers, by hand ---


@pytest.mark.parametrize("net", [NOTES, *map(two_two_two, range(4))])
def test_paper_and_package_agree_where_nothing_is_wrong(net):
    paper, calc = Paper(net), calculation(net).values
    for name in ("h1", "outh2", "o1", "outo2", "E1", "Etot"):
        assert getattr(paper, name) == pytest.approx(calc[name], rel=1e-12)
    for number in (1, 5, 6, 7, 8):
        assert getattr(paper, f"g{number}") == pytest.approx(calc[f"dEtot/dw{number}"], rel=1e-12)
    assert paper.after() == pytest.approx(calc["Etot_new"], rel=1e-12)


@pytest.mark.parametrize(
    ("slip", "quantity", "number"), BY_HAND, ids=[f"{slip}-{q}" for slip, q, _ in BY_HAND]
)
def test_a_slip_worked_out_by_hand_is_named(slip, quantity, number):
    for net in map(two_two_two, range(5)):
        found = mark(net, quantity, f"{number(Paper(net)):.12g}")
        assert found.verdict == "slip", found
        assert slip in found.slips


@pytest.mark.parametrize("places", range(1, 8))
def test_rounding_too_early_is_named_to_any_number_of_decimals(places):
    """Worked out by hand; the sentence says to how many, or to how many the number is the same."""
    for net in map(two_two_two, range(5)):
        paper = Paper(net)
        errors = {k: (paper.d1 - round_output(paper, k)) ** 2 / 2 for k in range(1, 8)}
        found = mark(net, "E1", f"{errors[places]:.12f}")
        assert "rounded too early" in found.slips
        told = re.search(r"each step before is rounded to (\d) decimal", found.message)
        assert told and errors[int(told[1])] == errors[places]


def test_nearly_all_slips_are_worked_out_by_hand():
    left = set(COMPUTED) - {slip for slip, _, _ in BY_HAND}
    assert left == {"old for updated weight"}  # below


def test_the_old_weight_under_the_sequential_rule():
    for net in map(two_two_two, range(5)):
        paper = Paper(net)
        right = mark(net, "dEtot/dw1", f"{paper.g1:.9g}")
        slipped = mark(net, "dEtot/dw1", f"{paper.g1:.9g}", rule="sequential")
        assert right.verdict == "right"
        assert "old for updated weight" in slipped.slips


# --- many at once ---


@given(networks(limit=3, layers=3, width=3))
def test_a_batch_is_many_calculations(net):
    found = cases(net, "Etot_new")[::25]
    changes = [case.changed for case in found]
    lines = recipe(net.sizes, "simultaneous", "fixed")
    numbers = Batch(lines, "Etot_new", changes).numbers(dict(net))
    slow = [calculation(net, changed=changed)["Etot_new"].value for changed in changes]
    np.testing.assert_allclose(numbers, slow, rtol=1e-12, atol=1e-15)


def test_pairs_are_both_changes_at_once(monkeypatch):
    monkeypatch.setattr("bpwidgets.slips.batch.MOST_NUMBERS", 2000)  # so that it goes in parts
    found = cases(NOTES, "w1_new")[::9]
    changes = [case.changed for case in found]
    two = pairs(changes, [case.slip for case in found])
    lines = recipe(NOTES.sizes, "simultaneous", "fixed")
    numbers = Batch(lines, "w1_new", changes, two).numbers(dict(NOTES))
    assert len(two) > 300
    for (first, second), number in list(zip(two, numbers))[::7]:
        assert found[first].slip != found[second].slip
        assert not set(found[first].at) & set(found[second].at)
        led = calculation(NOTES, changed={**changes[first], **changes[second]})
        assert led["w1_new"].value == pytest.approx(number, rel=1e-12)
