"""A small text in a file, changed whole or not at all, also by several kernels at once."""

import os
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TypeVar

MOST_BYTES = 4_000_000
PATIENCE = (
    2.0  # seconds in which a file of another kernel's change must move, or it was left behind
)
PAUSE = 0.01
MOST_ASIDE = 1000
BINARY = getattr(os, "O_BINARY", 0)  # else Windows changes the ends of lines
PLAIN = os.O_RDONLY | BINARY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
NEW = os.O_WRONLY | BINARY | os.O_CREAT | os.O_EXCL  # follows no link
T = TypeVar("T")


class NotKept(Exception):
    """Why the file cannot be used, as the end of a sentence."""


class KeptFile:
    """A text in a file; every error of the system is raised as `NotKept`.

    A change writes a second file, which only one kernel can make at a time, and puts it in the place of
    the first.  No link is followed, for either file or for the folder.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._part = path.with_name(f"{path.name}.part")

    def read(self) -> str | None:
        """The text, None if there is no file; ValueError if it is no such text."""
        try:
            data = _patiently(lambda: _read(self.path))
        except FileNotFoundError:
            return None
        except OSError as reason:
            raise NotKept(_words(reason)) from None
        if len(data) > MOST_BYTES:
            raise ValueError(f"it has more than {MOST_BYTES:,} bytes")
        try:
            return data.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            raise ValueError("it is not UTF-8 text") from None

    def swap(self, old: str | None, new: str) -> bool:
        """Put the new text in the place of the old; False if another text, or none, is there by now."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            file = self._claimed()
            try:
                with open(file, "wb") as part:
                    part.write(new.encode("utf-8"))
                    part.flush()
                    os.fsync(file)
                if is_old := self.read() == old:
                    _replace(self._part, self.path)
            except BaseException:
                _removed(self._part)
                raise
            if not is_old:
                _removed(self._part)
            return is_old
        except OSError as reason:
            raise NotKept(_words(reason)) from None

    def set_aside(self) -> str:
        """Rename the file, in the place of no other; its new name."""
        stem, kind = self.path.stem, self.path.suffix
        for number in range(1, MOST_ASIDE):
            aside = self.path.with_name(f"{stem}-unread-{number}{kind}")
            try:
                os.close(os.open(aside, NEW, 0o666))  # so the name is ours
                _replace(self.path, aside)
                return aside.name
            except FileExistsError:
                continue
            except OSError as reason:
                raise NotKept(_words(reason)) from None
        raise NotKept("there are too many files that could not be read")

    @property
    def changed(self) -> datetime | None:
        """When the text was put there; None if it is not known."""
        try:
            return datetime.fromtimestamp(os.lstat(self.path).st_mtime)
        except (OSError, OverflowError, ValueError):  # a clock can be anywhere
            return None

    def _claimed(self) -> int:
        """The second file, made anew; one that was left behind by a kernel that has ended is removed."""
        seen, end = None, 0.0
        while True:
            try:
                return _patiently(lambda: os.open(self._part, NEW, 0o666))
            except FileExistsError:
                found = _seen(self._part)
            if found != seen:
                seen, end = found, time.monotonic() + PATIENCE
            elif found and time.monotonic() > end:
                _removed(self._part)
            time.sleep(PAUSE)


def _read(path: Path) -> bytes:
    for place in (path.parent.parent, path.parent, path):
        if place.is_symlink():
            raise OSError(0, f"{place.name} is a link")
    file = os.open(path, PLAIN)
    with open(file, "rb") as opened:
        if not stat.S_ISREG(os.fstat(file).st_mode):
            raise OSError(0, f"{path.name} is no plain file")
        return opened.read(MOST_BYTES + 1)


def _seen(path: Path) -> tuple[int, ...] | None:
    """What differs between two files of one name; None if there is none."""
    try:
        found = os.lstat(path)
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def _replace(new: Path, old: Path) -> None:
    _patiently(lambda: os.replace(new, old))


def _removed(path: Path) -> None:
    with suppress(FileNotFoundError):
        _patiently(lambda: os.unlink(path))


def _patiently(act: Callable[[], T]) -> T:
    """What an act gives.  Windows refuses it while somebody else has the file open: then again."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return act()
        except PermissionError:
            if os.name != "nt" or time.monotonic() > end:
                raise
            time.sleep(PAUSE)


def _words(reason: OSError) -> str:
    words = reason.strerror or type(reason).__name__
    return f"{words[0].lower()}{words[1:]}"
