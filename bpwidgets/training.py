"""Many steps of gradient descent, with the whole history."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from bpwidgets import checks
from bpwidgets.descent import Progress, descend
from bpwidgets.forward_pass import forward
from bpwidgets.gradient import BIASES, RULES
from bpwidgets.keywords import told
from bpwidgets.network import Array, Network, checked, quiet

MOST_STEPS = 1_000_000
MOST_NUMBERS = 64_000_000  # in one history: 512 MB, half of what a Binder session may use
SHORT = 128_000  # numbers; blocks of a history are put together to so many: 1 MB


@dataclass(frozen=True, eq=False, repr=False)
class Trajectory:
    """The way that training took; step 0 is the start.

    errors: the total error at every step, shape (steps + 1,)
    blocks: the rows of `parameters`, one block after another; a way that goes on from this one has the
        same blocks, and some more
    """

    start: Network
    blocks: tuple[Array, ...]
    errors: Array

    @classmethod
    def of(cls, net: Network) -> "Trajectory":
        """A way of no steps yet."""
        trainable = net.flat[net.symbols.slices.trainable]
        return cls(net, (trainable[None, :],), np.array([forward(net).total_error]))

    @property
    def steps(self) -> int:
        return len(self.errors) - 1

    @property
    def parameters(self) -> Array:
        """Every weight and bias at every step, shape (steps + 1, weights + biases)."""
        return _joined(self.blocks)

    @cached_property
    def held(self) -> dict[int, int]:
        """The bytes of each array that this keeps alive, by its identity: what two share is one."""
        arrays = (*self.blocks, self.errors)
        owners = (array if array.base is None else array.base for array in arrays)
        return {id(owner): owner.nbytes for owner in owners}

    @cached_property
    def final(self) -> Network:
        """The network after the last step."""
        return self.network(self.steps)

    def network(self, step: int) -> Network:
        """The network after so many steps; step 0 is the start itself."""
        step = checks.whole("step", step, 0, self.steps)
        if step == 0:
            return self.start
        flat = self.start.flat.copy()
        flat[self.start.symbols.slices.trainable] = self._row(step)
        return Network.from_values(self.start.sizes, flat)

    def cut(self, step: int, learning_rate: float | None = None) -> "Trajectory":
        """The way up to a step; with another η, from there on or all along (no error contains it)."""
        start = self.start if learning_rate is None else self.start.replace(eta=learning_rate)
        step = checks.whole("step", step, 0, self.steps)
        if step == self.steps:
            return Trajectory(start, self.blocks, self.errors)
        blocks, left = [], step + 1
        for block in self.blocks:
            if left > 0:  # of the last one a copy, so that what is cut off can be forgotten
                blocks.append(block if left >= len(block) else block[:left].copy())
            left -= len(block)
        return Trajectory(start, tuple(blocks), self.errors[: step + 1].copy())

    def then(self, more: "Trajectory") -> "Trajectory":
        """This way and one that begins where it ends; both share what is long with the new one.

        Raises ValueError for one that begins elsewhere and for a way longer than training may be,
        TypeError for what is no way.
        """
        if checked_walk("more", more).start != self.final:
            raise ValueError("more must begin with the network where this way ends")
        _hold_in_memory(self.steps + more.steps, self.blocks[0].shape[1])
        blocks = list(self.blocks)
        for block in (more.blocks[0][1:], *more.blocks[1:]):
            if blocks[-1].size + block.size <= SHORT:
                blocks[-1] = np.concatenate([blocks[-1], block])
            else:
                blocks.append(block)
        errors = np.concatenate([self.errors, more.errors[1:]])
        return Trajectory(self.start, tuple(blocks), errors)

    def __getitem__(self, name: str) -> Array:
        """The history of one weight or bias, shape (steps + 1,)."""
        positions = self.start.symbols.trainable_positions
        position = checks.look_up(positions, name, "weight or bias")
        return _joined([block[:, position] for block in self.blocks])

    def _row(self, step: int) -> Array:
        for block in self.blocks:
            if step < len(block):
                break
            step -= len(block)
        row: Array = block[step]
        return row

    def __repr__(self) -> str:
        return f"<Trajectory of {self.steps:,} steps, Etot: {self.errors[-1]:.9e}>"


@quiet
@told
def train(
    net: Network,
    steps: int,
    *,
    rule: str = "simultaneous",
    biases: str = "fixed",
    progress: Progress | None = None,
) -> Trajectory:
    """So many updates in a row, each like `update`.

    progress: called as ``progress(done, steps)`` every 1,000 steps and at the end; if it returns
        False, training stops there

    Raises ValueError for steps outside 0 to 1,000,000, for a history that would not fit in memory,
    and if a parameter leaves ±1e6 on the way.
    """
    steps = checks.whole("steps", steps, 0, MOST_STEPS)
    checks.choice("rule", rule, RULES)
    checks.choice("biases", biases, BIASES)
    width = len(checked(net).symbols.trainable)
    _hold_in_memory(steps, width)
    parameters = np.empty((steps + 1, width))
    missed = np.empty((steps + 1, net.sizes[-1]))
    done = descend(net, parameters, missed, rule == "sequential", biases == "trained", progress)
    if done < steps:  # copies, so that what was kept for the other steps can be forgotten
        parameters, missed = parameters[: done + 1].copy(), missed[: done + 1]
    _hold_in_range(net, parameters)
    return Trajectory(net, (parameters,), 0.5 * (missed**2).sum(axis=1))


def checked_walk(name: str, walk: Any) -> Trajectory:
    """The way itself.  Raises TypeError for anything else."""
    if not isinstance(walk, Trajectory):
        raise TypeError(f"{name} must be a Trajectory, got {checks.shown(walk)}")
    return walk


def _joined(arrays: Sequence[Array]) -> Array:
    return arrays[0] if len(arrays) == 1 else np.concatenate(arrays)


def _hold_in_memory(steps: int, width: int) -> None:
    """Raise ValueError for a history of more steps than can be kept of so many parameters."""
    most = min(MOST_STEPS, MOST_NUMBERS // width - 1)
    if steps > most:
        raise ValueError(
            f"steps must be at most {most:,} for {width} weights and biases, got {steps:,}"
        )


def _hold_in_range(net: Network, parameters: Array) -> None:
    """Raise ValueError if training drove a parameter out of the range that a network allows."""
    outside = np.abs(parameters) > checks.LIMIT
    if outside.any():
        step = int(outside.any(axis=1).argmax())
        name = net.symbols.trainable[int(outside[step].argmax())]
        raise ValueError(
            f"{name} leaves ±1e6 at step {step:,}: eta must be smaller, got {net.learning_rate}"
        )
