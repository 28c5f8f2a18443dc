"""One row for every weight and bias: its value, its gradient, its value after the update."""

from collections.abc import Hashable

from bpwidgets import wording
from bpwidgets.state import State
from bpwidgets.symbols import derivative, updated
from bpwidgets.widgets.view import Scene, View


class Gradients(View):
    """The table of all gradients; the radio button of a row chooses what the breakdown explains."""

    script = "gradients"

    def frame_needs(self, state: State) -> Hashable:
        return state.network.sizes

    def make_frame(self, state: State) -> Scene:
        return {
            "headings": [wording.symbol(key) for key in ("w", "dEtot/dw", "w_new")],
            "error": wording.symbol("Etot"),
            "rows": [
                {"name": name, "label": wording.plain(name), "symbol": wording.symbol(name)}
                for name in state.network.symbols.trainable
            ],
        }

    def scene_needs(self, state: State) -> Hashable:
        return state.network, state.rule, state.biases, state.decimals, state.chosen, state.at

    def make_scene(self, state: State) -> Scene:
        return {
            "chosen": state.chosen,
            "rows": {name: _row(state, name) for name in state.network.symbols.trainable},
            "total": _text(state, "Etot"),
            "total_new": _text(state, "Etot_new"),
        }

    def summary(self, state: State) -> str:
        values = state.calculation.values
        return f"Etot: {values['Etot']:.9f}, after one step: {values['Etot_new']:.9f}"


def _row(state: State, name: str) -> list[str]:
    """The texts of a row: value, gradient, new value (none for a bias that stays fixed)."""
    after = updated(name)
    return [
        wording.given(state.network[name], state.decimals),
        _text(state, derivative("Etot", name)),
        _text(state, after) if after in state.calculation else "fixed",
    ]


def _text(state: State, symbol: str) -> str:
    if not state.knows(symbol):
        return wording.UNKNOWN
    return wording.number(state.calculation.values[symbol], state.decimals)
