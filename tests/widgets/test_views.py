"""The views one by one: every number they show is the core's, whatever the network."""

import math
import re

import numpy as np
import pytest
from frontend import assert_shows, filled, page
from oracle import complex_step, plain_forward
from strategies import random_network

import bpwidgets as bp
from bpwidgets.widgets.breakdown import MOST_SHOWN

NET = bp.worked_example()
TOLERANCE = 1e-13  # between the oracle's way and the core's
NUMBER = re.compile(r"−?\d+\.\d+(?:e-?\d+)?")


def value_of(text: str) -> float:
    return float(text.strip("()").replace("−", "-"))


def states() -> list[tuple[bp.Network, str]]:
    """Twenty random networks, ten of them of the notes' size, each with a parameter to explain."""
    rng = np.random.default_rng(7)
    found = []
    for seed in range(20):
        net = random_network(seed)
        if seed % 2:
            values = dict(zip(NET.names, rng.uniform(-3, 3, len(NET.names))))
            net = NET.replace(**values)
        found.append((net, str(rng.choice(net.symbols.trainable))))
    return found


@pytest.fixture(params=states(), ids=lambda state: f"{state[0].sizes}-{state[1]}")
def shown(request):
    """An Explorer of a random state, reached by one change; the state's network and chosen name."""
    net, chosen = request.param
    start = net.replace(**dict.fromkeys(net.names, 0.1))
    with page():
        explorer = bp.Explorer(start, strict=True)
        explorer.session.change(**net, chosen=chosen)
        yield explorer, net, chosen
        explorer.close()


def slopes_and_after(net: bp.Network) -> tuple[dict[str, float], dict[str, float]]:
    slopes = complex_step(net)
    weights = {name: net[name] - net["eta"] * slopes[name] for name in slopes if name[0] == "w"}
    return slopes, weights


def test_the_controls_show_every_number(shown):
    explorer, net, _ = shown
    scene = explorer.views[0].scene
    assert list(scene["values"]) == list(net.names)
    for name, (value, text) in scene["values"].items():
        assert value == net[name]
        assert_shows(text, net[name])
        low, high, step = scene["ranges"][name]
        assert low <= value <= high and 0 < step < high - low
    named = [
        each["name"] for group in explorer.views[0].frame["groups"] for each in group["controls"]
    ]
    assert named == list(net.names)
    assert not scene["at_start"]


def test_the_gradients_show_every_number(shown):
    explorer, net, chosen = shown
    scene = explorer.views[2].scene
    slopes, weights = slopes_and_after(net)
    assert list(scene["rows"]) == [row["name"] for row in explorer.views[2].frame["rows"]]
    assert set(scene["rows"]) == set(slopes)
    for name, (now, slope, after) in scene["rows"].items():
        assert_shows(now, net[name])
        assert_shows(slope, slopes[name])
        if name in weights:
            assert_shows(after, weights[name])
        else:
            assert after == "fixed"
    assert_shows(scene["total"], plain_forward(net)["Etot"])
    assert_shows(scene["total_new"], plain_forward(net.replace(**weights))["Etot"])
    assert scene["chosen"] == chosen


def routes(net: bp.Network, name: str) -> int:
    """How many ways lead from a parameter to the errors, counted backwards."""
    ways = np.ones(net.sizes[-1])
    counts = [ways]
    for grid in reversed(net.weights[1:]):
        ways = ways @ np.ones_like(grid)
        counts.insert(0, ways)
    if name[0] == "b":
        return int(counts[int(name[1:]) - 1].sum())
    layer, row, _ = net.symbols.weight_places[name]
    return int(counts[layer][row])


