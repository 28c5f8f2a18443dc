"""The network as a diagram: every number at its place, and the routes that a gradient takes back."""

from collections.abc import Hashable, Iterator
from typing import Any

from matplotlib.figure import Figure

from bpwidgets import wording
from bpwidgets.breakdown import MOST_PATHS, Path, breakdown, path_count
from bpwidgets.pictures_diagram import diagram_picture
from bpwidgets.plan import NODE, Plan, plan, route
from bpwidgets.state import State
from bpwidgets.symbols import Symbols, derivative, updated
from bpwidgets.widgets.view import Scene, View

MOST_DECIMALS = 4  # that fit into a node
LONGEST = 9  # signs of a number that fit
MOST_ROUTES = 8  # written out below the diagram
WIDEST = 6.0  # pixels, the line of the largest weight


class Diagram(View):
    """Nodes with preactivation and activation, edges with weight and gradient.

    An edge or a bias that is pressed is chosen.  While stepping, only what is known already is shown.
    """

    script = "diagram.js"

    def frame_needs(self, state: State) -> Hashable:
        return state.network.sizes

    def make_frame(self, state: State) -> Scene:
        symbols, drawn = state.network.symbols, plan(state.network.sizes)
        return {
            "width": drawn.width,
            "height": drawn.height,
            "node": list(NODE),
            "nodes": list(_nodes(symbols, drawn)),
            "edges": list(_edges(symbols, drawn)),
            "plain": [list(drawn.line(edge)) for edge in drawn.plain_edges],
            "note": _note(symbols, drawn),
        }

    def scene_needs(self, state: State) -> Hashable:
        return state.network, state.rule, state.biases, state.decimals, state.chosen, state.at

    def make_scene(self, state: State) -> Scene:
        text = _Text(state)
        return {
            "nodes": {name: rows for name, rows in _node_texts(state.network.symbols, text)},
            "edges": _edge_texts(state, text),
            "chosen": state.chosen,
            "at": state.at,
            **_routes(state, text),
        }

    def summary(self, state: State) -> str:
        sizes = "-".join(map(str, state.network.sizes))
        return f"{sizes}: Etot {state.calculation.values['Etot']:.9f}"

    def figure(self) -> Figure:
        state = self.session.state
        return diagram_picture(state.network, chosen=state.chosen, rule=state.rule)


class _Text:
    """The numbers of a state, short enough for the diagram; none that stepping has not reached."""

    def __init__(self, state: State) -> None:
        self._knows = state.knows
        self._values = state.calculation.values
        self._given = state.network.symbols.positions
        self._decimals = min(state.decimals, MOST_DECIMALS)

    def __call__(self, symbol: str) -> str:
        if not self._knows(symbol):
            return ""
        words = wording.given if symbol in self._given else wording.number
        text = words(self._values[symbol], self._decimals)
        return text if len(text) <= LONGEST else wording.scientific(self._values[symbol], 2)

    def product(self, path: Path) -> str:
        known = self._knows(*(factor.symbol for factor in path.factors))
        return wording.number(path.value, self._decimals) if known else ""


# --- the frame ---


def _nodes(symbols: Symbols, drawn: Plan) -> Iterator[dict[str, Any]]:
    """Each node: its symbol, its place, the labels of its rows, everything that it stands for."""
    for name, (x, y) in drawn.units.items():
        kind, labels, stands_for = _node(symbols, name)
        yield {
            "name": name,
            "kind": kind,
            "x": x,
            "y": y,
            "labels": [wording.split(label) for label in labels],
            "symbols": " ".join(stands_for),
        }


def _node(symbols: Symbols, name: str) -> tuple[str, tuple[str, ...], list[str]]:
    if name in symbols.inputs:
        return "input", (name,), [name]
    if name in symbols.biases:
        units = symbols.preactivations[symbols.biases.index(name)]
        moves = [derivative(unit, name) for unit in units]
        return "bias", (name, "∂"), [name, derivative("Etot", name), updated(name), *moves]
    if name in symbols.errors:
        place = symbols.errors.index(name)
        output, target = symbols.activations[-1][place], symbols.targets[place]
        return "error", (name, target), [name, target, derivative(name, output), updated(name)]
    output = f"out{name}"
    both = [name, output, updated(name), updated(output), derivative(output, name)]
    both += [derivative(error, output) for error in (*symbols.errors, "Etot")]
    return "unit", (name, "out"), both


