"""What the page says about keeping: what is kept, where, and how to switch it off."""

from datetime import datetime
from pathlib import Path

from bpwidgets.keeping.place import SETTING, Place

ABOVE = "# bpwidgets takes this up when its cell is run again. Without the file it starts afresh."
TO_COPY = 'To go on elsewhere, copy this text into the cell: {call}(..., progress="...").'
RELOADED = "As long as the kernel runs, a reloaded page goes on by itself."
START_AGAIN = "Start again"
STARTED_AGAIN = "Started again; nothing of what was done here counts any more."
TAKE_BACK = "Take it back"
PROGRESS = "Progress, as a text to copy"


def keeping(place: Place, path: Path | None, call: str) -> str:
    """What becomes of the work, as sentences.

    path: of the file, seen from the notebook's folder; None where nothing is kept
    call: how the widget is made, such as "bp.Exercise"
    """
    copy = TO_COPY.format(call=call)
    if place.passes:
        ends = "On Binder nothing outlives the session, which ends after some minutes without use."
        return f"{ends} {copy}"
    if path is not None:
        kept = f"What you do here is kept in {path.as_posix()}, beside the notebook, and taken up"
        off = f"To keep nothing: {call}(..., keep=False), or %env {SETTING}=no in the first cell."
        return f"{kept} when the cell is run again. {off} {copy}"
    why = "since it is switched off" if place.why == "off" else "since no notebook is known here"
    return f"Nothing is kept, {why}. {RELOADED} {copy}"


def in_short(place: Place, path: Path | None) -> str:
    """The same in a few words."""
    if place.passes:
        return "Nothing outlives this session: copy your progress"
    return "Kept beside the notebook" if path is not None else "Nothing is kept"


def taken_up(changed: datetime | None) -> str:
    """That the work goes on where it was left."""
    return f"Taken up where you left it{f', on {date(changed)}' if changed else ''}."


def date(when: datetime | None) -> str:
    """Day and time, the same in every country; nothing for None."""
    return "" if when is None else f"{when:%Y-%m-%d %H:%M}"


def not_kept(path: Path, reason: str) -> str:
    """Why the file cannot be used."""
    return f"This is not kept: {path.as_posix()} cannot be used, {reason}."


def set_aside(path: Path, reason: str, name: str) -> str:
    """Why what the file had was not taken up, and what it is called now."""
    return f"{path.as_posix()} could not be read: {reason}. It was kept as {name}."
