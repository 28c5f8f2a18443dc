"""Files that belong together take the place of older ones together, or not at all."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

Move = tuple[Path, Path]  # from, to
NEW, OLD = "new", "old"


@contextmanager
def together(*paths: Path) -> Iterator[tuple[Path, ...]]:
    """Where to write meanwhile: in new folders beside the paths, with names that nobody can foresee.

    At the end all older files are moved away before the first new one is moved to its place, so files
    of two runs never stand side by side.  If a move fails (on Windows another program may have a file
    open), all are moved back.  No move goes to where a file stands, which Windows refuses.

    Raises OSError if something else than a file stands at a path, or a file cannot be moved.
    """
    for path in paths:
        if path.exists() and not path.is_file():
            raise OSError(f"{path} is no file, but a file is to be written there")
    rooms: dict[Path, Path] = {}  # in each of the paths' folders a new one
    try:
        for folder in dict.fromkeys(path.parent for path in paths):
            rooms[folder] = Path(mkdtemp(prefix=".bpwidgets-", dir=folder))
            (rooms[folder] / NEW).mkdir()
            (rooms[folder] / OLD).mkdir()
        new = tuple(rooms[path.parent] / NEW / path.name for path in paths)
        yield new
        old = [rooms[path.parent] / OLD / path.name for path in paths]
        older = [(path, aside) for path, aside in zip(paths, old) if _stands(path)]
        _move([*older, *zip(new, paths)])
        _remove(old)
    finally:
        for room in rooms.values():
            _remove((room / NEW).glob("*"))
            for place in (room / NEW, room / OLD, room):
                with suppress(OSError):  # an older file that could not be moved back is kept
                    place.rmdir()


def _move(moves: Iterable[Move]) -> None:
    """Make all of the moves, or take back those that were made."""
    begun: list[Move] = []
    try:
        for source, target in moves:
            begun.append((source, target))
            source.rename(target)
    except BaseException:
        left = [move for move in reversed(begun) if not _taken_back(*move)]
        if left:
            lost = " and ".join(f"{there} belongs at {here}" for here, there in left)
            raise OSError(f"files could not be moved back: {lost}") from None
        raise


def _taken_back(source: Path, target: Path) -> bool:
    """Take a move back, if it was made; whether that is done."""
    if _stands(target) and not _stands(source):
        with suppress(OSError):
            target.rename(source)
    return not _stands(target)


def _stands(path: Path) -> bool:
    """Whether a file or a link is there, also a link that leads nowhere."""
    return path.is_symlink() or path.exists()


def _remove(files: Iterable[Path]) -> None:
    for path in files:
        with suppress(OSError):  # not there; or on Windows, one that may not be written
            path.unlink()
