"""What stands above every exercise: the network with what is given, and what is known already."""

from collections.abc import Collection
from typing import Any

from bpwidgets import wording
from bpwidgets.calculation import calculation
from bpwidgets.network import Network
from bpwidgets.tasks import Task
from bpwidgets.widgets.network import network_frame, network_texts

DECIMALS = 4  # that fit into a node


def given_frame(task: Task, how: str = "") -> dict[str, Any]:
    """The drawing, and what is given in words: every number, η too, the conventions, how to work."""
    words = " ".join(filter(None, [f"{given_words(task.network)}.", task.conventions, how]))
    return {"network": network_frame(task.network.sizes), "given": words}


def given_scene(task: Task, known: Collection[str] = (), now: str = "") -> dict[str, Any]:
    """The numbers in the drawing: what is given and what is known; ? for what is asked for now."""
    net = task.network
    values = calculation(net, rule=task.rule, biases=task.biases).values

    def text(symbol: str) -> str:
        if symbol in net:
            return wording.given(values[symbol], DECIMALS)
        if symbol in known:
            return wording.number(values[symbol], DECIMALS)
        return wording.UNKNOWN if symbol == now else ""

    return {**network_texts(net, text), "now": now}


def given_words(net: Network) -> str:
    return ", ".join(f"{wording.plain(name)} = {wording.given(net[name])}" for name in net.names)
