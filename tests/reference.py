"""Every step of the hand calculation by matrix algebra, beside the array core's numbers.

The derivatives of all errors by a layer's outputs are one matrix; nothing here walks the chain rule
unit by unit as the calculation does.
"""

import numpy as np

from bpwidgets.forward_pass import Forward, forward
from bpwidgets.gradient import backward, update
from bpwidgets.network import Array, Network


def all_steps(net: Network, rule: str, biases: str) -> dict[str, float]:
    """The value of every step that the calculation must have, by its symbol."""
    run, after = forward(net), update(net, rule=rule, biases=biases)
    trained = [name for name in net.symbols.trainable if name[0] == "w" or biases == "trained"]
    return {
        **run,
        **_local_derivatives(net, run),
        **_error_derivatives(net, run, rule),
        **{f"dEtot/d{name}": slope for name, slope in backward(net, run, rule=rule).items()},
        **{f"{name}_new": after[name] for name in trained},
        **{f"{symbol}_new": value for symbol, value in forward(after).items()},
    }


def _local_derivatives(net: Network, run: Forward) -> dict[str, float]:
    """∂out/∂ of the unit's sum, and of the sum by its weights and its bias."""
    steps = {}
    signals, names = (net.inputs, *run.activations), net.symbols
    for layer, units in enumerate(names.preactivations):
        for number, unit in enumerate(units):
            output = run.activations[layer][number]
            steps[f"dout{unit}/d{unit}"] = output - output**2
            steps[f"d{unit}/d{names.biases[layer]}"] = 1.0
            weights = names.weights[layer][number]
            steps |= {f"d{unit}/d{w}": s for w, s in zip(weights, signals[layer])}
    return steps


def _error_derivatives(net: Network, run: Forward, rule: str) -> dict[str, float]:
    """∂ of each error and of Etot by every output, and of the sums by the outputs below."""
    steps, names = {}, net.symbols
    errors, last = names.errors, len(net.weights) - 1
    by_output = np.diag(run.activations[-1] - net.targets)  # a row an error, a column an output
    for layer in reversed(range(len(net.weights))):
        units, outputs = names.preactivations[layer], run.activations[layer]
        for number, unit in enumerate(units):
            steps[f"dEtot/dout{unit}"] = by_output[:, number].sum()
            felt = errors if layer < last else errors[number : number + 1]  # only its own error
            rows = slice(None) if layer < last else slice(number, number + 1)
            steps |= {f"d{e}/dout{unit}": s for e, s in zip(felt, by_output[rows, number])}
        by_sum = by_output * (outputs - outputs**2)
        if layer == 0:
            break
        moved = by_sum.sum(axis=0)[:, None] * run.activations[layer - 1]
        through = net.weights[layer] - net.learning_rate * moved * (rule == "sequential")
        steps |= _by_lower_outputs(names.preactivations, layer, through)
        by_output = by_sum @ through
    return steps | _last_layer(net, run)


def _by_lower_outputs(units: tuple[tuple[str, ...], ...], layer: int, grid: Array) -> dict:
    return {
        f"d{upper}/dout{lower}": grid[row, column]
        for row, upper in enumerate(units[layer])
        for column, lower in enumerate(units[layer - 1])
    }


def _last_layer(net: Network, run: Forward) -> dict[str, float]:
    """∂ of each error by the weights of its own output."""
    steps, names = {}, net.symbols
    signals = run.activations[-2] if len(net.weights) > 1 else net.inputs
    outputs = run.activations[-1]
    by_sum = (outputs - net.targets) * (outputs - outputs**2)
    for error, weights, slope in zip(names.errors, names.weights[-1], by_sum):
        steps |= {f"d{error}/d{w}": slope * signal for w, signal in zip(weights, signals)}
    return steps
