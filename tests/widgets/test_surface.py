"""The surface: the map, the point, the arrow, the next step, the walked path, the ranges."""

from unittest.mock import Mock

import numpy as np
import pytest
from frontend import NUMBER, assert_shows, assert_ticks, move, texts, updates, value_of
from oracle import plain_forward

import bpwidgets as bp
from bpwidgets.widgets import surface as surface_module

NET = bp.worked_example()


def error_at(**values: float) -> float:
    return plain_forward(NET.replace(**values))["Etot"]


def test_the_surface_shows_every_number(shown):
    net, state, scene = shown.net, shown.state, shown.explorer["surface"].scene
    for where, what in (("point", net), ("after", shown.after)):
        for name, part in zip(state.axes, scene[where]):
            low, high = state.ranges[name]
            assert low + part * (high - low) == pytest.approx(what[name], abs=1e-12)
    assert scene["values"] == [net[name] for name in state.axes]
    x, y, total, low, high, *slopes = NUMBER.findall(scene["spoken"])
    for text, name in zip((x, y), state.axes):
        assert_shows(text, net[name])
        assert f"{name} {text}" in scene["words"]
    assert_shows(total, plain_forward(net)["Etot"])
    for text, name in zip(slopes, state.axes, strict=True):
        assert_shows(text, shown.slopes[name])
    grids = [np.linspace(*state.ranges[name], 61) for name in state.axes]
    some = [
        plain_forward(net.replace(**dict(zip(state.axes, (a, b)))))["Etot"]
        for a in grids[0][::10]
        for b in grids[1][::10]
    ]
    unit = 10.0**-state.decimals
    assert value_of(low) <= min(some) + unit and max(some) - unit <= value_of(high)
    assert ("one update leads" in scene["spoken"]) == (scene["point"] != scene["after"])


def test_the_arrow_points_uphill(shown):
    """In the picture, where the axes may have different scales."""
    first = shown.state.axes[0]
    shown.explorer.session.change(ranges={first: (-40.0, 60.0)})
    state, scene = shown.state, shown.explorer["surface"].scene
    arrow = np.subtract(scene["arrow"], scene["point"])
    steps = np.array(
        [
            shown.slopes[name] / (state.ranges[name][1] - state.ranges[name][0])
            for name in state.axes
        ]
    )
    length = np.hypot(*arrow)
    assert 0 < length <= 0.3 + 1e-12
    assert arrow / length == pytest.approx(steps / np.hypot(*steps), abs=1e-9)


def test_the_arrow_is_as_long_as_the_hill_is_steep(explorer):
    found = []
    for w5 in (0.4, 3.0, -1.0):
        explorer.session.change(w5=w5)
        scene, slopes = explorer["surface"].scene, bp.backward(explorer.session.state.network)
        length = np.hypot(*np.subtract(scene["arrow"], scene["point"]))
        found.append(length / np.hypot(slopes["w5"], slopes["w6"]))
    assert found == pytest.approx([found[0]] * 3, rel=1e-9)


def test_where_it_is_flat_there_is_no_arrow(explorer):
    explorer.session.change(w5=0.0, w6=0.0, x1=0.0, x2=0.0, axes=("w1", "w2"))
    scene = explorer["surface"].scene
    assert scene["arrow"] == scene["point"]
    assert "0.000000000 along w1, 0.000000000 along w2" in scene["spoken"]


def test_an_update_moves_no_input_and_no_target(explorer):
    explorer.session.change(axes=("x1", "d2"))
    scene = explorer["surface"].scene
    assert scene["after"] == scene["point"]
    assert scene["spoken"].endswith("An update moves neither.")
    for text, name in zip(NUMBER.findall(scene["spoken"])[-2:], ("x1", "d2")):
        change = error_at(**{name: NET[name] + 1e-5}) - error_at(**{name: NET[name] - 1e-5})
        assert value_of(text) == pytest.approx(change / 2e-5, abs=2e-9)
    explorer.session.change(axes=("b1", "b2"), biases="trained")
    assert explorer["surface"].scene["spoken"].endswith("The ring is where one update leads.")


