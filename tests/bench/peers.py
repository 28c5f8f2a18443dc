"""The worked example's error and gradient in other libraries, all in float64.

Each function imports its library and returns a call without arguments: one forward and backward pass,
the way a user of that library writes it, giving the gradient of every weight and shared bias in the
order w1..w8, b1, b2.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

import bpwidgets as bp

NET = bp.worked_example()
ARRAYS = (*NET.weights, NET.biases)
RATE, STEPS = NET.learning_rate, 10_000

Pass = Callable[[], Any]


def ours() -> Pass:
    def run():
        return bp.backward(NET, bp.forward(NET))

    return run


def torch() -> Pass:
    import torch

    first, second, biases = (torch.tensor(a.copy(), requires_grad=True) for a in ARRAYS)
    inputs, targets = torch.tensor(NET.inputs.copy()), torch.tensor(NET.targets.copy())

    def run():
        first.grad = second.grad = biases.grad = None
        hidden = torch.sigmoid(first @ inputs + biases[0])
        output = torch.sigmoid(second @ hidden + biases[1])
        error = 0.5 * ((targets - output) ** 2).sum()
        error.backward()
        return first.grad, second.grad, biases.grad

    return run


def autograd() -> Pass:
    import autograd.numpy as anp
    from autograd import value_and_grad

    inputs, targets = NET.inputs, NET.targets

    def error(parameters):
        first, second, biases = parameters
        hidden = 1 / (1 + anp.exp(-(anp.dot(first, inputs) + biases[0])))
        output = 1 / (1 + anp.exp(-(anp.dot(second, hidden) + biases[1])))
        return 0.5 * anp.sum((targets - output) ** 2)

    both = value_and_grad(error)
    return lambda: both(ARRAYS)[1]


def micrograd() -> Pass:
    from micrograd.engine import Value

    given = [float(value) for array in ARRAYS for value in array.ravel()]
    inputs, targets = NET.inputs.tolist(), NET.targets.tolist()

    def sigmoid(value):  # micrograd has no sigmoid and no exp: added as it adds its own relu
        out = Value(1 / (1 + math.exp(-value.data)), (value,), "sigmoid")

        def back():
            value.grad += out.data * (1 - out.data) * out.grad

        out._backward = back
        return out

    def run():
        leaves = [Value(number) for number in given]
        w1, w2, w3, w4, w5, w6, w7, w8, b1, b2 = leaves
        x1, x2 = inputs
        h1, h2 = sigmoid(w1 * x1 + w2 * x2 + b1), sigmoid(w3 * x1 + w4 * x2 + b1)
        o1, o2 = sigmoid(w5 * h1 + w6 * h2 + b2), sigmoid(w7 * h1 + w8 * h2 + b2)
        error = 0.5 * (targets[0] - o1) ** 2 + 0.5 * (targets[1] - o2) ** 2
        error.backward()
        return [leaf.grad for leaf in leaves]

    return run


def _jax_error():
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)
    inputs, targets = jnp.array(NET.inputs), jnp.array(NET.targets)

    def error(parameters):
        first, second, biases = parameters
        hidden = jax.nn.sigmoid(first @ inputs + biases[0])
        output = jax.nn.sigmoid(second @ hidden + biases[1])
        return 0.5 * ((targets - output) ** 2).sum()

    return error, tuple(jnp.array(array) for array in ARRAYS)


def jax() -> Pass:
    import jax

    error, parameters = _jax_error()
    both = jax.jit(jax.value_and_grad(error))
    return lambda: jax.block_until_ready(both(parameters))[1]


def jax_loop() -> Pass:
    """10,000 steps with the biases fixed as one compiled loop; gives all errors and parameters."""
    import jax

    error, parameters = _jax_error()

    def step(current, _):
        value, (first, second, _) = jax.value_and_grad(error)(current)
        moved = (current[0] - RATE * first, current[1] - RATE * second, current[2])
        return moved, (value, current)

    @jax.jit
    def train():
        last, (errors, history) = jax.lax.scan(step, parameters, length=STEPS)
        return last, errors, history

    return lambda: jax.block_until_ready(train())


def flat(gradient: Any) -> np.ndarray:
    """A pass's gradient as one row, whatever its library's arrays are."""
    if isinstance(gradient, bp.gradient.Gradient):
        return gradient.flat
    return np.concatenate([np.asarray(part, dtype=float).ravel() for part in gradient])
