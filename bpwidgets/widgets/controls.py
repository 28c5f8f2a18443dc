"""Sliders and number fields for every input, weight, bias, target and η."""

import math
from typing import Any

from bpwidgets import wording
from bpwidgets.marking import read_number
from bpwidgets.session import Session, State
from bpwidgets.widgets.view import View


class Controls(View):
    """One row a parameter: its symbol, a slider, a field for an exact number.

    The page sends ``{"change": {"w5": 0.41}, "heard": [page, count]}``, texts typed into a field as
    text.  The scene gives the last ``heard`` back, so that a page knows which of its moves it shows.
    """

    script = "controls.js"

    def __init__(self, session: Session) -> None:
        self._heard: list[Any] = []
        self._refused: dict[str, str] = {}
        super().__init__(session)

    def place(self, state: State) -> None:
        net = state.network
        self.frame = {"groups": _groups(state)}
        self.scene = {
            "values": {name: [net[name], wording.given(net[name], 12)] for name in net.names},
            "ranges": {name: [*ends, _step(ends)] for name, ends in state.ranges.items()},
            "refused": dict(self._refused),
            "heard": self._heard,
            "at_start": net == self.session.start,
        }

    def answer(self, content: dict[str, Any]) -> None:
        """Apply what the page sends; what is refused is answered beside its field."""
        self._heard = content.get("heard", [])
        if content.get("reset"):
            self._refused = {}
            self.session.reset()
        else:
            self.session.change(**self._readable(content.get("change", {})))
        self.show(self.session.state)  # also when nothing changed: the page waits to be heard

    def summary(self, state: State) -> str:
        return f"{state.chosen}: {wording.given(state.network[state.chosen])}"

    def _readable(self, change: dict[str, Any]) -> dict[str, float]:
        """The changes that are allowed; the others are noted as refused, with the reason."""
        allowed = {}
        for name, value in change.items():
            self._refused.pop(name, None)
            try:
                value = read_number(value) if isinstance(value, str) else value
                self.session.state.network.replace(**{name: value})
            except (KeyError, TypeError, ValueError) as reason:
                self._refused[name] = str(reason)
            else:
                allowed[name] = value
        return allowed


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


def _step(ends: tuple[float, float]) -> float:
    """How far an arrow key moves a slider: a hundredth, more where the range is wide."""
    span = ends[1] - ends[0]
    return float(max(0.01, 10.0 ** math.floor(math.log10(span / 100))))
