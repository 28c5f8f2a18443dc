"""What the views do with the largest numbers, with any network, and what their reprs say."""

import re

import pytest
from frontend import alone, move, page, texts
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import networks

import bpwidgets as bp
from bpwidgets.presets import preset
from bpwidgets.widgets.explorer import VIEWS

NET = bp.worked_example()
UNREADABLE = re.compile(r"\b(nan|inf|None|Infinity)\b|0x[0-9a-f]{4,}|np\.|array\(", re.IGNORECASE)


def numbers(thing: object) -> list[float]:
    """Every number anywhere in a scene or a frame."""
    if isinstance(thing, dict):
        return numbers([*thing.values()])
    if isinstance(thing, list | tuple):
        return [number for part in thing for number in numbers(part)]
    return [thing] if isinstance(thing, int | float) else []


def assert_readable(explorer: bp.Explorer) -> None:
    """No text anywhere is a NaN, an infinity, an address or a thing of Python's."""
    for view in explorer.views:
        assert view.message == ""
        for text in (*texts(view.frame), *texts(view.scene), repr(view)):
            assert not UNREADABLE.search(text), text
        assert all(abs(number) < 1e308 for number in numbers([view.frame, view.scene]))


@pytest.mark.parametrize("name", NET.names)
@pytest.mark.parametrize("value", [1e6, -1e6, 1e-300, -0.0])
def test_extreme_values_are_shown(name, value):
    with page():
        explorer = bp.Explorer(NET, strict=True)
        controls = explorer["controls"]
        axis = name if name != "eta" else "w1"
        explorer.session.change(**{name: value}, axes=(axis, "w2" if axis != "w2" else "w3"))
        assert_readable(explorer)
        explorer.session.change(chosen="w1", colours="log", curve="log")
        assert_readable(explorer)
        low, high, _ = controls.scene["ranges"][name]
        assert low <= value <= high
        for end in (low, high):  # Home and End
            move(controls, **{name: end})
            assert controls.scene["refused"] == {}
        explorer.close()


@pytest.mark.parametrize("value", [1e6, -1e6, 0.0])
def test_all_values_extreme_at_once(value):
    with page():
        explorer = bp.Explorer(NET.replace(**dict.fromkeys(NET.names, value)), strict=True)
        assert_readable(explorer)
        for looks in ({"colours": "log"}, {"curve": "log"}, {"decimals": 3}, {"decimals": 12}):
            explorer.session.change(**looks)
            assert_readable(explorer)
        explorer.close()


@settings(max_examples=25)
@given(net=networks(), data=st.data())
def test_any_network_is_shown(net, data):
    chosen = data.draw(st.sampled_from(net.symbols.trainable))
    axes = data.draw(st.permutations(net.names[:-1]))[:2]
    scale = data.draw(st.sampled_from(["linear", "log"]))
    at = data.draw(st.sampled_from(["", *bp.calculation(net).symbols]))
    with page():
        explorer = bp.Explorer(net, strict=True)
        assert_readable(explorer)
        explorer.session.change(chosen=chosen, axes=axes, colours=scale, curve=scale, at=at)
        assert_readable(explorer)
        for name in (chosen, axes[0]):
            explorer.session.change(**{name: data.draw(st.floats(-1e6, 1e6))})
        assert_readable(explorer)
        explorer.close()


REPRS = {
    "toolbar": "<Toolbar simultaneous, biases fixed, 9 decimals>",
    "controls": "<Controls w5: 0.40>",
    "diagram": "<Diagram 2-2-2: Etot 0.298371109>",
    "breakdown": "<Breakdown w5: 0.082167041>",
    "gradients": "<Gradients Etot: 0.298371109, after one step: 0.291027774>",
    "surface": "<Surface w5, w6: Etot 0.298371109>",
    "slice": "<Slice w5: slope 0.082167041>",
}


def test_a_repr_is_short_and_has_the_number(explorer):
    assert repr(explorer) == "<Explorer Etot: 0.298371109, w5: 0.082167041>"
    assert {name: repr(explorer[name]) for name in REPRS} == REPRS
    data, _ = alone(explorer["breakdown"])._repr_mimebundle_()
    assert data["text/plain"] == "<Breakdown w5: 0.082167041>"
    explorer.session.change(w5=1e6, w1=-1e6, chosen="w1")
    for each in (explorer, *explorer.views):
        assert len(repr(each)) < 80


@pytest.mark.parametrize("name", VIEWS)
def test_a_repr_follows_the_session(explorer, name):
    first = repr(explorer[name])
    explorer.session.change(
        network=preset("wider"), rule="sequential", at="h1" if name == "steps" else ""
    )
    assert repr(explorer[name]) != first


def test_something_else_than_a_network():
    with pytest.raises(TypeError, match="net must be a Network, got 'w5'"):
        bp.Explorer("w5")
