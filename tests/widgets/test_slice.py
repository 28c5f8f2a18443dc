"""The slice: the curve is the error, and the tangent has the gradient as its slope."""

from unittest.mock import Mock

import numpy as np
import pytest
from frontend import NUMBER, assert_shows, assert_ticks, heard, move, updates
from oracle import plain_forward

import bpwidgets as bp
from bpwidgets.widgets import slice as slice_module

NET = bp.worked_example()


def heights(explorer: bp.Explorer) -> np.ndarray:
    return np.frombuffer(explorer["slice"].curve["heights"], "<f4").astype(float)


def errors(net: bp.Network, name: str, ends: tuple[float, float], count: int) -> np.ndarray:
    values = np.linspace(*ends, count)
    return np.array([plain_forward(net.replace(**{name: value}))["Etot"] for value in values])


def test_the_curve_is_the_error_and_the_tangent_its_slope(shown):
    net, name, scene = shown.net, shown.chosen, shown.explorer["slice"].scene
    low, high = shown.state.ranges[name]
    curve = heights(shown.explorer)
    assert 0 <= curve.min() < curve.max() <= 1
    error = errors(net, name, (low, high), len(curve))
    scale, bottom = np.polyfit(curve, error, 1)  # from parts of the picture to errors
    spread = error.max() - error.min()
    assert curve * scale + bottom == pytest.approx(error, abs=1e-5 * max(spread, 1e-6))
    assert_ticks(shown.explorer["slice"].curve["ticks"], bottom, bottom + scale, 1e-4)
    x, y = scene["point"]
    assert low + x * (high - low) == pytest.approx(net[name], abs=1e-12)
    total = plain_forward(net)["Etot"]
    assert y * scale + bottom == pytest.approx(total, abs=1e-4 * max(spread, 1e-6))
    start_x, start_y, end_x, end_y = scene["tangent"]
    slope = (end_y - start_y) / (end_x - start_x) * scale / (high - low)
    assert slope == pytest.approx(shown.slopes[name], abs=1e-4 * scale / (high - low), rel=1e-4)
    assert ((start_x + end_x) / 2, (start_y + end_y) / 2) == pytest.approx((x, y), abs=1e-12)
    length = np.hypot(end_x - start_x, end_y - start_y)
    assert length == pytest.approx(2 * slice_module.HALF_TANGENT)
    assert low + scene["after"] * (high - low) == pytest.approx(shown.after[name], abs=1e-12)


def test_the_slice_says_what_it_shows(shown):
    net, name, scene = shown.net, shown.chosen, shown.explorer["slice"].scene
    value, total, slope = NUMBER.findall(scene["spoken"])
    assert_shows(value, net[name])
    assert_shows(total, plain_forward(net)["Etot"])
    assert_shows(slope, abs(shown.slopes[name]))
    assert ("falls by" in scene["spoken"]) == (shown.slopes[name] < 0)
    assert scene["value"] == net[name]
    assert scene["words"] == f"{name} {value}"
    assert repr(shown.explorer["slice"]) == f"<Slice {name}: slope {shown.slopes[name]:.9f}>"


def test_the_tangent_is_the_slope_whatever_the_update(explorer):
    """Going layer by layer, the update of w1 uses another number than the slope of the error."""
    explorer.session.change(chosen="w1", w1=2.0, eta=1.5)
    scene = explorer["slice"].scene
    explorer.session.change(rule="sequential")
    state, sequential = explorer.session.state, explorer["slice"].scene
    assert state.gradient != pytest.approx(state.slopes["w1"], rel=1e-3)
    assert sequential["tangent"] == scene["tangent"]
    assert sequential["spoken"] == scene["spoken"]
    low, high = state.ranges["w1"]
    after = bp.update(state.network, rule="sequential")["w1"]
    assert low + sequential["after"] * (high - low) == pytest.approx(after, abs=1e-12)


def test_a_fixed_bias_stays(explorer):
    explorer.session.change(chosen="b2")
    scene = explorer["slice"].scene
    assert scene["after"] == scene["point"][0]
    explorer.session.change(biases="trained")
    assert explorer["slice"].scene["after"] < scene["after"]  # its gradient is positive


def test_the_curve_is_computed_only_when_something_else_moved(explorer, monkeypatch):
    computed = Mock(side_effect=bp.error_surface)
    monkeypatch.setattr(slice_module, "error_surface", computed)

    def sent(**changes: object) -> tuple[set[str], int]:
        computed.reset_mock()
        explorer.session.change(**changes)
        messages = updates(explorer["slice"])
        assert len(messages) <= 1
        return set().union(*messages), computed.call_count

    assert sent(w5=0.41) == sent(w5=-3.0) == ({"scene"}, 0)
    assert sent(w1=0.5) == sent(x1=0.2) == ({"scene", "curve"}, 1)
    assert sent(w5=17.0) == ({"frame", "scene", "curve"}, 1)  # the axis itself grew
    assert sent(chosen="w1") == ({"frame", "scene", "curve"}, 1)
    assert sent(axes=("w1", "w2")) == sent(colours="log") == sent(curve="log") == (set(), 0)
    assert sent(at="Etot") == ({"scene"}, 0)  # its gradient is not reached yet
    explorer.session.change(eta=0.4)
    explorer.session.change(rule="sequential")
    assert computed.call_count == 0


@pytest.mark.parametrize("ends", [(-4.0, 4.0), (0.0, 0.5), (-1e6, 1e6)], ids=str)
def test_the_axis_has_its_numbers_in_the_right_places(explorer, ends):
    explorer.session.change(ranges={"w5": ends})
    frame = explorer["slice"].frame
    assert (frame["name"], frame["word"]) == ("w5", "w5")
    assert frame["ends"][:2] == list(ends)
    assert_ticks(frame["ticks"], *ends)
    assert heights(explorer).shape == (161,)


def test_the_point_is_dragged_as_a_number(explorer):
    answered = move(explorer["slice"], w5=1.5)
    assert explorer.session.state.network == NET.replace(w5=1.5)
    (sent,) = updates(explorer["slice"])
    assert set(sent) == {"scene", "heard"}
    assert heard(explorer["slice"]) == answered
    assert explorer["slice"].scene["value"] == 1.5


def test_a_flat_curve_is_shown(explorer):
    """x1 is 0, so that w1 does not matter: a level line, in the middle of the picture."""
    explorer.session.change(x1=0.0, chosen="w1")
    curve, scene = heights(explorer), explorer["slice"].scene
    assert np.ptp(curve) < 1e-6
    assert 0.2 < curve[0] < 0.8
    assert scene["tangent"][1] == scene["tangent"][3] == scene["point"][1]
