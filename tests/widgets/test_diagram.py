"""The diagram: every number is right and at its place, and stepping hides what is not yet known."""

import math
from itertools import pairwise

import pytest
from frontend import NUMBER, assert_shows, filled, move, page, texts, updates, value_of
from oracle import plain_forward

import bpwidgets as bp
from bpwidgets import wording
from bpwidgets.breakdown import MOST_PATHS
from bpwidgets.plan import plan, route
from bpwidgets.saturation import NEARLY
from bpwidgets.symbols import derivative, updated
from bpwidgets.widgets.diagram import MOST_DECIMALS, MOST_ROUTES
from bpwidgets.widgets.network import WIDEST

NET = bp.worked_example()


def test_every_number_is_at_its_place(shown):
    net, scene, forward = shown.net, shown.explorer["diagram"].scene, plain_forward(shown.net)
    symbols, wanted = net.symbols, {}
    wanted |= {name: [net[name]] for name in symbols.inputs}
    wanted |= {name: [net[name], shown.slopes[name]] for name in symbols.biases}
    units = [unit for layer in symbols.preactivations for unit in layer]
    wanted |= {unit: [forward[unit], forward[f"out{unit}"]] for unit in units}
    pairs = zip(symbols.errors, symbols.targets)
    wanted |= {error: [forward[error], net[target]] for error, target in pairs}
    assert scene["nodes"].keys() == wanted.keys()
    for name, values in wanted.items():
        for text, value in zip(scene["nodes"][name], values, strict=True):
            assert_shows(text.removeprefix(NEARLY), value)
    assert set(scene["edges"]) == set(symbols.weight_places)
    largest = max(abs(net[name]) for name in symbols.weight_places)
    for name, (weight, gradient, width, negative) in scene["edges"].items():
        assert_shows(weight, net[name])
        assert_shows(gradient, shown.slopes[name])
        assert width == pytest.approx(1 + (WIDEST - 1) * abs(net[name]) / largest, abs=0.01)
        assert negative == (net[name] < 0)


def test_the_frame_has_what_the_scene_fills(shown):
    frame, scene = shown.explorer["diagram"].frame, shown.explorer["diagram"].scene
    drawn = plan(shown.net.sizes)
    assert {node["name"]: (node["x"], node["y"]) for node in frame["nodes"]} == dict(drawn.units)
    for node in frame["nodes"]:
        assert len(node["labels"]) == len(scene["nodes"][node["name"]])
        assert node["name"] in node["symbols"].split()
    for edge in frame["edges"]:
        assert edge["name"] in edge["symbols"].split()
    assert {edge["name"] for edge in frame["edges"]} == set(scene["edges"])


def test_every_line_of_the_calculation_has_its_place(explorer):
    """So that it is marked there when it is pointed at in another view."""
    frame = explorer["diagram"].frame
    parts = (*frame["nodes"], *frame["edges"])
    pointed = {symbol for part in parts for symbol in part["symbols"].split()}
    errors = {"Etot", updated("Etot")}  # the sum has no place of its own
    assert set(bp.calculation(NET, biases="trained").symbols) - errors <= pointed
    assert set(NET.names) - {"eta"} <= pointed


def test_the_routes_are_the_paths_of_the_breakdown(shown):
    net, scene = shown.net, shown.explorer["diagram"].scene
    paths = bp.breakdown(net, shown.chosen).paths
    assert len(scene["routes"]) == min(len(paths), MOST_ROUTES)
    for (words, product, symbols), path in zip(scene["routes"], paths):
        assert words.split(" ← ") == [path.error, *reversed(path.units)]
        assert_shows(product, path.value)
        assert symbols.split() == [factor.symbol for factor in path.factors]
    total = math.fsum(path.value for path in paths)
    assert total == pytest.approx(shown.slopes[shown.chosen], abs=1e-13)
    drawn = plan(net.sizes)
    lit = {drawn.edges[name] for name in scene["lit"]}
    lit |= {drawn.plain_edges[place] for place in scene["lit_plain"]}
    assert lit == set(route(net.sizes, shown.chosen))
    assert scene["chosen"] == shown.chosen
    assert_shows(NUMBER.findall(scene["spoken"])[0], shown.slopes[shown.chosen])
    assert ("on one route." in scene["spoken"]) == (len(paths) == 1)
    assert (f"on {len(paths)} routes" in scene["spoken"]) == (len(paths) > 1)


def test_the_notes_routes(explorer):
    explorer.session.change(chosen="w1")
    scene = explorer["diagram"].scene
    assert [words for words, _, _ in scene["routes"]] == ["E1 ← o1 ← h1", "E2 ← o2 ← h1"]
    assert scene["lit"] == ["w1", "w5", "w7"]
    assert scene["spoken"] == "The gradient of w1, 4.39e-4, comes back on 2 routes."
    assert repr(explorer["diagram"]) == "<Diagram 2-2-2: Etot 0.298371109>"


def test_no_more_decimals_than_fit(explorer):
    for decimals in (3, 12):
        explorer.session.change(decimals=decimals)
        for text in texts(explorer["diagram"].scene["nodes"]):
            assert len(text.partition(".")[2]) <= min(decimals, MOST_DECIMALS)


STEPS = bp.calculation(NET).symbols


