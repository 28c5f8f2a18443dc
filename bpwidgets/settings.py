"""The settings of a session, each with its check: what is looked at, and by which conventions.

A setting is one entry, a field of `Settings`, or of `Kept` if it is written into a file.  What a session
can be told to change, what a file holds and what undo leaves alone all follow from the entries.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from bpwidgets import checks
from bpwidgets.calculation import kept_calculation
from bpwidgets.gradient import BIASES, RULES
from bpwidgets.network import Network
from bpwidgets.surface import usual_range
from bpwidgets.symbols import canonical

SCALES = ("linear", "log")
FEWEST_DECIMALS, MOST_DECIMALS = 3, 12

Range = tuple[float, float]


@dataclass(frozen=True)
class Setting:
    """What is known of a setting.

    check: of the settings so far, the setting's name and a value makes the value that is held; raises
        KeyError for an unknown name, TypeError or ValueError for a bad value
    first: what it is for a network at first, where that depends on the network
    names: whether it speaks of the network's own numbers, so that another network begins anew
    look: whether it is only looked at by it, so that undo leaves it alone
    walked: whether training goes by it, so that another value ends what lay ahead
    """

    check: Callable[["Kept", str, Any], Any]
    first: Callable[[Network], Any] | None = None
    names: bool = False
    look: bool = False
    walked: bool = False


def setting(
    check: Callable[["Kept", str, Any], Any],
    usual: Any = MISSING,
    *,
    hash: bool | None = None,
    **more: Any,
) -> Any:
    """A field with its `Setting`."""
    return field(default=usual, hash=hash, metadata={"setting": Setting(check, **more)})


# --- the checks ---


def _weight_or_bias(of: "Kept", _: str, name: Any) -> str:
    if not isinstance(name, str) or name not in of.network.symbols.trainable_positions:
        raise checks.unknown(name, of.network.symbols.trainable, "weight or bias")
    return name


def _two_names(of: "Kept", what: str, given: Any) -> tuple[str, str]:
    """Two different names that the error depends on."""
    allowed = of.network.names[:-1]  # all but eta, which the error does not contain
    if not isinstance(given, tuple | list) or len(given) != 2:
        raise ValueError(f"{what} must be two names, got {checks.brief(given)}")
    first, second = (canonical(name) for name in given)
    for name in (first, second):
        if name not in allowed:
            raise checks.unknown(name, allowed, "input, weight, bias or target")
    if first == second:
        raise ValueError(f"{what} must be two different names, got {first} twice")
    return first, second


def _ranges(of: "Kept", what: str, given: Any) -> Mapping[str, Range]:
    """The ranges so far with those that are given, each of which holds the name's value."""
    if not isinstance(given, Mapping):
        got = checks.brief(given)
        raise TypeError(f"{what} must be a mapping of names to (low, high), got {got}")
    net, changed = of.network, {}
    for name, ends in given.items():
        key = canonical(name)
        if key not in net:
            raise checks.unknown(name, net.names, "parameter")
        if key in changed:
            raise ValueError(f"the range of {key} is given twice, as {key} and as t{key[1:]}")
        low, high = changed[key] = checks.interval(f"the range of {key}", ends)
        if not low <= net[key] <= high:
            held = f"the range of {key} must hold its value {net[key]}"
            raise ValueError(f"{held}, got {low} to {high}")
    return MappingProxyType({**of.ranges, **changed})


def _reached(of: "Kept", _: str, symbol: Any) -> str:
    """A quantity of the hand calculation, or "" for none yet."""
    if symbol == "":
        return ""
    return kept_calculation(of.network, of.rule, of.biases)[symbol].symbol


def _one_of(words: tuple[str, ...]) -> Callable[["Kept", str, Any], str]:
    return lambda _, name, value: checks.choice(name, value, words)


def _whole(low: int, high: int) -> Callable[["Kept", str, Any], int]:
    return lambda _, name, value: checks.whole(name, value, low, high)


def _yes_or_no(_: "Kept", name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"{name} must be True or False, got {checks.brief(value)}")
    return value


# --- what they are at first ---


def _first_axes(net: Network) -> tuple[str, str]:
    """The first weight into the output layer and the next one; of one weight alone, its bias."""
    symbols = net.symbols
    first, second = symbols.trainable[-len(symbols.biases) - net.weights[-1].size :][:2]
    return first, second


def _usual_ranges(net: Network) -> Mapping[str, Range]:
    return MappingProxyType({name: usual_range(name, net[name]) for name in net.names})


# --- the list, in the order in which they are applied and written ---


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A network, and the settings that are kept in a file with it.

    chosen: the weight or bias whose gradient is explained in full
    axes: the two numbers that the error surface spans
    rule, biases: the conventions of `update`
    decimals: how many are written
    colours: whether the map shows the error linearly or by its logarithm
    ranges: (low, high) for each name's slider and axis; they widen for a value beyond them
    """

    network: Network
    chosen: str = setting(
        _weight_or_bias, first=lambda net: _first_axes(net)[0], names=True, look=True
    )
    axes: tuple[str, str] = setting(_two_names, first=_first_axes, names=True, look=True)
    rule: str = setting(_one_of(RULES), "simultaneous", walked=True)
    biases: str = setting(_one_of(BIASES), "fixed", walked=True)
    decimals: int = setting(_whole(FEWEST_DECIMALS, MOST_DECIMALS), 9, look=True)
    colours: str = setting(_one_of(SCALES), "linear", look=True)
    ranges: Mapping[str, Range] = setting(_ranges, first=_usual_ranges, names=True, hash=False)


@dataclass(frozen=True, kw_only=True)
class Settings(Kept):
    """All settings.

    at: the quantity of the hand calculation that stepping has reached; "" before the first
    curve: whether the error over time is shown linearly or by its logarithm
    large: whether the type is for a projector
    """

    at: str = setting(_reached, "", names=True, look=True)
    curve: str = setting(_one_of(SCALES), "linear", look=True)
    large: bool = setting(_yes_or_no, False, look=True)


SETTINGS: Mapping[str, Setting] = MappingProxyType(
    {each.name: each.metadata["setting"] for each in fields(Settings) if each.metadata}
)


@lru_cache(maxsize=8)
def first_settings(net: Network) -> Mapping[str, Any]:
    """What a network is first looked at by, as far as that depends on it."""
    return MappingProxyType({name: s.first(net) for name, s in SETTINGS.items() if s.first})