@pytest.mark.parametrize("colours", ["linear", "log"])
def test_the_map_is_the_error(explorer, colours):
    """A shade measures the error, or its logarithm; along a contour line the error is one number."""
    explorer.session.change(axes=("w5", "w1"), colours=colours)
    sent = explorer["surface"].map
    measure = np.log if colours == "log" else np.asarray
    assert explorer["surface"].scene["colours"] == colours
    grid = np.linspace(-4, 4, 61)[::6]
    error = measure([[error_at(w5=a, w1=b) for a in grid] for b in grid])
    shades = np.frombuffer(sent["shades"], np.uint8).reshape(61, 61)[::6, ::6].astype(float)
    slope, offset = np.polyfit(shades.ravel(), error.ravel(), 1)
    # a half, and the fit's own error
    assert np.abs(shades * slope + offset - error).max() <= 0.6 * slope
    assert shades.max() - shades.min() > 100
    for part, text in sent["ticks"]:  # beside the colour bar
        if colours == "linear":
            assert value_of(text) == pytest.approx(255 * part * slope + offset, abs=2 * slope)
    points = np.frombuffer(sent["lines"], "<u2").reshape(-1, 2) / 65_535
    assert sum(sent["lengths"]) == len(points) > 100
    assert 0 <= points.min() < points.max() <= 1
    start, levels = 0, []
    for length in sent["lengths"]:
        line = points[start : start + length : 7]
        values = [error_at(w5=8 * x - 4, w1=8 * y - 4) for x, y in line]
        assert max(values) - min(values) < 2e-3
        levels.append(np.mean(values))
        start += length
    assert len({round(level, 2) for level in levels}) > 3
    if colours == "linear":  # a line at every number beside the bar, and one between two
        first, second = (value_of(text) for _, text in sent["ticks"][:2])
        halves = 2 * np.array(levels) / (second - first)
        assert halves == pytest.approx(halves.round(), abs=0.05)


RANGES = [(-4.0, 4.0), (0.0, 1.0), (-1e6, 1e6), (0.39, 0.41), (-0.123456, 7.654321), (0.0, 1e-6)]


@pytest.mark.parametrize("ends", RANGES, ids=str)
def test_the_axes_have_their_numbers_in_the_right_places(explorer, ends):
    value = min(max(ends[0], 0.4), ends[1])
    explorer.session.change(w5=value)
    explorer.session.change(ranges={"w5": ends})
    axis, other = explorer["surface"].frame["axes"]
    assert (axis["name"], other["name"]) == ("w5", "w6")
    assert_ticks(axis["ticks"], *ends)
    assert axis["ends"][:2] == list(ends)
    for text, end in zip(axis["texts"], ends):
        assert_shows(text, end)


def test_the_map_is_computed_only_when_something_else_moved(explorer, monkeypatch):
    surface = explorer["surface"]
    computed = Mock(side_effect=bp.error_surface)
    monkeypatch.setattr(surface_module, "error_surface", computed)

    def sent(**changes: object) -> tuple[set[str], int]:
        computed.reset_mock()
        explorer.session.change(**changes)
        messages = updates(surface)
        assert len(messages) <= 1
        return set().union(*messages), computed.call_count

    assert sent(w5=0.41) == sent(w6=-3.0) == sent(w5=1.0, w6=1.0, chosen="w5") == ({"scene"}, 0)
    assert sent(w1=0.5) == ({"scene", "map"}, 1)
    assert sent(w5=17.0) == ({"map", "frame", "scene"}, 1)  # the axis itself grew
    assert sent(w5=16.9) == sent(eta=0.4) == ({"scene"}, 0)
    assert sent(chosen="w1") == sent(curve="log") == (set(), 0)
    assert sent(at="Etot") == ({"scene"}, 0)  # the gradient is not reached yet
    assert sent(axes=("w1", "w6")) == ({"map", "frame", "scene"}, 1)
    assert sent(w1=0.51) == sent(rule="sequential") == ({"scene"}, 0)
    assert sent(w5=0.2) == ({"scene", "map"}, 1)
    assert sent(colours="log") == ({"scene", "map"}, 1)
    explorer.show(explorer.session.state)
    assert not updates(surface)


def walked(explorer: bp.Explorer) -> np.ndarray:
    """The path, in the numbers on the axes."""
    parts = np.frombuffer(explorer["surface"].walked, "<f4").reshape(-1, 2).astype(float)
    state = explorer.session.state
    low, high = np.array([state.ranges[name] for name in state.axes]).T
    return low + parts * (high - low)


def test_the_walked_path_is_training(explorer):
    assert explorer["surface"].walked == b""
    explorer.session.train(20)
    walk = bp.train(NET, 20)
    way = np.stack([walk["w5"], walk["w6"]], axis=1)
    assert walked(explorer) == pytest.approx(way, abs=1e-6)
    explorer.session.change(step=7)  # up to where the network stands
    assert walked(explorer) == pytest.approx(way[:8], abs=1e-6)
    explorer.session.change(axes=("d1", "w6"))  # training moves no target
    still = np.stack([np.full(8, NET["d1"]), walk["w6"][:8]], axis=1)
    assert walked(explorer) == pytest.approx(still, abs=1e-6)
    explorer.session.change(w5=0.9)  # another beginning
    assert explorer["surface"].walked == b""


