"""The views of numbers one by one: every number they show is right, whatever the network."""

import math
import re

import pytest
from frontend import NUMBER, assert_shows, filled, texts, value_of
from oracle import plain_forward

import bpwidgets as bp
from bpwidgets import wording
from bpwidgets.formula import operands
from bpwidgets.widgets.breakdown import MOST_SHOWN

TOLERANCE = 1e-13  # between the oracle's way and the core's


def test_the_controls_show_every_number(shown):
    controls, net = shown.explorer["controls"], shown.net
    scene = controls.scene
    assert list(scene["values"]) == list(net.names)
    for name, (value, text) in scene["values"].items():
        assert value == net[name]
        assert_shows(text, net[name])
        low, high, step = scene["ranges"][name]
        assert low <= value <= high and 0 < step < high - low
    named = [each["name"] for group in controls.frame["groups"] for each in group["controls"]]
    assert named == list(net.names)


def test_the_controls_show_what_has_left_its_start(shown):
    """And to which number a reset would bring it back."""
    controls, net = shown.explorer["controls"], shown.net
    assert controls.scene["starts"] == dict.fromkeys(net.names, "0.10")
    shown.explorer.session.reset("x1", "eta")
    assert set(controls.scene["starts"]) == set(net.names) - {"x1", "eta"}
    shown.explorer.session.reset()
    assert controls.scene["starts"] == {}


def test_the_gradients_show_every_number(shown):
    gradients, net = shown.explorer["gradients"], shown.net
    scene = gradients.scene
    assert list(scene["rows"]) == [row["name"] for row in gradients.frame["rows"]]
    assert set(scene["rows"]) == set(shown.slopes)
    for name, (now, slope, after) in scene["rows"].items():
        assert_shows(now, net[name])
        assert_shows(slope, shown.slopes[name])
        if name[0] == "w":
            assert_shows(after, shown.after[name])
        else:
            assert after == "fixed"
    assert_shows(scene["total"], plain_forward(net)["Etot"])
    assert_shows(scene["total_new"], plain_forward(shown.after)["Etot"])
    assert scene["chosen"] == shown.chosen


def path_count(net: bp.Network, name: str) -> int:
    """How many ways lead from a parameter to the errors, layer by layer."""
    if name[0] == "b":
        layer = int(name[1:]) - 1
        return math.prod(net.sizes[layer + 1 :])
    layer, _, _ = net.symbols.weight_places[name]
    return math.prod(net.sizes[layer + 2 :])


def test_the_breakdown_shows_every_path(shown):
    view, net, values = shown.explorer["breakdown"], shown.net, shown.state.calculation.values
    numbers = view.scene["numbers"]
    paths = bp.breakdown(net, shown.chosen).paths
    assert len(paths) == path_count(net, shown.chosen)
    assert len(view.frame["paths"]) == min(len(paths), MOST_SHOWN)
    for path, row in zip(paths, view.frame["paths"]):
        assert row["route"] == " → ".join([*path.units, path.error])
        for factor, cell in zip(path.factors, row["factors"], strict=True):
            derivative, rule, put_in, value = (filled(each, numbers) for each in cell["rows"])
            assert cell["symbol"] == factor.symbol
            assert derivative == wording.plain(factor.symbol)
            assert rule == factor.rule.replace(" ", "")
            assert value.startswith("(") == value.endswith(")") == ("−" in value.partition("e")[0])
            assert_shows(value, factor.value)
            if needed := operands(factor.formula):
                found = NUMBER.findall(put_in)
                assert len(found) == len(re.findall(r"[a-z]+\d+", rule))
                for text, symbol in zip(found, needed):
                    assert_shows(text.lstrip("−"), abs(values[symbol]))
        assert_shows(filled(row["product"], numbers), path.value)
    total = math.fsum(path.value for path in paths)
    assert total == pytest.approx(shown.slopes[shown.chosen], abs=TOLERANCE)


def test_the_breakdown_shows_the_sum_the_check_and_the_update(shown):
    view, net, chosen = shown.explorer["breakdown"], shown.net, shown.chosen
    slope = shown.slopes[chosen]
    results = {
        line["words"].split()[0]: re.split("[=≈]", filled(line["tree"], view.scene["numbers"]))
        for line in view.frame["lines"]
        if "tree" in line
    }
    unit = 10.0**-shown.state.decimals
    count = path_count(net, chosen)
    assert ("Sum" in results) == (count > 1)
    if count > 1:
        assert_shows(results["Sum"][-1], slope)
        terms = sum(map(value_of, re.sub(r"[()]", "", results["Sum"][1]).split("+")))
        assert terms == pytest.approx(slope, abs=unit * (count + 1), rel=1e-2)
    if chosen[0] == "w":
        key, _, put_in, result = results["Update"]
        assert key == f"w{chosen[1:]}\u2009new"
        found = list(map(value_of, NUMBER.findall(put_in)))
        wanted = [net[chosen], -abs(net["eta"]), slope]  # w − η·…, or w − (−…)·…
        assert found == pytest.approx(wanted, abs=unit, rel=1e-2)
        assert_shows(result, shown.after[chosen])
    else:
        assert "Update" not in results
        assert "stays as it is" in view.frame["lines"][-1]["words"]
    check = value_of(results["Check"][-1])
    assert check == pytest.approx(slope, abs=max(unit, 1e-7), rel=1e-2)


def test_the_breakdown_says_what_it_shows(shown):
    spoken = shown.explorer["breakdown"].scene["spoken"]
    slope = shown.slopes[shown.chosen]
    assert_shows(NUMBER.findall(spoken)[0], slope)
    assert_shows(NUMBER.findall(spoken)[1], plain_forward(shown.net)["Etot"])
    assert ("grows when" in spoken) == (slope > 0)
    assert ("falls when" in spoken) == (slope < 0)


def test_the_conventions_are_followed(explorer):
    explorer.session.change(rule="sequential", biases="trained", chosen="b1")
    net = explorer.session.state.network
    after = bp.update(net, rule="sequential", biases="trained")
    for name, (_, _, new) in explorer["gradients"].scene["rows"].items():
        assert_shows(new, after[name])
    update = explorer["breakdown"].frame["lines"][-1]
    shown = filled(update["tree"], explorer["breakdown"].scene["numbers"])
    assert_shows(shown.split("=")[-1], after["b1"])
    explorer.session.change(biases="fixed")
    assert explorer["gradients"].scene["total_new"] == "0.291027924"  # the widely copied figure
    differs = [line["words"] for line in explorer["breakdown"].frame["lines"] if "tree" in line]
    assert any("It differs" in words for words in differs)
    explorer.session.change(rule="simultaneous")
    assert explorer["gradients"].scene["total_new"] == "0.291027774"
    assert not any("It differs" in words for words in texts(explorer["breakdown"].frame))


@pytest.mark.parametrize("decimals", [3, 6, 12])
def test_as_many_decimals_as_wanted(explorer, decimals):
    explorer.session.change(decimals=decimals)
    total = f"{bp.forward(bp.worked_example()).total_error:.{decimals}f}"
    assert explorer["gradients"].scene["total"] == total
    gradient = f"{bp.backward(bp.worked_example())['w5']:.{decimals}f}"
    assert gradient in explorer["breakdown"].scene["numbers"]
    assert total in explorer["surface"].scene["spoken"]
    assert gradient in explorer["slice"].scene["spoken"]
