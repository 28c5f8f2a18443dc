"""What is kept of a session, and the checks of its settings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from bpwidgets import checks
from bpwidgets.gradient import BIASES, RULES
from bpwidgets.network import Network
from bpwidgets.surface import usual_range
from bpwidgets.symbols import canonical

COLOURS = ("linear", "log")
FEWEST_DECIMALS, MOST_DECIMALS = 3, 12
SETTINGS = ("chosen", "axes", "rule", "biases", "decimals", "colours", "ranges")

Range = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Saved:
    """What is kept of a session: its network and its settings, all of them checked.

    chosen, axes, rule, biases, decimals, colours: as in a session's state
    ranges: (low, high) for every name of the network, in its order; each holds the name's value

    Raises KeyError for an unknown name, TypeError or ValueError for a bad value.
    """

    network: Network
    chosen: str
    axes: tuple[str, str]
    rule: str = "simultaneous"
    biases: str = "fixed"
    decimals: int = 9
    colours: str = "linear"
    ranges: Mapping[str, Range] = field(hash=False)

    def __post_init__(self) -> None:
        net = self.network
        if not isinstance(net, Network):
            raise TypeError(f"a saved state needs a Network, got {net!r} ({type(net).__name__})")
        checked = {
            "chosen": checked_chosen(net, self.chosen),
            "axes": checked_axes(net, self.axes),
            "ranges": _every(net, checked_ranges(net, self.ranges)),
            "rule": checks.choice("rule", self.rule, RULES),
            "biases": checks.choice("biases", self.biases, BIASES),
            "decimals": checks.whole("decimals", self.decimals, FEWEST_DECIMALS, MOST_DECIMALS),
            "colours": checks.choice("colours", self.colours, COLOURS),
        }
        for name, value in checked.items():
            object.__setattr__(self, name, value)  # how a frozen dataclass sets its own fields

    @classmethod
    def of(cls, net: Network) -> "Saved":
        """How a network is first looked at: its first weight into the output layer is chosen."""
        symbols = net.symbols
        into_output = symbols.trainable[-len(symbols.biases) - net.weights[-1].size :]
        first, second = into_output[:2]  # of one weight alone, the second is its bias
        ranges = {name: usual_range(name, net[name]) for name in net.names}
        return cls(network=net, chosen=first, axes=(first, second), ranges=ranges)


def checked_chosen(net: Network, name: Any) -> str:
    """``name`` if it is a weight or a bias of the network; KeyError otherwise."""
    if not isinstance(name, str) or name not in net.symbols.trainable_positions:
        raise checks.unknown(name, net.symbols.trainable, "weight or bias")
    return name


def checked_axes(net: Network, axes: Any) -> tuple[str, str]:
    """``axes`` as two different names that the error depends on; ValueError or KeyError otherwise."""
    allowed = net.names[:-1]  # all but eta, which the error does not contain
    if not isinstance(axes, tuple | list) or len(axes) != 2:
        raise ValueError(f"axes must be two names, got {axes!r}")
    first, second = (canonical(name) for name in axes)
    for name in (first, second):
        if name not in allowed:
            raise checks.unknown(name, allowed, "input, weight, bias or target")
    if first == second:
        raise ValueError(f"axes must be two different names, got {first} twice")
    return first, second


def checked_ranges(net: Network, ranges: Any) -> dict[str, Range]:
    """``ranges`` of some names as (low, high), each holding the name's value.

    Raises KeyError for an unknown name, TypeError or ValueError for what is not such a range.
    """
    if not isinstance(ranges, Mapping):
        raise TypeError(f"ranges must be a mapping of names to (low, high), got {ranges!r}")
    checked: dict[str, Range] = {}
    for name, ends in ranges.items():
        key = canonical(name)
        if key not in net:
            raise checks.unknown(name, net.names, "parameter")
        if key in checked:
            raise ValueError(f"the range of {key} is given twice, as {key} and as t{key[1:]}")
        low, high = checked[key] = checks.interval(f"the range of {key}", ends)
        if not low <= net[key] <= high:
            held = f"the range of {key} must hold its value {net[key]}"
            raise ValueError(f"{held}, got {low} to {high}")
    return checked


def _every(net: Network, ranges: dict[str, Range]) -> Mapping[str, Range]:
    """The ranges in the order of the network's names, none of which may be missing."""
    for name in net.names:
        if name not in ranges:
            raise ValueError(f"ranges must have every name, {name} is missing")
    return MappingProxyType({name: ranges[name] for name in net.names})
