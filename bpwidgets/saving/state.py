"""What is kept of a session, checked."""

from dataclasses import dataclass, fields

from bpwidgets import checks
from bpwidgets.network import Network
from bpwidgets.settings import SETTINGS, Kept, first_settings


@dataclass(frozen=True, kw_only=True)
class Saved(Kept):
    """What is kept of a session: its network and its settings, all of them checked.

    Ranges that are not given are the usual ones.  Raises KeyError for an unknown name, TypeError or
    ValueError for a bad value.
    """

    def __post_init__(self) -> None:
        if not isinstance(self.network, Network):
            got = checks.shown(self.network)
            raise TypeError(f"a saved state needs a Network, got {got}")
        given = {name: getattr(self, name) for name in SAVED}
        self._hold("ranges", first_settings(self.network)["ranges"])  # to which the given are put
        for name, value in given.items():
            self._hold(name, SETTINGS[name].check(self, name, value))

    def _hold(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)  # how a frozen dataclass sets its own fields

    @classmethod
    def of(cls, net: Network) -> "Saved":
        """How a network is first looked at: its first weight into the output layer is chosen."""
        first = first_settings(net)
        return cls(network=net, **{name: first[name] for name in SAVED if name in first})


SAVED = tuple(each.name for each in fields(Saved) if each.name in SETTINGS)
