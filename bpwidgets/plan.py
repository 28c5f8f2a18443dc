"""Where the parts of a network's diagram stand, for any sizes; the page and the printed figure share it.

From left to right: inputs, hidden units, outputs, errors; a layer's bias above its units.  Lengths are
pixels of the page at its usual size, from the upper left corner.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bpwidgets.symbols import Symbols, symbols_of

Point = tuple[float, float]
Line = tuple[float, float, float, float]  # x1, y1, x2, y2
Edge = tuple[str, str]  # the symbols of the nodes it joins

NODE = (92.0, 48.0)  # width and height of a node: its symbol and two numbers
LABEL = (78.0, 26.0)  # of a weight's label: its value and its gradient
MARGIN = 8.0
COLUMN = 600.0  # the height that a column of units may take up before they are set closer
PITCH = (58.0, 160.0)  # from one unit of a column to the next: least and most
BIAS_GAP = 40.0  # between the biases and the uppermost unit
BIAS_LANE = 10.0  # left of every column, where the lines from its bias come down
ERROR_GAP = 42.0
LABEL_GAP = 2.0  # the least space between two labels
LEAST_GAP = 120.0  # between two columns
BARE_GAP = 200.0  # between two columns whose weights are not labelled


@dataclass(frozen=True, eq=False, repr=False)
class Plan:
    """A diagram's nodes, edges and labels.

    units: the centre of each node, of size NODE, by its symbol: inputs, biases, units (by the symbol of
        the preactivation), errors
    edges: the nodes that each weight joins
    plain_edges: the edges without a weight, from a bias to its units and from an output to its error
    label_places: the centre of each weight's label, of size LABEL; none where the labels do not fit
    labelled: for each layer of weights, whether its labels fit
    """

    width: float
    height: float
    units: Mapping[str, Point]
    edges: Mapping[str, Edge]
    plain_edges: tuple[Edge, ...]
    label_places: Mapping[str, Point]
    labelled: tuple[bool, ...]

    def line(self, edge: Edge) -> Line:
        """Where an edge runs: it leaves a node on the right, a bias below, and enters on the left."""
        return _line(self.units, edge)


@lru_cache(maxsize=64)
def plan(sizes: tuple[int, ...]) -> Plan:
    """The plan for a network with these layer sizes, inputs first; made once for each."""
    symbols = symbols_of(sizes)
    parts = [_label_part(before, after) for before, after in pairwise(sizes)]
    xs = [MARGIN + NODE[0] / 2]
    for gap in (*map(_gap, parts), ERROR_GAP):
        xs.append(xs[-1] + NODE[0] + gap)
    top = MARGIN + NODE[1] + BIAS_GAP
    body = NODE[1] + max((size - 1) * _pitch(size) for size in sizes)
    columns = [symbols.inputs, *symbols.preactivations, symbols.errors]
    units = dict(_column_places(columns, xs, top + body / 2))
    for bias, x in zip(symbols.biases, xs[1:]):
        units[bias] = (x - NODE[0] / 2 - BIAS_LANE + 2, MARGIN + NODE[1] / 2)
    edges = dict(_weight_edges(symbols))
    layers = {name: parts[layer] for name, (layer, _, _) in symbols.weight_places.items()}
    return Plan(
        width=xs[-1] + NODE[0] / 2 + MARGIN,
        height=top + body + MARGIN,
        units=units,
        edges=edges,
        plain_edges=tuple(_plain_edges(symbols)),
        label_places={
            name: _along(_line(units, edges[name]), part)
            for name, part in layers.items()
            if part is not None
        },
        labelled=tuple(part is not None for part in parts),
    )


def route(sizes: tuple[int, ...], name: str) -> frozenset[Edge]:
    """Every edge on the paths from a weight or a bias to the errors: the chain rule's paths."""
    symbols = symbols_of(sizes)
    if name in symbols.biases:
        layer = symbols.biases.index(name)
        reached = symbols.preactivations[layer]
        edges = {(name, unit) for unit in reached}
    else:
        layer, row, _ = symbols.weight_places[name]
        reached = (symbols.preactivations[layer][row],)
        edges = {dict(_weight_edges(symbols))[name]}
    for following in symbols.preactivations[layer + 1 :]:
        edges |= {(before, after) for before in reached for after in following}
        reached = following
    ends = zip(symbols.preactivations[-1], symbols.errors)
    return frozenset(edges | {(unit, error) for unit, error in ends if unit in reached})


def _pitch(size: int) -> float:
    least, most = PITCH
    return max(least, min(most, COLUMN / size))


def _label_part(before: int, after: int) -> float | None:
    """How far along its edge a label stands, from 0 to 1; None if the labels of the layer do not fit.

    At this part of the way all edges of the layer are evenly spaced, those into one unit next to each
    other, so that the labels stand below each other in the order of their names.
    """
    near, far = _pitch(before), _pitch(after)
    if before == 1 or after == 1:
        part = 0.5
        space = 0.5 * min(near, far)
    else:
        part = before * near / (far + before * near)
        space = (1 - part) * near
    return part if space >= LABEL[1] + LABEL_GAP else None


def _gap(part: float | None) -> float:
    """The space between two columns in which a label stays clear of both, and of the bias's lines."""
    if part is None:
        return BARE_GAP
    half = LABEL[0] / 2
    return max(LEAST_GAP, (half + LABEL_GAP) / part, (half + BIAS_LANE + LABEL_GAP) / (1 - part))


def _column_places(
    columns: list[tuple[str, ...]], xs: list[float], middle: float
) -> Iterator[tuple[str, Point]]:
    for names, x in zip(columns, xs):
        first = middle - (len(names) - 1) / 2 * _pitch(len(names))
        for place, name in enumerate(names):
            yield name, (x, first + place * _pitch(len(names)))


def _weight_edges(symbols: Symbols) -> Iterator[tuple[str, Edge]]:
    columns = [symbols.inputs, *symbols.preactivations]
    for name, (layer, row, column) in symbols.weight_places.items():
        yield name, (columns[layer][column], columns[layer + 1][row])


def _plain_edges(symbols: Symbols) -> Iterator[Edge]:
    for bias, units in zip(symbols.biases, symbols.preactivations):
        for unit in units:
            yield bias, unit
    yield from zip(symbols.preactivations[-1], symbols.errors)


def _line(units: Mapping[str, Point], edge: Edge) -> Line:
    (x1, y1), (x2, y2) = units[edge[0]], units[edge[1]]
    if edge[0].startswith("b"):
        return x1, y1 + NODE[1] / 2, x2 - NODE[0] / 2, y2
    return x1 + NODE[0] / 2, y1, x2 - NODE[0] / 2, y2


def _along(line: Line, part: float) -> Point:
    x1, y1, x2, y2 = line
    return x1 + part * (x2 - x1), y1 + part * (y2 - y1)
