"""Sheets for a class by one command, each with numbers of its own.

    bpwidgets-sheets names.txt sheets --seed 100

writes ``sheets.pdf`` (a page for every name, in their order), ``keys.pdf`` (five keys a page) and
``keys.csv`` into the folder.  The number on a sheet is its seed: ``bp.worksheet(seed=117)`` has the same
network, and with the command's ``rule`` and ``biases`` the same tasks.  A number is left out where its
network would be that of a sheet before.
"""

import argparse
import csv
import logging
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from matplotlib.backends.backend_pdf import PdfPages

from bpwidgets.calculation import calculation
from bpwidgets.gradient import BIASES, RULES
from bpwidgets.pictures import NO_DATE, drawing
from bpwidgets.sheets import Worksheet, worksheet
from bpwidgets.sheets.fonts import check_names
from bpwidgets.sheets.page import KEYS_A_PAGE, keys_page
from bpwidgets.wording import number, plain

BAR = 40  # letters
MOST_NAMES = 2000


def sheets_for(
    names: Sequence[str], seed: int = 0, *, rule: str = "simultaneous", biases: str = "fixed"
) -> Iterator[Worksheet]:
    """A sheet for every name, no two with the same network."""
    seen = set()
    seeds = count(seed)
    for name in names:
        sheet = worksheet(next(seeds), name=name, rule=rule, biases=biases)
        while sheet.network in seen:
            sheet = worksheet(next(seeds), name=name, rule=rule, biases=biases)
        seen.add(sheet.network)
        yield sheet


def write_class(
    names: Sequence[str],
    folder: str | Path,
    *,
    seed: int = 0,
    rule: str = "simultaneous",
    biases: str = "fixed",
    progress: Callable[[int, int], None] = lambda done, all: None,
) -> tuple[Path, Path, Path]:
    """Write the sheets and the keys of a class; the paths of sheets.pdf, keys.pdf and keys.csv.

    Raises ValueError for no name at all, more than 2,000, or one that cannot be printed.
    """
    if not 1 <= len(names) <= MOST_NAMES:
        raise ValueError(f"a class has 1 to {MOST_NAMES:,} names, got {len(names)}")
    check_names(names)
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    paths = place / "sheets.pdf", place / "keys.pdf", place / "keys.csv"
    with _replacing(paths) as parts:
        _write(parts, sheets_for(names, seed, rule=rule, biases=biases), len(names), progress)
    return paths


@contextmanager
def _replacing(paths: tuple[Path, Path, Path]) -> Iterator[tuple[Path, Path, Path]]:
    """Where to write meanwhile: the files take the place of older ones together, or not at all."""
    sheets, keys, table = (path.with_name(f"{path.name}.part") for path in paths)
    parts = sheets, keys, table
    try:
        yield parts
        for part, path in zip(parts, paths):
            part.replace(path)
    finally:
        for part in parts:
            part.unlink(missing_ok=True)


@contextmanager
def _pages(path: Path) -> Iterator[Any]:
    """A PDF to draw pages into; the fonts are written at its end, so that needs our settings too."""
    pages: Any = PdfPages(path, metadata=NO_DATE["pdf"])
    try:
        yield pages
    finally:
        with drawing():
            pages.close()


def _write(
    paths: tuple[Path, Path, Path],
    sheets: Iterable[Worksheet],
    count: int,
    progress: Callable[[int, int], None],
) -> None:
    made = []
    with _pages(paths[0]) as pages:
        for sheet in sheets:
            page = sheet.page()
            with drawing():
                pages.savefig(page)
            made.append(sheet)
            progress(len(made), count)
    keys = [_key(sheet) for sheet in made]
    quantities = [task.quantity for task in made[0].tasks]
    with _pages(paths[1]) as pages:
        for start in range(0, len(made), KEYS_A_PAGE):
            some = list(zip(made, keys))[start : start + KEYS_A_PAGE]
            heads = [(sheet.seed, sheet.name) for sheet, _ in some]
            rows = [
                (plain(q), [number(key[place]) for _, key in some])
                for place, q in enumerate(quantities)
            ]
            page = keys_page(heads, rows)
            with drawing():
                pages.savefig(page)
    # With its mark of order, by which a spreadsheet knows UTF-8.
    with paths[2].open("w", newline="", encoding="utf-8-sig") as file:
        table = csv.writer(file)
        table.writerow(["sheet", "name", *quantities])
        for sheet, key in zip(made, keys):
            table.writerow([sheet.seed, _harmless(sheet.name), *(f"{value:.9f}" for value in key)])


def _key(sheet: Worksheet) -> list[float]:
    first = sheet.tasks[0]
    values = calculation(sheet.network, rule=first.rule, biases=first.biases).values
    return [values[task.quantity] for task in sheet.tasks]


def _harmless(name: str) -> str:
    """A name that a spreadsheet does not take for a formula."""
    return f"'{name}" if name[:1] in ("=", "+", "-", "@", "\t", "\r") else name


def bar(done: int, whole: int) -> str:
    """How far it is: [##########..........] 150/300."""
    filled = BAR * done // whole
    return f"[{'#' * filled}{'.' * (BAR - filled)}] {done}/{whole}"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command ``bpwidgets-sheets``."""
    parser = argparse.ArgumentParser(prog="bpwidgets-sheets", description="Sheets for a class.")
    parser.add_argument("names", help="a text file with a name a line; - reads from the terminal")
    parser.add_argument("folder", help="where the files go; made if it is not there")
    parser.add_argument("--seed", type=int, default=0, help="the number of the first sheet")
    parser.add_argument("--rule", choices=RULES, default=RULES[0], help="how weights are updated")
    parser.add_argument("--biases", choices=BIASES, default=BIASES[0], help="whether biases move")
    given = parser.parse_args(arguments)
    # matplotlib would tell, in the middle of the bar, which weight of a font it takes.
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    try:
        text = sys.stdin.read() if given.names == "-" else Path(given.names).read_text("utf-8-sig")
        names = [line.strip() for line in text.splitlines() if line.strip()]
        paths = write_class(
            names,
            given.folder,
            seed=given.seed,
            rule=given.rule,
            biases=given.biases,
            progress=lambda done, whole: print(
                f"\r{bar(done, whole)}", end="", file=sys.stderr, flush=True
            ),
        )
    except UnicodeDecodeError:
        print(
            f"bpwidgets-sheets: {given.names} is no UTF-8 text; save it as UTF-8", file=sys.stderr
        )
        return 2
    except (OSError, ValueError) as reason:
        print(f"bpwidgets-sheets: {reason}", file=sys.stderr)
        return 2
    print(file=sys.stderr)
    for path in paths:
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
