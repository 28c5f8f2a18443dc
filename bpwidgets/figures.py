"""What matplotlib's figures and the live pictures share: colours, labels, and the lock on drawing."""

from threading import Lock

import numpy as np
from matplotlib import colormaps

COLOURS = "viridis"
DRAWING = Lock()  # matplotlib's settings are shared by all threads


def colour_table() -> bytes:
    """256 colours from the least error to the most, three bytes each: red, green, blue."""
    rows = colormaps[COLOURS](np.arange(256))[:, :3]
    return bytes((rows * 255).round().astype(np.uint8))


def mathtext(key: str) -> str:
    """A symbol's key for a label of matplotlib: "w5" is "$w_5$"."""
    if key == "Etot":
        return r"$E_{\mathrm{tot}}$"
    return rf"${key[0]}_{{{key[1:]}}}$"
