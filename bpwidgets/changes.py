"""How one state follows from another: numbers and settings, each of them checked."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from bpwidgets import checks
from bpwidgets.gradient import BIASES, RULES
from bpwidgets.network import Network
from bpwidgets.saving.state import (
    COLOURS,
    FEWEST_DECIMALS,
    MOST_DECIMALS,
    Range,
    checked_axes,
    checked_chosen,
    checked_ranges,
)
from bpwidgets.state import State
from bpwidgets.surface import usual_range
from bpwidgets.symbols import canonical
from bpwidgets.training import Trajectory, checked_walk


def changed(state: State, changes: Mapping[str, Any]) -> State:
    """The state with these numbers and settings.

    Raises KeyError, TypeError or ValueError for what is not allowed.
    """
    numbers = {name: value for name, value in changes.items() if name not in SETTINGS}
    for name, change in SETTINGS.items():
        if name in changes:
            state = change(state, changes[name])
        if name == LAST_BEFORE_NUMBERS and numbers:
            state = _numbers(state, numbers)
    return state


def reset(state: State, *names: str) -> State:
    """Back to the start: everything, or some numbers; their ranges too.

    Raises KeyError for a name that the start does not have.
    """
    if not names:
        if state.network == state.start and state.walk.steps == 0:
            return replace(state, ranges=State.of(state.start).ranges)
        return _network(state, state.start)
    keys = [canonical(name) for name in names]
    state = _numbers(state, {name: state.start[name] for name in keys})
    usual = {name: usual_range(name, state.start[name]) for name in keys}
    return replace(state, ranges=MappingProxyType({**state.ranges, **usual}))


def _numbers(state: State, values: Mapping[str, Any]) -> State:
    net = state.network.replace(**values)
    names = set(map(canonical, values))
    state = replace(state, ranges=_widened(state.ranges, net, names))
    if net == state.network:
        return state
    if names == {"eta"}:  # no error contains it, so the history stays
        walk = state.walk.cut(state.step, net.learning_rate)
        return replace(state, network=net, walk=walk)
    return replace(state, network=net, walk=Trajectory.of(net), step=0)


def _widened(ranges: Mapping[str, Range], net: Network, names: Any) -> Mapping[str, Range]:
    """The ranges, wider where a number has left its own."""
    wide = dict(ranges)
    for name in names:
        low, high = wide[name]
        if not low <= net[name] <= high:
            least, most = usual_range(name, net[name])
            wide[name] = (min(low, least), max(high, most))
    return MappingProxyType(wide)


# --- the settings: each makes a state of a state and a value ---


def _network(state: State, net: Any) -> State:
    """Another network altogether, which is a new start."""
    if not isinstance(net, Network):
        raise TypeError(f"network must be a Network, got {net!r} ({type(net).__name__})")
    first = replace(State.of(net), rule=state.rule, biases=state.biases)
    return first.looking_as(state)


def _walk(state: State, walk: Any) -> State:
    """Training that went on from the present step."""
    if checked_walk("walk", walk).start.sizes != state.network.sizes:
        raise ValueError(f"walk must be of layers {state.network.sizes}, got {walk.start.sizes}")
    if walk.steps < state.step or walk.network(state.step) != state.network:
        raise ValueError("walk must lead through the present network, got one of another")
    return _step(replace(state, walk=walk), walk.steps)


def _step(state: State, step: Any) -> State:
    net = state.walk.network(step)
    ranges = _widened(state.ranges, net, net.symbols.trainable)
    return replace(state, network=net, step=int(step), ranges=ranges)


def _ranges(state: State, ranges: Any) -> State:
    checked = checked_ranges(state.network, ranges)
    return replace(state, ranges=MappingProxyType({**state.ranges, **checked}))


def _chosen(state: State, name: Any) -> State:
    return replace(state, chosen=checked_chosen(state.network, name))


def _axes(state: State, axes: Any) -> State:
    return replace(state, axes=checked_axes(state.network, axes))


def _at(state: State, symbol: Any) -> State:
    if symbol != "":
        state.calculation[symbol]  # raises if there is no such step
    return replace(state, at=symbol)


def _convention(name: str, allowed: tuple[str, ...]) -> Callable[[State, Any], State]:
    def change(state: State, value: Any) -> State:
        chosen: dict[str, Any] = {name: checks.choice(name, value, allowed)}
        if chosen[name] != getattr(state, name):  # what lay ahead was walked otherwise
            chosen["walk"] = state.walk.cut(state.step)
        return replace(state, **chosen).settled

    return change


def _decimals(state: State, value: Any) -> State:
    count = checks.whole("decimals", value, FEWEST_DECIMALS, MOST_DECIMALS)
    return replace(state, decimals=count)


def _scale(name: str) -> Callable[[State, Any], State]:
    def change(state: State, value: Any) -> State:
        chosen: dict[str, Any] = {name: checks.choice(name, value, COLOURS)}
        return replace(state, **chosen)

    return change


def _large(state: State, value: Any) -> State:
    if not isinstance(value, bool):
        raise TypeError(f"large must be True or False, got {value!r}")
    return replace(state, large=value)


# In the order in which they are applied; numbers come after the step.
SETTINGS: dict[str, Callable[[State, Any], State]] = {
    "network": _network,
    "walk": _walk,
    "step": _step,
    "rule": _convention("rule", RULES),
    "biases": _convention("biases", BIASES),
    "ranges": _ranges,
    "chosen": _chosen,
    "axes": _axes,
    "at": _at,
    "decimals": _decimals,
    "colours": _scale("colours"),
    "curve": _scale("curve"),
    "large": _large,
}
LAST_BEFORE_NUMBERS = "step"
