"""What stands in a notebook for a widget that cannot live there: on a code host, or without a kernel."""

import logging
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.image import imread, imsave

from bpwidgets.pictures import NO_DATE, saved

DPI = 100
WIDGET = "application/vnd.jupyter.widget-view+json"
Bundle = tuple[dict[str, Any], dict[str, Any]]


def with_picture(widget: Any, figures: Sequence[Callable[[], Figure]], words: str) -> Bundle:
    """What IPython displays of a widget: itself, its repr, and these figures as one picture.

    words: what the picture shows, for those who do not see it
    """
    data: dict[str, Any] = {"text/plain": repr(widget)}
    metadata: dict[str, Any] = {}
    if widget.model_id:
        data[WIDGET] = {"version_major": 2, "version_minor": 0, "model_id": widget.model_id}
    pictures = list(_drawn(figures))
    if pictures:
        data["image/png"] = side_by_side(pictures)
        metadata["image/png"] = {"alt": words}
    return data, metadata


def side_by_side(pictures: Sequence[bytes]) -> bytes:
    """PNG files as one, each at the top."""
    cells = [imread(BytesIO(picture), format="png") for picture in pictures]
    height = max(len(cell) for cell in cells)
    padded = [
        np.pad(cell, ((0, height - len(cell)), (0, 0), (0, 0)), constant_values=1.0)
        for cell in cells
    ]
    file = BytesIO()
    imsave(file, np.concatenate(padded, axis=1), format="png", dpi=DPI, metadata=NO_DATE["png"])
    return file.getvalue()


def _drawn(figures: Sequence[Callable[[], Figure]]) -> Iterator[bytes]:
    """Each figure as a PNG; one that cannot be drawn is left out: the widget itself still lives."""
    for figure in figures:
        try:
            yield saved(figure(), "png", DPI)
        except Exception:
            logging.getLogger(__name__).exception("a picture could not be drawn")
