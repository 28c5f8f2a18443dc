"""Outputs that are written as 1 or 0 and are practically that: where the sigmoid is flat.

An output of the sigmoid is never 1 and never 0.  Where it is written so, hardly any of the error comes
back through its unit, since out(1 − out) is next to nothing.
"""

from collections.abc import Iterable, Mapping

from bpwidgets.wording import listed, plain, scientific

NEARLY = "≈"


def practically(output: float, decimals: int) -> int | None:
    """1 or 0 if the output is that to so many decimals, and None if it is neither."""
    half = 0.5 * 10.0**-decimals
    return 1 if 1 - output < half else 0 if output < half else None


def saturated(values: Mapping[str, float], units: Iterable[str], decimals: int) -> str:
    """What there is to say of units whose outputs are practically 1 or 0; "" if there are none."""
    outputs = {f"out{unit}": values[f"out{unit}"] for unit in units}
    sentences = []
    for end in (1, 0):
        found = [name for name in outputs if practically(outputs[name], decimals) == end]
        if found:
            sentences.append(_sentence(found, end, [abs(end - outputs[name]) for name in found]))
    return " ".join(sentences)


def marked(text: str, decimals: int) -> str:
    """An output as it is written, with a mark where that is 1 or 0: it is nearly so.

    The mark takes the place of the last digit, which says nothing there.
    """
    return f"{NEARLY}{text[:-1]}" if text in (f"{1:.{decimals}f}", f"{0:.{decimals}f}") else text


def _sentence(outputs: list[str], end: int, away: list[float]) -> str:
    error = "hardly any error" if any(away) else "no error"
    if len(outputs) > 1:
        return f"{listed(outputs)} are practically {end}: {error} comes back through them."
    only = f", only {scientific(away[0], 2)} away" if away[0] else ""
    return f"{plain(outputs[0])} is practically {end}{only}: {error} comes back through it."
