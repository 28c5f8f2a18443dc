"""One row for every weight and bias: its value, its gradient, its value after the update."""

from typing import Any

from bpwidgets import wording
from bpwidgets.state import State
from bpwidgets.symbols import derivative, updated
from bpwidgets.widgets.view import View


class Gradients(View):
    """The table of all gradients; the radio button of a row chooses what the breakdown explains."""

    script = "gradients.js"

    def place(self, state: State) -> dict[str, Any]:
        names = state.network.symbols.trainable
        frame = {
            "headings": [
                wording.symbol("w"),
                wording.symbol("dEtot/dw"),
                wording.symbol("w_new"),
            ],
            "error": wording.symbol("Etot"),
            "rows": [
                {"name": name, "label": wording.plain(name), "symbol": wording.symbol(name)}
                for name in names
            ],
        }
        scene = {
            "chosen": state.chosen,
            "rows": {name: _row(state, name) for name in names},
            "total": wording.number(state.calculation.values["Etot"]),
            "total_new": wording.number(state.calculation.values["Etot_new"]),
        }
        return {"frame": frame, "scene": scene}

    def answer(self, change: dict[str, Any]) -> None:
        """Choose a parameter: ``{"chosen": "w1"}``."""
        self.session.change(chosen=change["chosen"])

    def summary(self, state: State) -> str:
        values = state.calculation.values
        return f"Etot: {values['Etot']:.9f}, after one step: {values['Etot_new']:.9f}"


def _row(state: State, name: str) -> list[str]:
    """The texts of a row: value, gradient, new value (none for a bias that stays fixed)."""
    values = state.calculation.values
    after = values.get(updated(name))
    return [
        wording.given(values[name]),
        wording.number(values[derivative("Etot", name)]),
        "fixed" if after is None else wording.number(after),
    ]
