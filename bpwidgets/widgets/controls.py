"""Sliders and number fields for every input, weight, bias, target and η."""

from collections.abc import Hashable
from typing import Any

from bpwidgets import wording
from bpwidgets.marking import read_number
from bpwidgets.network import Network
from bpwidgets.session import Session
from bpwidgets.state import State
from bpwidgets.widgets.axes import slider_step
from bpwidgets.widgets.view import Scene, Send, View


class Controls(View):
    """One row a parameter: its symbol, a slider, a field for an exact number.

    The page sends numbers as the slider gives them, and what was typed into a field as text.
    """

    script = "controls"

    def __init__(self, session: Session | Network) -> None:
        self._refused: dict[str, tuple[str, float]] = {}  # the reason, and the value that stayed
        super().__init__(session)

    def frame_needs(self, state: State) -> Hashable:
        return state.network.sizes

    def make_frame(self, state: State) -> Scene:
        return {"groups": _groups(state)}

    def scene_needs(self, state: State) -> Hashable:
        refused = frozenset(self._refused.items())
        return state.network, state.start, tuple(state.ranges.items()), refused

    def make_scene(self, state: State) -> Scene:
        net = state.network
        self._refused = {n: (why, at) for n, (why, at) in self._refused.items() if net.get(n) == at}
        return {
            "values": {name: [net[name], wording.entered(net[name])] for name in net.names},
            "ranges": {name: [*ends, slider_step(ends)] for name, ends in state.ranges.items()},
            "refused": {name: why for name, (why, _) in self._refused.items()},
            "starts": _starts(state),
        }

    def answer(self, change: dict[str, Any], send: Send) -> None:
        """Apply ``{"w5": 0.41, "reset": ["w1"]}``; a refusal is answered beside its field."""
        names = change.pop("reset", None)
        if names is not None:
            self._refused = {name: why for name, why in self._refused.items() if name not in names}
            self.session.reset(*names)
        allowed = self._allowed(change)
        if allowed:
            self.session.change(**allowed)

    def summary(self, state: State) -> str:
        return f"{state.chosen}: {wording.given(state.network[state.chosen])}"

    def _allowed(self, change: dict[str, Any]) -> dict[str, float]:
        """The changes that are allowed; the others are noted as refused, with the reason."""
        net = self.session.state.network
        allowed = {}
        for name in net.symbols.positions.keys() & change.keys():
            self._refused.pop(name, None)
            value = change[name]
            try:
                allowed[name] = read_number(value) if isinstance(value, str) else value
                net.replace(**{name: allowed[name]})
            except (TypeError, ValueError) as reason:
                allowed.pop(name, None)
                self._refused[name] = (str(reason), net[name])
        return allowed


def _starts(state: State) -> dict[str, str]:
    """What resetting a number would give, for those that have left their start."""
    net, start = state.network, state.start
    first = State.of(start).ranges
    return {
        name: wording.entered(start[name])
        for name in net.names
        if net[name] != start[name] or state.ranges[name] != first[name]
    }


def _groups(state: State) -> list[dict[str, Any]]:
    """The parameters by kind: the weights of each layer under a heading of their own."""
    symbols = state.network.symbols
    layers = len(symbols.weights)
    into = ["into the hidden layer", "into the output layer"]
    if layers == 1:
        into = ["into the output layer"]
    elif layers > 2:
        into = [f"into hidden layer {layer}" for layer in range(1, layers)] + into[1:]
    groups = [("Inputs x", symbols.inputs)]
    for words, grid in zip(into, symbols.weights):
        groups.append((f"Weights w {words}", tuple(name for row in grid for name in row)))
    groups += [
        ("Biases b, one a layer", symbols.biases),
        ("Targets d", symbols.targets),
        ("Learning rate η", ("eta",)),
    ]
    return [
        {
            "title": title,
            "controls": [
                {"name": name, "label": wording.plain(name), "symbol": wording.symbol(name)}
                for name in names
            ],
        }
        for title, names in groups
    ]
