"""Stepping through the calculation: each line is the calculation's, with its numbers in place."""

import pytest
from frontend import NUMBER, assert_shows, filled, heard, move, updates

import bpwidgets as bp
from bpwidgets import wording
from bpwidgets.formula import operands
from bpwidgets.gradient import BIASES, RULES
from bpwidgets.recipe import STAGES
from bpwidgets.widgets.steps import SHOWN

NET = bp.worked_example()
CONVENTIONS = [(rule, biases) for rule in RULES for biases in BIASES]


def test_before_the_first_line(explorer):
    steps, calc = explorer["steps"], bp.calculation(NET)
    assert (steps.frame["place"], steps.frame["count"]) == (0, len(calc))
    assert steps.frame["lines"] == []
    assert repr(steps) == f"<Steps {len(calc)} lines, not begun>"


@pytest.mark.parametrize(("rule", "biases"), CONVENTIONS)
def test_every_line_is_the_calculations(explorer, rule, biases):
    steps = explorer["steps"]
    calc = bp.calculation(NET, rule=rule, biases=biases)
    explorer.session.change(rule=rule, biases=biases)
    for place, step in enumerate(calc, 1):
        answered = move(steps, place=place)
        assert heard(steps) == answered
        assert explorer.session.state.at == step.symbol
        assert steps.frame["place"] == place
        assert f"line {place} of {len(calc)}, {step.stage}" == steps.frame["words"]
        lines = steps.frame["lines"]
        shown = calc.symbols[max(0, place - SHOWN) : place]
        assert [line["symbol"] for line in lines] == list(shown)
        symbol, *sides = lines[-1]["tree"]
        texts = [filled(side, steps.scene["numbers"]).removeprefix("=") for side in sides]
        assert filled(symbol, []) == filled(wording.symbol(step.symbol), [])
        assert_shows(texts[-1], step.value)
        assert_shows(NUMBER.findall(steps.scene["spoken"])[0], step.value)
        if step.operands:
            found = NUMBER.findall(texts[1])
            assert len(found) >= len(step.operands)
            wanted = {abs(calc.values[name]) for name in operands(step.formula)}
            for text in found:
                number = float(text.lstrip("−"))
                assert min(abs(number - value) for value in wanted) < 1e-9
    assert repr(steps) == f"<Steps {calc['Etot_new']}>"


def test_the_stages_begin_where_they_begin(explorer):
    calc = bp.calculation(NET)
    assert [stage for _, stage in explorer["steps"].frame["stages"]] == list(STAGES)
    for place, stage in explorer["steps"].frame["stages"]:
        assert calc[calc.symbols[place - 1]].stage == stage
        assert place == 1 or calc[calc.symbols[place - 2]].stage != stage


def test_a_moved_number_is_put_into_the_line_that_is_reached(explorer):
    steps = explorer["steps"]
    move(steps, place=1)
    updates(steps)
    explorer.session.change(x1=0.25)
    (sent,) = updates(steps)
    assert set(sent) == {"scene"}  # typeset once
    value = bp.calculation(NET.replace(x1=0.25))["h1"].value
    texts = [filled(side, steps.scene["numbers"]) for side in steps.frame["lines"][-1]["tree"]]
    assert_shows(texts[-1].removeprefix("="), value)
    explorer.session.change(w8=0.9)
    assert not updates(steps)  # it does not enter here


def test_back_to_before_the_first_line(explorer):
    steps = explorer["steps"]
    move(steps, place=5)
    move(steps, place=0)
    assert explorer.session.state.at == ""
    assert steps.frame["lines"] == []
    assert not explorer.session.can_undo  # it is looking only


def test_a_line_that_is_gone_is_left(explorer):
    explorer.session.change(biases="trained", at="b1_new")
    assert explorer["steps"].frame["place"] > 0
    explorer.session.change(biases="fixed")
    assert explorer["steps"].frame["place"] == 0


@pytest.mark.parametrize("place", [-1, 1.5, True, "3", None, 10_000])
def test_a_place_that_there_is_not(explorer, place):
    before = explorer.session.state
    move(explorer["steps"], place=place)
    assert "place must be a whole number" in explorer["steps"].message
    assert explorer.session.state is before