def test_the_breakdown_shows_every_number(shown):
    explorer, net, chosen = shown
    frame, scene = explorer.views[1].frame, explorer.views[1].scene
    numbers = scene["numbers"]
    slopes, weights = slopes_and_after(net)
    paths = bp.breakdown(net, chosen).paths
    assert len(paths) == routes(net, chosen)
    assert len(frame["paths"]) == min(len(paths), MOST_SHOWN)
    for path, row in zip(paths, frame["paths"]):
        for factor, cell in zip(path.factors, row["factors"], strict=True):
            text = filled(cell["value"], numbers)
            assert text.startswith("(") == text.endswith(")") == ("−" in text.partition("e")[0])
            assert_shows(text, factor.value)
        assert_shows(filled(row["product"], numbers)[1:], path.value)
    assert math.fsum(path.value for path in paths) == pytest.approx(slopes[chosen], abs=TOLERANCE)
    results = {
        line["words"].split()[0]: re.split("[=≈]", filled(line["tree"], numbers))
        for line in frame["lines"]
        if "tree" in line
    }
    assert ("Sum" in results) == (len(paths) > 1)
    if len(paths) > 1:
        assert_shows(results["Sum"][-1], slopes[chosen])
        terms = sum(map(value_of, re.sub(r"[()]", "", results["Sum"][1]).split("+")))
        assert terms == pytest.approx(slopes[chosen], abs=1e-9 * (len(paths) + 1), rel=1e-6)
    if chosen in weights:
        key, _, filled_in, result = results["Update"]
        assert key == f"w{chosen[1:]}new"
        found = list(map(value_of, NUMBER.findall(filled_in)))
        wanted = [net[chosen], -abs(net["eta"]), slopes[chosen]]  # w − η·…, or w − (−…)·…
        assert found == pytest.approx(wanted, abs=1e-9, rel=1e-6)
        assert_shows(result, weights[chosen])
    check = value_of(results["Check"][-1])
    assert check == pytest.approx(slopes[chosen], abs=1e-7)
    assert_shows(NUMBER.findall(scene["spoken"])[0], slopes[chosen])
    assert_shows(NUMBER.findall(scene["spoken"])[1], plain_forward(net)["Etot"])
    assert ("grows when" in scene["spoken"]) == (slopes[chosen] > 0)


def test_the_surface_shows_every_number(shown):
    explorer, net, _ = shown
    surface = explorer.views[3]
    state = explorer.session.state
    _, weights = slopes_and_after(net)
    after = net.replace(**weights)
    for where, what in (("point", net), ("after", after)):
        for name, part in zip(state.axes, surface.scene[where]):
            low, high = state.ranges[name]
            assert low + part * (high - low) == pytest.approx(what[name], abs=1e-12)
    x, y, total, low, high = NUMBER.findall(surface.scene["text"])
    assert_shows(x, net[state.axes[0]])
    assert_shows(y, net[state.axes[1]])
    assert_shows(total, plain_forward(net)["Etot"])
    grids = [np.linspace(*state.ranges[name], 61) for name in state.axes]
    some = [
        plain_forward(net.replace(**dict(zip(state.axes, (a, b)))))["Etot"]
        for a in grids[0][::10]
        for b in grids[1][::10]
    ]
    assert float(low) <= min(some) + 1e-6 and max(some) - 1e-6 <= float(high)


def test_the_map_is_the_error():
    """A shade is a linear measure of the error; along a contour line the error is one number."""
    with page():
        explorer = bp.Explorer(NET, strict=True)
        explorer.session.change(axes=("w5", "w1"))
        sent = explorer.views[3].map
        axes = np.linspace(-4, 4, 61)
        error = np.array(
            [[plain_forward(NET.replace(w5=a, w1=b))["Etot"] for a in axes[::6]] for b in axes[::6]]
        )
        shades = np.frombuffer(sent["shades"], np.uint8).reshape(61, 61)[::6, ::6].astype(float)
        slope, offset = np.polyfit(shades.ravel(), error.ravel(), 1)
        assert (
            np.abs(shades * slope + offset - error).max() <= 0.6 * slope
        )  # a half, and the fit's own error
        assert shades.max() - shades.min() > 100
        points = np.frombuffer(sent["lines"], "<f4").reshape(-1, 2).astype(float)
        assert sum(sent["lengths"]) == len(points) > 100
        assert 0 <= points.min() < points.max() <= 1
        start, levels = 0, []
        for length in sent["lengths"]:
            line = points[start : start + length : 7]
            values = [
                plain_forward(NET.replace(w5=8 * x - 4, w1=8 * y - 4))["Etot"] for x, y in line
            ]
            assert max(values) - min(values) < 1e-3
            levels.append(np.mean(values))
            start += length
        assert len({round(level, 2) for level in levels}) > 3
        explorer.close()
