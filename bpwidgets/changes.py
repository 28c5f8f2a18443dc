"""How one state follows from another: numbers and settings, each of them checked."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from bpwidgets import checks
from bpwidgets.network import Network
from bpwidgets.settings import SETTINGS, Range
from bpwidgets.state import State
from bpwidgets.surface import usual_range
from bpwidgets.symbols import canonical
from bpwidgets.training import Trajectory, checked_walk


def changed(state: State, changes: Mapping[str, Any]) -> State:
    """The state with these numbers and settings: first the way, then the numbers, then the settings.

    Raises KeyError, TypeError or ValueError for what is not allowed.
    """
    for name, change in WAY.items():
        if name in changes:
            state = change(state, changes[name])
    others = changes.keys() - WAY.keys() - SETTINGS.keys()
    if others:
        state = _numbers(state, {name: changes[name] for name in changes if name in others})
    for name in SETTINGS:
        if name in changes:
            state = _setting(state, name, changes[name])
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


def _setting(state: State, name: str, value: Any) -> State:
    setting = SETTINGS[name]
    new: dict[str, Any] = {name: setting.check(state, name, value)}
    if setting.walked and new[name] != getattr(state, name):  # what lay ahead was walked otherwise
        new["walk"] = state.walk.cut(state.step)
    return replace(state, **new).settled


# --- the way: each makes a state of a state and a value ---


def _network(state: State, net: Any) -> State:
    """Another network altogether, which is a new start."""
    if not isinstance(net, Network):
        raise TypeError(f"network must be a Network, got {checks.shown(net)}")
    kept = {name: getattr(state, name) for name, each in SETTINGS.items() if not each.names}
    return replace(State.of(net), **kept).looking_as(state)


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


WAY = {"network": _network, "walk": _walk, "step": _step}  # in the order in which they are applied
