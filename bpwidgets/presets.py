"""Networks worth starting from, in an order that teaches; what is said of each is tested."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from bpwidgets import checks
from bpwidgets.network import Network
from bpwidgets.notes import worked_example


class Preset(NamedTuple):
    """A network, and in a sentence or two what it shows under the notes' conventions."""

    words: str
    network: Network


def preset(name: str) -> Network:
    """The network of that name: ``preset("symmetric")``.  Raises KeyError for an unknown name."""
    return checks.look_up(PRESETS, name, "preset").network


def _network(**given: Any) -> Network:
    return Network(**given)  # which makes arrays of the lists below


PRESETS: Mapping[str, Preset] = MappingProxyType(
    {
        "notes": Preset(
            "The example of the lecture notes: 10,000 steps bring its error from 0.298 to 0.000035.",
            worked_example(),
        ),
        "smallest": Preset(
            "One input, one hidden unit, one output: every gradient is a single path of factors.",
            _network(
                weights=[[[0.80]], [[-0.50]]],
                biases=[0.10, 0.20],
                inputs=[0.60],
                targets=[0.90],
                learning_rate=0.50,
            ),
        ),
        "eta too small": Preset(
            "The notes' network with η = 0.01: the error falls at every step, but after 1,000 steps "
            "it is still half of what it was.",
            worked_example().replace(eta=0.01),
        ),
        "eta too large": Preset(
            "The notes' network with targets 0.3 and 0.6 and η = 60: the steps jump across the "
            "valley, so the error rises and falls in turn from the fourth step on.",
            worked_example().replace(d1=0.30, d2=0.60, eta=60.00),
        ),
        "targets reached": Preset(
            "The targets are the notes' outputs to two decimals: the error is below 0.00001 and no "
            "gradient is above 0.001, so there is nearly nothing to learn.",
            worked_example().replace(d1=0.75, d2=0.77),
        ),
        "input of zero": Preset(
            "x1 is 0, and a weight learns in proportion to what it receives: the gradients of w1 "
            "and w3 are exactly 0, and both stay as they are.",
            worked_example().replace(x1=0.00),
        ),
        "saturated": Preset(
            "The notes' weights twenty times as large: both outputs are nearly 1, where the "
            "sigmoid is flat. Every gradient is below 0.00001, and 1,000 steps leave the error at 0.49.",
            worked_example().replace(
                w1=3.00, w2=4.00, w3=5.00, w4=6.00, w5=8.00, w6=9.00, w7=10.00, w8=11.00
            ),
        ),
        "symmetric": Preset(
            "All weights are 0.3: the two hidden units start as twins and get the same gradients, "
            "so they stay twins however long they train.",
            worked_example().replace(
                w1=0.30, w2=0.30, w3=0.30, w4=0.30, w5=0.30, w6=0.30, w7=0.30, w8=0.30
            ),
        ),
        "zeros": Preset(
            "All weights are 0: no error comes back through w5 to w8, so the gradients of w1 to w4 "
            "are exactly 0 in the first step. Later they learn, but the hidden units stay twins.",
            worked_example().replace(
                w1=0.00, w2=0.00, w3=0.00, w4=0.00, w5=0.00, w6=0.00, w7=0.00, w8=0.00
            ),
        ),
        "wider": Preset(
            "Three inputs, four hidden units, two outputs: twenty weights, and still one path to "
            "each output, so two for every hidden weight.",
            _network(
                weights=[
                    [
                        [0.20, -0.40, 0.10],
                        [-0.30, 0.50, 0.25],
                        [0.60, 0.15, -0.20],
                        [-0.10, 0.35, 0.45],
                    ],
                    [
                        [0.30, -0.55, 0.40, 0.20],
                        [-0.25, 0.45, 0.10, -0.60],
                    ],
                ],
                biases=[0.10, -0.20],
                inputs=[0.50, 0.90, -0.30],
                targets=[0.20, 0.80],
                learning_rate=0.50,
            ),
        ),
        "deeper": Preset(
            "Two hidden layers: w1 reaches the error by four paths, and the largest gradient of a "
            "layer shrinks from the outputs back to the inputs.",
            _network(
                weights=[
                    [[0.15, 0.20], [0.25, 0.30]],
                    [[0.40, 0.45], [0.50, 0.55]],
                    [[0.60, 0.65], [0.70, 0.75]],
                ],
                biases=[0.35, 0.60, 0.10],
                inputs=[0.05, 0.10],
                targets=[0.01, 0.99],
                learning_rate=0.50,
            ),
        ),
    }
)
