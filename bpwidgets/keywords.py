"""What a function says of a keyword that it does not have: what there is instead."""

from collections.abc import Callable
from difflib import get_close_matches
from functools import wraps
from inspect import Parameter, signature
from typing import Any, TypeVar

from bpwidgets.checks import quoted

F = TypeVar("F", bound=Callable[..., Any])
LONGEST = 40  # letters of a keyword that are compared and shown

SIGMOID = "every unit here has the sigmoid"
RATE = (
    "the learning rate is one of the network's numbers: Network(learning_rate=0.1) sets it, "
    "net.replace(eta=0.1) changes it"
)
NUMBERS = "the numbers are the network's own: net.replace(w5=0.5) gives another network"
# What is tried with other libraries, and what there is here.
INSTEAD = {
    "activation": SIGMOID,
    "activations": SIGMOID,
    "loss": "the error here is ½ Σ (d − out)²",
    **dict.fromkeys(("eta", "lr", "rate", "learning_rate", "alpha"), RATE),
    **dict.fromkeys(("inputs", "targets", "weights", "x", "y"), NUMBERS),
}
# The same thing by other names, in this order of likelihood.
SAME = {
    "eta": "learning_rate",
    "lr": "learning_rate",
    "rate": "learning_rate",
    "alpha": "learning_rate",
    "epochs": "steps",
    "iterations": "steps",
    "n": "points",
    "x": "inputs",
    "y": "targets",
    "bias": "biases",
    "precision": "decimals",
    "digits": "decimals",
}


def told(call: F) -> F:
    """A function, or a class's ``__init__``, that says what there is in the place of an unknown keyword.

    It costs nothing where the keywords are known: the message is made once the call has failed.
    """

    @wraps(call)
    def made(*args: Any, **given: Any) -> Any:
        try:
            return call(*args, **given)
        except TypeError as error:
            at_the_call = error.__traceback__ is not None and error.__traceback__.tb_next is None
            message = _message(call, given) if at_the_call else ""
            if not message:
                raise
        raise TypeError(message)

    return made  # type: ignore[return-value]


def _message(call: Callable[..., Any], given: dict[str, Any]) -> str:
    """What to say of the first unknown keyword; nothing if there is none."""
    known = [
        name
        for name, parameter in signature(call).parameters.items()
        if name != "self" and parameter.kind is not Parameter.POSITIONAL_ONLY
    ]
    unknown = [name for name in given if name not in known]
    if not unknown:
        return ""
    name = call.__qualname__.removesuffix(".__init__")
    keyword = unknown[0][:LONGEST]
    return f"{name} has no {quoted(keyword)}{_instead(keyword, known)}"


def _instead(keyword: str, known: list[str]) -> str:
    if (same := SAME.get(keyword)) in known:
        return f"; did you mean {same}?"
    if keyword in INSTEAD:
        return f": {INSTEAD[keyword]}"
    if near := get_close_matches(keyword.lower(), known, n=1):
        return f"; did you mean {near[0]}?"
    return f"; it has {', '.join(known)}" if known else "; it has no keywords"
