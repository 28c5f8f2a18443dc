"""What all views show, as one value that never changes."""

from dataclasses import dataclass, fields, replace
from functools import cached_property, lru_cache

from bpwidgets.calculation import Calculation, kept_calculation
from bpwidgets.gradient import Gradient, backward
from bpwidgets.network import Network
from bpwidgets.saving.state import Saved
from bpwidgets.settings import SETTINGS, Range, Settings, first_settings
from bpwidgets.symbols import derivative
from bpwidgets.training import Trajectory

LOOKS = [name for name, setting in SETTINGS.items() if setting.look]
LOOKS_ANYWHERE = [name for name in LOOKS if not SETTINGS[name].names]


@dataclass(frozen=True, repr=False, kw_only=True)
class State(Settings):
    """What is shown: a network on its way through training, and the settings.

    network: the numbers
    start: what a reset goes back to
    walk, step: the training so far, and how many of its steps the network has taken
    chosen, axes, rule, biases, decimals, colours, ranges, at, curve, large: see `Settings`
    """

    start: Network
    walk: Trajectory
    step: int

    @classmethod
    def of(cls, net: Network) -> "State":
        """The first state of a network."""
        return cls(network=net, start=net, walk=Trajectory.of(net), step=0, **first_settings(net))

    @property
    def kept(self) -> Saved:
        """What is written into a file: not the training, nor the start."""
        return Saved(**{each.name: getattr(self, each.name) for each in fields(Saved)})

    @property
    def calculation(self) -> Calculation:
        """The network's hand calculation under these conventions, made once for all views."""
        return kept_calculation(self.network, self.rule, self.biases)

    @property
    def slopes(self) -> Gradient:
        """The gradient itself, whatever order the update takes."""
        return _gradient(self.network)

    @property
    def gradient(self) -> float:
        """∂Etot by the chosen parameter, as the calculation has it."""
        value: float = self.calculation.values[derivative("Etot", self.chosen)]
        return value

    @property
    def ends(self) -> tuple[Range, ...]:
        """The ranges of the two axes."""
        return tuple(self.ranges[name] for name in self.axes)

    def knows(self, *symbols: str) -> bool:
        """Whether stepping has reached all of these quantities; everything is known before it begins."""
        return self._unknown.isdisjoint(symbols)

    @cached_property
    def _unknown(self) -> frozenset[str]:
        """What comes, in the order of hand work, after the quantity that stepping has reached."""
        if self.at == "":
            return frozenset()
        order = self.calculation.symbols
        return frozenset(order[order.index(self.at) + 1 :])

    def looking_as(self, other: "State") -> "State":
        """This state, looked at as the other one is, as far as they have the same symbols."""
        same = self.network.sizes == other.network.sizes
        looks = {name: getattr(other, name) for name in (LOOKS if same else LOOKS_ANYWHERE)}
        return replace(self, **looks).settled

    @property
    def settled(self) -> "State":
        """This state, stepping not begun if it has reached what the conventions do not compute."""
        lost = self.at != "" and self.at not in self.calculation
        return replace(self, at="") if lost else self

    def is_done_by(self, other: "State") -> bool:
        """Whether only looking differs between the two, so that there is nothing to undo."""
        return self.looking_as(other) == other

    def __repr__(self) -> str:
        return f"<State Etot: {self.calculation.values['Etot']:.9f}, {self.chosen} chosen>"


@lru_cache(maxsize=8)
def _gradient(net: Network) -> Gradient:
    return backward(net)