def test_a_long_path_ends_where_the_network_is(explorer):
    explorer.session.train(5000)
    path, state = walked(explorer), explorer.session.state
    assert 100 < len(path) <= 300
    assert path[0] == pytest.approx([NET["w5"], NET["w6"]], abs=1e-6)
    assert path[-1] == pytest.approx([state.network["w5"], state.network["w6"]], abs=1e-6)


def test_the_path_is_sent_after_training_only(explorer):
    explorer.session.train(3)
    assert "walked" in updates(explorer["surface"])[0]
    explorer.session.change(eta=0.6)
    explorer.session.change(decimals=4)
    assert not any("walked" in sent for sent in updates(explorer["surface"]))


def test_a_typed_range(explorer):
    surface = explorer["surface"]
    answered = move(surface, range=["w5", "-1", "2.5"])
    assert explorer.session.state.ranges["w5"] == (-1.0, 2.5)
    (sent,) = updates(surface)
    assert set(sent) == {"frame", "scene", "map", "heard"}
    assert sent["heard"][:2] == answered
    axis = surface.frame["axes"][0]
    assert (axis["ends"][:2], axis["texts"]) == ([-1.0, 2.5], ["−1.00", "2.50"])
    assert surface.scene["point"][0] == pytest.approx(1.4 / 3.5)
    shades = np.frombuffer(surface.map["shades"], np.uint8).reshape(61, 61)
    hill = bp.error_surface(NET, "w5", "w6", x_range=(-1.0, 2.5))
    assert np.corrcoef(shades.ravel(), hill.error.ravel())[0, 1] > 0.999
    assert explorer["controls"].scene["ranges"]["w5"][:2] == [-1.0, 2.5]
    explorer.session.undo()
    assert surface.frame["axes"][0]["ends"][:2] == [-4.0, 4.0]


REFUSED = {
    ("2", "-1"): "the range of w5 must run from low to high",
    ("1", "2"): "the range of w5 must hold its value 0.4, got 1.0 to 2.0",
    ("x", "2"): "“x” is not a number",
    ("0", ""): "type a number",
    ("0,1", "2"): "write it with a point",
    ("-1e7", "2"): "the range of w5 must be a finite number",
    ("0.4", "0.4"): "the range of w5 must run from low to high",
}


@pytest.mark.parametrize(("ends", "reason"), REFUSED.items(), ids=str)
def test_a_refused_range_says_why(explorer, ends, reason):
    before, surface = explorer.session.state, explorer["surface"]
    answered = move(surface, range=["w5", *ends])
    (sent,) = updates(surface)
    assert sent["heard"][:2] == answered
    assert reason in sent["scene"]["refused"]["w5"]
    assert explorer.session.state is before
    assert surface.message == ""
    move(surface, range=["w6", "x", "1"])  # both may be wrong
    (sent,) = updates(surface)
    assert set(sent["scene"]["refused"]) == {"w5", "w6"}
    move(surface, range=["w5", "-2", "2"])
    assert "w5" not in surface.scene["refused"]
    assert explorer.session.state.ranges["w5"] == (-2.0, 2.0)


def test_a_refused_range_that_is_typed_right_again_is_answered(explorer):
    """Also if the range is the one that there was."""
    surface = explorer["surface"]
    move(surface, range=["w5", "x", "4"])
    updates(surface)
    move(surface, range=["w5", "-4", "4"])
    (sent,) = updates(surface)
    assert sent["scene"]["refused"] == {}


def test_a_refused_range_is_not_shown_of_other_axes(explorer):
    surface = explorer["surface"]
    move(surface, range=["w5", "x", "4"])
    explorer.session.change(axes=("w1", "w2"))
    assert surface.scene["refused"] == {}


def test_the_axes_can_be_every_number_of_the_error(explorer):
    names = [name for name, _ in explorer["surface"].frame["names"]]
    assert names == list(NET.names[:-1])
    for name in names[1:]:
        move(explorer["surface"], axes=[names[0], name])
        assert explorer["surface"].message == ""
        assert f"and {name} = " in explorer["surface"].scene["spoken"]
    assert all("eta" not in text for text in texts(explorer["surface"].frame))