def _edges(symbols: Symbols, drawn: Plan) -> Iterator[dict[str, Any]]:
    outputs = symbols.preactivations[-1]
    for name, edge in drawn.edges.items():
        before, unit = edge
        signal = before if before in symbols.inputs else f"out{before}"
        stands_for = [name, derivative(unit, name), derivative("Etot", name), updated(name)]
        if unit in outputs:
            stands_for.append(derivative(symbols.errors[outputs.index(unit)], name))
        yield {
            "name": name,
            "line": list(drawn.line(edge)),
            "label": list(drawn.label_places.get(name, ())),
            "labels": [wording.split(name), ["∂", ""]],
            "words": f"{name}, from {before} to {unit}",
            "symbols": " ".join([*stands_for, derivative(unit, signal)]),
        }


def _note(symbols: Symbols, drawn: Plan) -> str:
    """What does not fit, in words."""
    bare = [layer for layer, fits in enumerate(drawn.labelled, 1) if not fits]
    if not bare:
        return ""
    which = "layer " if len(bare) == 1 else "layers "
    which += ", ".join(map(str, bare))
    count = sum(len(row) for layer in bare for row in symbols.weights[layer - 1])
    return (
        f"The labels of the {count} weights of {which} do not fit; choose a weight to see its own."
    )


# --- the scene ---


def _node_texts(symbols: Symbols, text: _Text) -> Iterator[tuple[str, list[str]]]:
    for name in symbols.inputs:
        yield name, [text(name)]
    for name in symbols.biases:
        yield name, [text(name), text(derivative("Etot", name))]
    for layer in symbols.preactivations:
        for name in layer:
            yield name, [text(name), text(f"out{name}")]
    for name, target in zip(symbols.errors, symbols.targets):
        yield name, [text(name), text(target)]


def _edge_texts(state: State, text: _Text) -> dict[str, list[Any]]:
    """For each weight: its value, its gradient, the width of its line, whether it is negative."""
    net = state.network
    names = net.symbols.weight_places
    largest = max(abs(net[name]) for name in names) or 1.0
    return {
        name: [
            text(name),
            text(derivative("Etot", name)),
            round(1 + (WIDEST - 1) * abs(net[name]) / largest, 2),
            net[name] < 0,
        ]
        for name in names
    }


def _routes(state: State, text: _Text) -> dict[str, Any]:
    """The ways that the chosen gradient takes back: their edges, and the product of each."""
    symbols, drawn = state.network.symbols, plan(state.network.sizes)
    edges = route(state.network.sizes, state.chosen)
    lit = [name for name, edge in drawn.edges.items() if edge in edges]
    plain = [place for place, edge in enumerate(drawn.plain_edges) if edge in edges]
    count = path_count(symbols, state.chosen)
    paths = _listed(state, count)
    return {
        "lit": lit,
        "lit_plain": plain,
        "routes": [_route(path, text) for path in paths],
        "spoken": _spoken(state, text(derivative("Etot", state.chosen)), count, len(paths)),
    }


def _listed(state: State, count: int) -> tuple[Path, ...]:
    """The first of so many routes, as paths of factors; none where they are too many to be listed."""
    if count > MOST_PATHS:
        return ()
    return breakdown(state.network, state.chosen, state.calculation).paths[:MOST_ROUTES]


def _spoken(state: State, gradient: str, count: int, listed: int) -> str:
    name = wording.plain(state.chosen)
    value = f", {gradient}," if gradient else ""
    routes = "one route" if count == 1 else f"{count} routes"
    rest = f"; the first {listed} are listed" if 0 < listed < count else ""
    return f"The gradient of {name}{value} comes back on {routes}{rest}."


def _route(path: Path, text: _Text) -> list[str]:
    """A route backwards, as the gradient takes it: its words, its product, its factors' symbols."""
    back = " ← ".join([path.error, *reversed(path.units)])
    symbols = " ".join(factor.symbol for factor in path.factors)
    return [back, text.product(path), symbols]
