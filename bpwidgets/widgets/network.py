"""The drawing of a network: what stands where, and the texts of its nodes and edges."""

from collections.abc import Callable, Iterator
from typing import Any

from bpwidgets import wording
from bpwidgets.network import Network
from bpwidgets.plan import NODE, Plan, plan
from bpwidgets.symbols import Symbols, derivative, symbols_of, updated

WIDEST = 6.0  # pixels, the line of the largest weight
Text = Callable[[str], str]  # a symbol's number; "" for one that is not known


def network_frame(sizes: tuple[int, ...]) -> dict[str, Any]:
    """What the page draws once for these layer sizes."""
    symbols, drawn = symbols_of(sizes), plan(sizes)
    return {
        "width": drawn.width,
        "height": drawn.height,
        "node": list(NODE),
        "nodes": list(_nodes(symbols, drawn)),
        "edges": list(_edges(symbols, drawn)),
        "plain": [list(drawn.line(edge)) for edge in drawn.plain_edges],
        "note": _note(symbols, drawn),
    }


def network_texts(net: Network, text: Text) -> dict[str, Any]:
    """What stands in the nodes and beside the edges."""
    return {"nodes": dict(_node_texts(net.symbols, text)), "edges": _edge_texts(net, text)}


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


def _node_texts(symbols: Symbols, text: Text) -> Iterator[tuple[str, list[str]]]:
    for name in symbols.inputs:
        yield name, [text(name)]
    for name in symbols.biases:
        yield name, [text(name), text(derivative("Etot", name))]
    for layer in symbols.preactivations:
        for name in layer:
            yield name, [text(name), text(f"out{name}")]
    for name, target in zip(symbols.errors, symbols.targets):
        yield name, [text(name), text(target)]


def _edge_texts(net: Network, text: Text) -> dict[str, list[Any]]:
    """For each weight: its value, its gradient, the width of its line, whether it is negative."""
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
