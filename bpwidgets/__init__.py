"""bpwidgets: how backpropagation computes every number of a small network, by hand, live.

    import bpwidgets as bp
    net = bp.worked_example()
    bp.Explorer(net)

The names below are in reading order: the network, its gradient, the calculation by hand, what explains
it, what follows from it, what marks an answer, and the widgets.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from bpwidgets.breakdown import breakdown
from bpwidgets.calculation import calculation
from bpwidgets.forward_pass import forward, sigmoid
from bpwidgets.gradient import backward, update
from bpwidgets.gradient_check import check_gradient
from bpwidgets.marking import Mark, mark
from bpwidgets.network import Network
from bpwidgets.notes import worked_example
from bpwidgets.rounding import carried
from bpwidgets.slips import SLIPS, cases
from bpwidgets.surface import error_surface
from bpwidgets.training import train

if TYPE_CHECKING:
    from bpwidgets.session import Session
    from bpwidgets.sheets import worksheet
    from bpwidgets.widgets.exercise import Exercise
    from bpwidgets.widgets.explorer import Explorer
    from bpwidgets.widgets.find_slip import FindTheSlip
    from bpwidgets.widgets.question import Question

__version__ = "0.1.0"
__all__ = [
    "Network",
    "worked_example",
    "sigmoid",
    "forward",
    "backward",
    "calculation",
    "breakdown",
    "update",
    "train",
    "error_surface",
    "check_gradient",
    "carried",
    "mark",
    "Mark",
    "SLIPS",
    "cases",
    "worksheet",
    "Session",
    "Explorer",
    "Question",
    "Exercise",
    "FindTheSlip",
]

# Imported when they are asked for: the widgets bring ipywidgets and matplotlib.
_LATE = {
    "worksheet": "bpwidgets.sheets",
    "Session": "bpwidgets.session",
    "Explorer": "bpwidgets.widgets.explorer",
    "Question": "bpwidgets.widgets.question",
    "Exercise": "bpwidgets.widgets.exercise",
    "FindTheSlip": "bpwidgets.widgets.find_slip",
}


def __getattr__(name: str) -> Any:
    if name in _LATE:
        return getattr(import_module(_LATE[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
