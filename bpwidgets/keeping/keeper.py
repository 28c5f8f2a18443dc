"""Keeps a learner's work in a file beside the notebook, and takes it up again.

The file is the truth: each act is done on what it says then, so kernels with the same exercise lose
nothing of each other.  Where it cannot be used, the work goes on without it, and the reason is said.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Generic, TypeVar

from bpwidgets.keeping.file import KeptFile, NotKept
from bpwidgets.keeping.place import Place, of_renamed
from bpwidgets.keeping.words import ABOVE, not_kept, set_aside

T = TypeVar("T")
TRIES = 100


class Keeper(Generic[T]):
    """Keeps one value: the work on one exercise.

    fresh: the value with nothing done
    name: of the file, without its kind; the same for the same exercise
    written, read: from the value to its text and back; ``read`` raises ValueError for any other text
    seen: what the file has, with that on view which is on view here: what another kernel looks at is no
        matter to an act
    """

    def __init__(
        self,
        place: Place,
        name: str,
        fresh: T,
        written: Callable[[T], str],
        read: Callable[[str], T],
        seen: Callable[[T, T], T] = lambda found, own: found,
    ) -> None:
        self.place = place
        self.written = written
        self.trouble = ""  # why nothing is kept at the moment, or what was set aside, in words
        self.changed: datetime | None = None  # when what is kept was done
        self.is_taken_up = False  # whether something was kept when it was looked for first
        self._fresh, self._read, self._seen = fresh, read, seen
        self._file = None if place.folder is None else KeptFile(place.folder / f"{name}.txt")
        self._last: str | None = None  # what the file says, as far as is known here,
        self._known = fresh  # and the work to go on from while it says so
        self._unkept: list[Callable[[T], T]] = []  # what was done since nothing could be kept

    @property
    def path(self) -> Path | None:
        """The file, seen from the notebook's folder; None where nothing is kept."""
        if self._file is None:
            return None
        return Path(*self._file.path.parts[-3:])

    def first(self) -> T:
        """The work as it was left, or with nothing done.  Raises nothing."""
        if self._file is None:
            return self._fresh
        try:
            found = self._current(self._file)
        except NotKept as reason:
            self.trouble = not_kept(self._named, str(reason))
            return self._fresh
        if self._last is None:
            found = self._known = self._of_renamed(self._file)
        else:
            self.changed = self._file.changed
        self.is_taken_up = found is not self._fresh and found != self._fresh
        return found

    def after(self, own: T, act: Callable[[T], T]) -> T:
        """What an act makes of the work, kept; ``own`` is the work as it was shown here last.

        Raises what the act raises; then nothing is kept.
        """
        self.trouble = ""
        if self._file is None:
            return act(own)
        try:
            for _ in range(TRIES):
                done = act(self._seen(self._current(self._file), own))
                if self._kept(self._file, done):
                    self._unkept.clear()
                    break
            else:
                raise NotKept("other kernels change it all the time")
        except NotKept as reason:
            self.trouble = not_kept(self._named, str(reason))
            done = act(self._seen(self._known, own))
            self._unkept.append(act)
        self._known = done
        return done

    def _current(self, file: KeptFile) -> T:
        """The work as the file has it now; what is known if there is nothing new, or nothing to read."""
        try:
            text = file.read()
            if text is not None and text != self._last:
                self._known = self._with_unkept(self._read(_line(text)))
            self._last = text
        except ValueError as reason:
            self.trouble = set_aside(self._named, str(reason), file.set_aside())
            self._last = None
        return self._known

    def _with_unkept(self, found: T) -> T:
        """The work of another kernel, and what was done here while nothing could be kept."""
        for act in self._unkept:
            with suppress(Exception):  # what cannot be done on that work any more
                found = act(found)
        return found

    def _kept(self, file: KeptFile, done: T) -> bool:
        """Whether the file has the work now; work with nothing done needs no file."""
        new = f"{ABOVE}\n{self.written(done)}\n"
        if new != self._last and not (self._last is None and done == self._fresh):
            if not file.swap(self._last, new):
                return False
            self._last = new
            self.changed = file.changed
        return True

    def _of_renamed(self, file: KeptFile) -> T:
        """What was kept under the notebook's name before; with nothing done if there is nothing."""
        before = of_renamed(file.path)
        try:
            text = before and KeptFile(before).read()
            found = self._read(_line(text)) if text else self._fresh
        except (NotKept, ValueError):
            return self._fresh
        self.changed = KeptFile(before).changed if before else None
        return found

    @property
    def _named(self) -> Path:
        return self.path or Path()


def _line(text: str) -> str:
    """The only line that is no comment."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    if len(lines) != 1:
        raise ValueError(f"one line must not begin with #, here it is {len(lines)}")
    return lines[0]
