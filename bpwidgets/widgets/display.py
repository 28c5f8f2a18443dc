"""What stands in a notebook: the widget, and a picture for where no widget can live.

A notebook that is opened again has no kernel, so no widget.  JupyterLab then writes an error where
the widget was, and shows nothing else of that output; so the picture is an output of its own, below a
line that says what to do.  Both are hidden while the widget above them lives (view.css).
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from html import escape
from io import BytesIO
from typing import Any

import numpy as np
from IPython.display import display
from matplotlib.figure import Figure
from matplotlib.image import imread, imsave

from bpwidgets.exercise.record import Record
from bpwidgets.pictures import NO_DATE, saved
from bpwidgets.widgets.words import IN_WORDS, UNMOVED

DPI = 100
WIDGET = "application/vnd.jupyter.widget-view+json"
# Hides the output above, where a widget should be and JupyterLab only has an error to show; and the
# record's table.
STYLE = """<style>
.jp-OutputArea-child:not(:has(.bp-host)):has(+ .jp-OutputArea-child .bp-unmoved) { display: none; }
.bp-unmoved :is(caption, th, td) { text-align: left !important; white-space: nowrap; }
</style>"""
Bundle = tuple[dict[str, Any], dict[str, Any]]


def publish(
    widget: Any,
    figures: Sequence[Callable[[], Figure]],
    words: str,
    publish_line: Callable[[], None] | None = None,
) -> None:
    """Display a widget in a notebook's cell: itself, then the line and the picture, if it has one.

    words: what the widget shows, for those who do not see it
    publish_line: displays the line, where it is one that changes
    """
    show(*widget_bundle(widget))
    if widget.comm is None:  # it is closed
        return
    if publish_line:
        publish_line()
    else:
        show(*line_bundle(words, pictured=bool(figures)))
    pictures = list(_drawn(figures))
    if pictures:
        show(*picture_bundle(side_by_side(pictures), words))


def show(data: dict[str, Any], metadata: dict[str, Any], **options: Any) -> None:
    """Display a bundle.  With a ``display_id`` it can be shown anew there: ``update=True``."""
    display(data, metadata=metadata, raw=True, **options)  # type: ignore[no-untyped-call]


def widget_bundle(widget: Any) -> Bundle:
    """The widget, and its repr for those who cannot show it."""
    data: dict[str, Any] = {"text/plain": repr(widget)}
    if widget.comm is not None:  # one that is closed has none
        data[WIDGET] = {"version_major": 2, "version_minor": 0, "model_id": widget.model_id}
    return data, {}


def line_bundle(words: str, *, pictured: bool) -> Bundle:
    """The line, and what the widget shows: JupyterLab gives the picture below it no alt text."""
    return _line_bundle(UNMOVED, Record(), words, pictured)


def record_bundle(line: str, record: Record, words: str) -> Bundle:
    """The line, what was done, and what the picture below shows."""
    return _line_bundle(line, record, words, True)


def _line_bundle(line: str, record: Record, words: str, pictured: bool) -> Bundle:
    told = f"<details><summary>{IN_WORDS}</summary><p>{escape(words)}</p></details>"
    kind = "bp-unmoved bp-pictured" if pictured else "bp-unmoved"
    html = f'<div class="{kind}"><p>{escape(line)}</p>{record.html}{told}</div>{STYLE}'
    return {"text/plain": f"{line}\n{record.text}".strip(), "text/html": html}, {}


def picture_bundle(picture: bytes, words: str) -> Bundle:
    """A PNG file, and in words what it shows."""
    return {"text/plain": words, "image/png": picture}, {"image/png": {"alt": words}}


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
