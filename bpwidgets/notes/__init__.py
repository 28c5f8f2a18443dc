"""The lecture notes on backpropagation: the worked example, the printed numbers, the errata.

The notes have a derivation and an example with numbers, six pages each.  Lines count from 1 in
their stored text, which a machine read from handwriting: some of the slips are the reading's.
"""

from typing import Any

from bpwidgets import checks
from bpwidgets.keywords import told
from bpwidgets.network import Network
from bpwidgets.notes.errata import ERRATA, Erratum, Kind, Origin
from bpwidgets.notes.printed import PRINTED, REPEATED, UNPRINTED, Printed
from bpwidgets.symbols import canonical

__all__ = [
    "ERRATA",
    "PRINTED",
    "REPEATED",
    "UNPRINTED",
    "Erratum",
    "Kind",
    "Origin",
    "Printed",
    "erratum",
    "printed",
    "worked_example",
]


@told
def worked_example() -> Network:
    """The network of the notes' example with its given values (example page 1)."""
    return Network(**_GIVEN)


def printed(symbol: str) -> tuple[Printed, ...]:
    """What the notes print rightly for a symbol, in the order of the lines; () if nothing."""
    return tuple(entry for entry in PRINTED if entry.symbol == canonical(symbol))


def erratum(key: str) -> Erratum:
    """One erratum by its id: ``erratum("E08")``.  Raises KeyError for an id that does not exist."""
    try:
        return _BY_ID[key]
    except (KeyError, TypeError):
        raise checks.unknown(key, _BY_ID, "erratum") from None


_GIVEN: dict[str, Any] = {
    "weights": [[[0.15, 0.2], [0.25, 0.3]], [[0.4, 0.45], [0.5, 0.55]]],
    "biases": [0.35, 0.6],
    "inputs": [0.05, 0.1],
    "targets": [0.01, 0.99],
    "learning_rate": 0.5,
}

_BY_ID = {slip.id: slip for slip in ERRATA}
