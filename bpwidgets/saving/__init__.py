"""The state of a session as text: as JSON for a file, and as Python for a notebook."""

import json
from typing import Any

from bpwidgets import checks
from bpwidgets.network import Network
from bpwidgets.notes import worked_example
from bpwidgets.saving.state import SAVED, Saved
from bpwidgets.saving.text import STEP, call, written
from bpwidgets.settings import Range

FORMAT, VERSION = "bpwidgets", 1
MOST_BYTES = 64 * 1024  # the largest network with all digits everywhere needs 60
LONGEST_WHOLE = 16  # digits; Python itself refuses to read an int of thousands
LONGEST_REFUSAL = 300  # characters
NUMBERS = ("weights", "biases", "inputs", "targets", "learning_rate")
KEYS = ("format", "version", *NUMBERS, "settings")


class NewerVersion(ValueError):
    """A file that a later bpwidgets has written."""


def to_json(saved: Saved) -> str:
    """The state as readable JSON; `from_json` gives back the very same numbers.

    Only the ranges that somebody has changed are written, and none where the file would get too long.
    """
    text = _json(saved, _own_ranges(saved))
    return text if len(text) <= MOST_BYTES else _json(saved, {})


def from_json(text: str | bytes) -> Saved:
    """The state that `to_json` wrote.

    Raises ValueError, with a sentence that says what is wrong and where, for any other text or bytes.
    """
    if not isinstance(text, str | bytes):
        raise TypeError(f"a saved state is text or bytes, got {type(text).__name__}")
    try:
        return _saved(_parsed(_decoded(text)))
    except NewerVersion:
        raise
    except RecursionError:  # of the JSON reader, or of showing a value that it has read
        refusal = "it is nested too deeply"
    except (KeyError, TypeError, ValueError) as wrong:
        refusal = str(wrong)
    if len(refusal) > LONGEST_REFUSAL:
        refusal = f"{refusal[: LONGEST_REFUSAL - 3]}..."
    raise ValueError(f"the file is not a bpwidgets state: {refusal}")


def to_python(saved: Saved) -> str:
    """The code that makes the same network, and an Explorer with the same settings."""
    net = saved.network
    lines = ["import bpwidgets as bp", "", f"net = {_network_code(net)}"]
    lines.append("explorer = bp.Explorer(net)")
    usual = Saved.of(net)
    changes = {
        name: getattr(saved, name) for name in SAVED if getattr(saved, name) != getattr(usual, name)
    }
    if "ranges" in changes:
        changes["ranges"] = _own_ranges(saved)
    if changes:
        lines.append(call("explorer.session.change", changes))
    return "\n".join([*lines, "explorer", ""])


def _json(saved: Saved, ranges: dict[str, Range]) -> str:
    settings = {name: getattr(saved, name) for name in SAVED}
    settings["axes"] = list(saved.axes)
    settings["ranges"] = {name: list(ends) for name, ends in ranges.items()}
    whole = {"format": FORMAT, "version": VERSION, **_numbers(saved.network), "settings": settings}
    return written(whole, STEP["json"]) + "\n"


def _own_ranges(saved: Saved) -> dict[str, Range]:
    """The ranges that are not the usual ones of the numbers."""
    usual = Saved.of(saved.network).ranges
    return {name: ends for name, ends in saved.ranges.items() if ends != usual[name]}


def _numbers(net: Network) -> dict[str, Any]:
    """The arguments that make the network, as lists."""
    return {
        "weights": [grid.tolist() for grid in net.weights],
        "biases": net.biases.tolist(),
        "inputs": net.inputs.tolist(),
        "targets": net.targets.tolist(),
        "learning_rate": net.learning_rate,
    }


def _network_code(net: Network) -> str:
    example = worked_example()
    if net.sizes != example.sizes:
        return call("bp.Network", _numbers(net))
    changed = {name: value for name, value in net.items() if value != example[name]}
    return call("bp.worked_example().replace", changed) if changed else "bp.worked_example()"


def _decoded(text: str | bytes) -> str:
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    if len(data) > MOST_BYTES:
        raise ValueError(f"it must have at most {MOST_BYTES:,} bytes, it has more")
    try:
        return data.decode("utf-8-sig")  # some editors put a mark before the text
    except UnicodeDecodeError as wrong:
        raise ValueError(f"it must be UTF-8 text, byte {wrong.start + 1:,} is not") from None


def _parsed(text: str) -> Any:
    """The JSON value; NaN and numbers too large come through, to be refused by their names."""
    try:
        return json.loads(text, object_pairs_hook=_without_twins, parse_int=_whole)
    except json.JSONDecodeError as wrong:
        place = f"line {wrong.lineno:,}, column {wrong.colno:,}"
        raise ValueError(f"it is not JSON at {place}: {wrong.msg}") from None


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key {checks.brief(key)} is given twice")
        found[key] = value
    return found


def _whole(digits: str) -> int | float:
    return int(digits) if len(digits) <= LONGEST_WHOLE else float(digits)


def _saved(whole: Any) -> Saved:
    if not isinstance(whole, dict):
        raise ValueError(f"it must be one JSON object, got {type(whole).__name__}")
    if whole.get("format") != FORMAT:
        raise ValueError(f"its format must be {FORMAT!r}, got {checks.brief(whole.get('format'))}")
    version = whole.get("version")
    if type(version) is not int or version < VERSION:  # True is an int as well
        raise ValueError(f"its version must be {VERSION}, got {checks.brief(version)}")
    if version > VERSION:
        raise NewerVersion(
            f"this file is of version {version}; this bpwidgets reads version {VERSION}"
        )
    _hold_keys("the file", whole, KEYS)
    _hold_keys("settings", whole["settings"], SAVED)
    net = Network(**{name: whole[name] for name in NUMBERS})
    return Saved(network=net, **whole["settings"])


def _hold_keys(what: str, given: Any, keys: tuple[str, ...]) -> None:
    """Raise ValueError unless it is an object with just these keys."""
    if not isinstance(given, dict):
        raise ValueError(f"{what} must be an object, got {type(given).__name__}")
    for key in given:
        if key not in keys:
            unknown = f"the unknown key {checks.brief(key)}"
            raise ValueError(f"{what} has {unknown}; known are {', '.join(keys)}")
    for key in keys:
        if key not in given:
            raise ValueError(f"{what} lacks the key {key!r}")
