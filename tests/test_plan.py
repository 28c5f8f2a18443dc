"""Where the parts of a diagram stand: nothing covers anything else."""

from itertools import combinations, pairwise, product

import numpy as np
import pytest

from bpwidgets.plan import LABEL, NODE, PITCH, Plan, plan, route
from bpwidgets.symbols import symbols_of

SMALL = [sizes for layers in range(2, 6) for sizes in product(range(1, 5), repeat=layers)]
LARGE = [
    *[(first, last) for first in (1, 2, 5, 8, 16) for last in (1, 3, 7, 16)],
    (16, 16, 16, 16, 16),
    (1, 16, 1, 16, 1),
    (2, 8, 2),
    (16, 4, 4, 16),
    (5, 4, 3, 2, 1),
]
Box = tuple[float, float, float, float]


def boxes(placed: Plan) -> dict[str, Box]:
    """Left, top, right, bottom of every node and label."""
    found = {}
    for places, (width, height) in ((placed.units, NODE), (placed.label_places, LABEL)):
        for name, (x, y) in places.items():
            found[name] = (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
    return found


def overlapping(found: dict[str, Box]) -> list[tuple[str, str]]:
    """Every pair of boxes that share more than an edge."""
    names = list(found)
    left, top, right, bottom = np.array(list(found.values())).T
    wide = (left[:, None] < right - 1e-6) & (left < right[:, None] - 1e-6)
    high = (top[:, None] < bottom - 1e-6) & (top < bottom[:, None] - 1e-6)
    return [(names[i], names[j]) for i, j in np.argwhere(wide & high) if i < j]


def check(sizes: tuple[int, ...]) -> None:
    placed, symbols = plan(sizes), symbols_of(sizes)
    found = boxes(placed)
    assert len(found) == len(placed.units) + len(placed.label_places)
    assert not overlapping(found), sizes
    for left, top, right, bottom in found.values():
        assert 0 <= left < right <= placed.width
        assert 0 <= top < bottom <= placed.height
    units = [unit for layer in symbols.preactivations for unit in layer]
    assert set(placed.units) == {*symbols.inputs, *symbols.biases, *units, *symbols.errors}
    for layer, grid in enumerate(symbols.weights):
        fit = {name in placed.label_places for row in grid for name in row}
        assert fit == {placed.labelled[layer]}


def test_overlapping_boxes_are_found():
    found = {"a": (0, 0, 2, 2), "b": (1, 1, 3, 3), "c": (2, 0, 3, 1), "d": (0, 1, 1, 1.5)}
    assert overlapping(found) == [("a", "b"), ("a", "d")]


def test_nothing_overlaps_in_any_network_of_up_to_four_units_and_layers():
    for sizes in SMALL:
        check(sizes)
        assert all(plan(sizes).labelled), sizes


@pytest.mark.parametrize("sizes", LARGE, ids=str)
def test_nothing_overlaps_in_larger_networks(sizes):
    check(sizes)


def test_labels_are_left_out_where_there_is_no_room():
    assert plan((16, 16)).labelled == (False,)
    assert plan((2, 16, 16, 2)).labelled == (False, False, False)
    assert plan((16, 1, 16)).labelled == (True, True)


@pytest.mark.parametrize("sizes", [(2, 2, 2), (1, 1), (3, 4, 2), (4, 4, 4, 4, 4), (8, 1, 8)])
def test_a_label_stands_on_its_edge_clear_of_the_biases_lines(sizes):
    placed = plan(sizes)
    lanes = [placed.line(edge) for edge in placed.plain_edges if edge[0].startswith("b")]
    for name, (x, y) in placed.label_places.items():
        x1, y1, x2, y2 = placed.line(placed.edges[name])
        assert x1 < x < x2
        assert (x - x1) * (y2 - y1) == pytest.approx((y - y1) * (x2 - x1))
        left, right = x - LABEL[0] / 2, x + LABEL[0] / 2
        assert not [lane for lane in lanes if left < max(lane[::2]) and min(lane[::2]) < right]


def test_the_labels_of_a_layer_stand_below_each_other_in_the_order_of_their_names():
    for sizes in ((2, 2, 2), (3, 4, 2), (4, 4)):
        placed = plan(sizes)
        for grid in symbols_of(sizes).weights:
            places = [placed.label_places[name] for row in grid for name in row]
            assert places == sorted(places, key=lambda place: place[1])
            assert np.ptp([x for x, _ in places]) == pytest.approx(0)


@pytest.mark.parametrize("sizes", [(2, 2, 2), (3, 1, 4), (16, 16)])
def test_edges_join_the_nodes_of_their_weight_and_go_to_the_right(sizes):
    placed, symbols = plan(sizes), symbols_of(sizes)
    columns = [symbols.inputs, *symbols.preactivations]
    for name, (layer, row, column) in symbols.weight_places.items():
        assert placed.edges[name] == (columns[layer][column], columns[layer + 1][row])
    for edge in (*placed.edges.values(), *placed.plain_edges):
        x1, y1, x2, y2 = placed.line(edge)
        assert x1 < x2
        start, end = (boxes(placed)[name] for name in edge)
        assert x2 == end[0]
        assert end[1] < y2 < end[3]
        assert (x1, y1) == ((start[0] + start[2]) / 2, start[3]) or x1 == start[2]


@pytest.mark.parametrize("sizes", [(2, 2, 2), (4, 3, 4), (16, 1, 16), (1, 5, 2)])
def test_no_edge_passes_through_a_node(sizes):
    placed = plan(sizes)
    parts = np.linspace(0.001, 0.999, 400)
    found = boxes(placed)
    for edge in (*placed.edges.values(), *placed.plain_edges):
        x1, y1, x2, y2 = placed.line(edge)
        x, y = x1 + parts * (x2 - x1), y1 + parts * (y2 - y1)
        for name in placed.units:
            left, top, right, bottom = found[name]
            assert not ((left < x) & (x < right) & (top < y) & (y < bottom)).any(), (edge, name)


def test_columns_are_spaced_for_reading():
    for sizes in (*LARGE, (2, 2, 2)):
        placed, symbols = plan(sizes), symbols_of(sizes)
        columns = [symbols.inputs, *symbols.preactivations]
        xs = [placed.units[names[0]][0] for names in columns]
        assert (np.diff(xs) >= 170).all()
        for names in columns:
            ys = [placed.units[name][1] for name in names]
            assert (np.diff(ys) >= PITCH[0] - 1e-9).all()
    assert 600 <= plan((2, 2, 2)).width <= 740
    assert 290 <= plan((2, 2, 2)).height <= 340


def test_a_plan_is_made_once():
    assert plan((2, 2, 2)) is plan((2, 2, 2))


def test_the_ways_of_the_notes_weights_and_biases():
    assert route((2, 2, 2), "w5") == {("h1", "o1"), ("o1", "E1")}
    onward = {("h1", "o1"), ("h1", "o2"), ("o1", "E1"), ("o2", "E2")}
    assert route((2, 2, 2), "w1") == {("x1", "h1")} | onward
    assert route((2, 2, 2), "b2") == {("b2", "o1"), ("b2", "o2"), ("o1", "E1"), ("o2", "E2")}
    with pytest.raises(KeyError):
        route((2, 2, 2), "x1")


@pytest.mark.parametrize("sizes", [(2, 2, 2), (2, 3, 2, 2), (1, 1), (3, 2, 3, 1, 2)])
def test_every_way_is_one_of_the_chain_rule(sizes):
    """The edges of a route are those of the breakdown's paths."""
    from bpwidgets.breakdown import _routes

    symbols, placed = symbols_of(sizes), plan(sizes)
    for name in symbols.trainable:
        expected = set()
        for units, error in _routes(symbols, name):
            start = name if name in symbols.biases else placed.edges[name][0]
            way = (start, *units, error)
            expected |= set(pairwise(way))
        assert route(sizes, name) == expected


def test_edges_are_all_different():
    for sizes in ((2, 2, 2), (4, 4, 4)):
        placed = plan(sizes)
        edges = [*placed.edges.values(), *placed.plain_edges]
        assert not [pair for pair in combinations(edges, 2) if pair[0] == pair[1]]