@pytest.mark.parametrize("rule", ["simultaneous", "sequential"])
def test_stepping_shows_what_is_known(explorer, rule):
    """What a line of the calculation has given is shown from that line on, the given at all times."""
    diagram = explorer["diagram"]
    explorer.session.change(rule=rule)
    calc = bp.calculation(NET, rule=rule)
    places = {"E1": ("E1", 0), "h1": ("h1", 0), "outh2": ("h2", 1), "outo1": ("o1", 1)}
    places |= {derivative("Etot", "b1"): ("b1", 1)}
    gradients = {derivative("Etot", name): name for name in NET.symbols.weight_places}
    full = diagram.scene
    for count, symbol in enumerate(calc.symbols, 1):
        explorer.session.change(at=symbol)
        known = set(calc.symbols[:count])
        scene = diagram.scene
        assert scene["at"] == symbol
        for key, (node, row) in places.items():
            assert scene["nodes"][node][row] == (full["nodes"][node][row] if key in known else "")
        for key, name in gradients.items():
            weight, gradient, *_ = full["edges"][name]
            assert scene["edges"][name][0] == weight
            assert scene["edges"][name][1] == (gradient if key in known else "")
        for name in NET.symbols.inputs:
            assert scene["nodes"][name] == full["nodes"][name]
    explorer.session.change(at="")
    assert diagram.scene == full


@pytest.mark.parametrize("chosen", ["w5", "w1"])
def test_stepping_shows_no_product_before_it_is_known(explorer, chosen):
    diagram, gradient = explorer["diagram"], derivative("Etot", chosen)
    explorer.session.change(chosen=chosen)
    number = wording.number(bp.backward(NET)[chosen], MOST_DECIMALS)
    products = [product for _, product, _ in diagram.scene["routes"]]
    assert number in diagram.scene["spoken"] and all(products)
    place = STEPS.index(gradient)
    for symbol in ("h1", "Etot", STEPS[place - 1]):
        explorer.session.change(at=symbol)
        assert number not in diagram.scene["spoken"]
        assert NUMBER.findall(diagram.scene["spoken"]) == []
    explorer.session.change(at="h1")
    assert [product for _, product, _ in diagram.scene["routes"]] == [""] * len(products)
    explorer.session.change(at=gradient)
    assert number in diagram.scene["spoken"]
    assert [product for _, product, _ in diagram.scene["routes"]] == products


def test_an_edge_is_chosen(explorer):
    move(explorer["diagram"], chosen="w8")
    assert explorer.session.state.chosen == "w8"
    (sent,) = updates(explorer["diagram"])
    assert set(sent) == {"scene", "heard"}
    assert filled(explorer["breakdown"].frame["gradient"], []) == "∂Etot/∂w8"


def wide(*layers: int) -> bp.Network:
    weights = [
        [[0.1 * (row - column) for column in range(before)] for row in range(after)]
        for before, after in pairwise(layers)
    ]
    return bp.Network(
        weights=weights,
        biases=[0.1] * len(weights),
        inputs=[0.5] * layers[0],
        targets=[0.2] * layers[-1],
    )


@pytest.mark.parametrize(
    ("sizes", "note"),
    [
        ((2, 2, 2), ""),
        ((2, 8, 8), "The labels of the 64 weights of layer 2 do not fit"),
        ((2, 8, 8, 2), "The labels of the 80 weights of layers 2, 3 do not fit"),
    ],
    ids=str,
)
def test_what_does_not_fit_is_said(sizes, note):
    with page():
        explorer = bp.Explorer(wide(*sizes), ["diagram"], strict=True)
        frame = explorer["diagram"].frame
        assert frame["note"].partition(";")[0] == note
        for edge in frame["edges"]:
            assert bool(edge["label"]) == (edge["name"] in plan(sizes).label_places)
        explorer.close()


@pytest.mark.parametrize(
    ("sizes", "words"),
    [
        ((2, 2, 4, 2), "on 8 routes."),
        ((2, 16, 16, 2), "on 32 routes; the first 8 are listed."),
    ],
    ids=str,
)
def test_as_many_routes_as_fit_are_listed(sizes, words):
    with page():
        explorer = bp.Explorer(wide(*sizes), ["diagram"], strict=True)
        explorer.session.change(chosen="w1")
        assert explorer["diagram"].scene["spoken"].endswith(words)
        assert len(explorer["diagram"].scene["routes"]) == MOST_ROUTES
        explorer.close()


def test_more_routes_than_can_be_listed():
    with page():
        explorer = bp.Explorer(wide(2, 16, 16, 16, 3), ["diagram"], strict=True)
        explorer.session.change(chosen="w1")
        scene = explorer["diagram"].scene
        count = 16 * 16 * 3
        assert count > MOST_PATHS
        assert scene["routes"] == []
        assert f"on {count} routes" in scene["spoken"]
        assert "first 0" not in scene["spoken"]
        assert value_of(NUMBER.findall(scene["spoken"])[0]) != 0
        explorer.close()


def test_the_picture_has_the_gradients_of_the_page(explorer):
    """Also where the update goes layer by layer."""
    explorer.session.change(rule="sequential", eta=5.0)
    shown = explorer["diagram"].scene["edges"]
    written = {text.get_text() for text in explorer["diagram"].figure().axes[0].texts}
    for name in NET.symbols.weight_places:
        assert f"∂ {shown[name][1]}" in written
