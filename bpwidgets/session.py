"""The one mutable object: the state that all views show, who is shown it, and the lock around both.

    a control moves -> session.change(w5=0.41) -> a new frozen state -> every view's show(state)

JupyterLab runs widget callbacks on a second thread, also while a cell runs, so one lock covers reading,
changing and showing.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from threading import RLock
from types import MappingProxyType
from typing import Any

from bpwidgets import checks
from bpwidgets.calculation import Calculation, calculation
from bpwidgets.network import Network
from bpwidgets.surface import usual_range
from bpwidgets.symbols import canonical, derivative

Range = tuple[float, float]
Show = Callable[["State"], None]


@dataclass(frozen=True, repr=False)
class State:
    """What is shown: a network, the chosen parameter, the surface's axes, the sliders' ranges.

    chosen: the weight or bias whose gradient is explained in full
    axes: the two numbers that the error surface spans
    ranges: (low, high) for each name's slider and axis; they widen for a value beyond them
    """

    network: Network
    chosen: str
    axes: tuple[str, str]
    ranges: Mapping[str, Range] = field(hash=False)

    @cached_property
    def calculation(self) -> Calculation:
        """The network's hand calculation, made once for all views."""
        return calculation(self.network)

    @property
    def gradient(self) -> float:
        """∂Etot by the chosen parameter."""
        value: float = self.calculation.values[derivative("Etot", self.chosen)]
        return value

    def __repr__(self) -> str:
        return f"<State Etot: {self.calculation.values['Etot']:.9f}, {self.chosen} chosen>"


class Session:
    """Holds the state, changes it, and shows every change to the subscribers.

    ``strict`` raises the error of a view that fails, after all others were shown; without it the view
    shows the error itself and the log has it.
    """

    def __init__(self, net: Network, *, strict: bool = False) -> None:
        if not isinstance(net, Network):
            raise TypeError(f"a session needs a Network, got {net!r} ({type(net).__name__})")
        self.strict = strict
        self.start = net
        self.lock = RLock()
        self._subscribers: list[Show] = []
        self._showing = False
        self._state = _first_state(net)

    @property
    def state(self) -> State:
        with self.lock:
            return self._state

    def change(self, **changes: Any) -> State:
        """Set parameters, the chosen one or the axes: ``change(w5=0.41, chosen="w1")``.

        All of it is one change, shown once.  Raises KeyError, TypeError or ValueError for what is not
        allowed; then nothing is changed.
        """
        with self.lock:
            return self._move_to(_changed(self._state, changes))

    def reset(self) -> State:
        """Back to the network and the ranges that the session started with."""
        with self.lock:
            first = _first_state(self.start)
            return self._move_to(replace(self._state, network=first.network, ranges=first.ranges))

    def subscribe(self, show: Show) -> Callable[[], None]:
        """Show every state from now on, the present one first; the result ends it."""
        with self.lock:
            self._show((show,))
            self._subscribers.append(show)

        def leave() -> None:
            with self.lock:
                if show in self._subscribers:
                    self._subscribers.remove(show)

        return leave

    def __repr__(self) -> str:
        return repr(self.state).replace("State", "Session")

    def _move_to(self, state: State) -> State:
        if self._showing:
            raise RuntimeError("a view must not change the session while it is being shown a state")
        if state == self._state:
            return self._state
        self._state = state
        self._show(tuple(self._subscribers))
        return state

    def _show(self, subscribers: tuple[Show, ...]) -> None:
        """Show the state to every one of them, also after one of them failed."""
        failures = []
        self._showing = True
        try:
            for show in subscribers:
                try:
                    show(self._state)
                except Exception as failure:
                    failures.append(failure)
                    logging.getLogger(__name__).exception("a view could not be shown")
        finally:
            self._showing = False  # also after an interrupt
        if failures and self.strict:
            raise failures[0]


def _first_state(net: Network) -> State:
    symbols = net.symbols
    into_output = symbols.trainable[-len(symbols.biases) - net.weights[-1].size :]
    first, second = into_output[:2]  # of one weight alone, the second is its bias
    ranges = {name: usual_range(name, net[name]) for name in net.names}
    return State(net, first, (first, second), MappingProxyType(ranges))


def _changed(state: State, changes: dict[str, Any]) -> State:
    """The state with these changes, all of them checked."""
    symbols = state.network.symbols
    values = {name: value for name, value in changes.items() if name not in ("chosen", "axes")}
    chosen = changes.get("chosen", state.chosen)
    if not isinstance(chosen, str) or chosen not in symbols.trainable_positions:
        raise checks.unknown(chosen, symbols.trainable, "weight or bias")
    axes = _checked_axes(state.network, changes.get("axes", state.axes))
    network = state.network.replace(**values) if values else state.network
    ranges = dict(state.ranges)
    for name in map(canonical, values):
        low, high = usual_range(name, network[name])
        ranges[name] = (min(low, ranges[name][0]), max(high, ranges[name][1]))
    return State(network, chosen, axes, MappingProxyType(ranges))


def _checked_axes(net: Network, axes: Any) -> tuple[str, str]:
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
