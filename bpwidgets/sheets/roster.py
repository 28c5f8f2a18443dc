"""Sheets for a class by one command, each with numbers of its own.

    bpwidgets-sheets names.txt sheets --seed 100

writes ``sheets.pdf`` (a page for every name, in their order), ``keys.pdf`` (five keys a page) and
``keys.csv`` into the folder.  The number on a sheet is its seed: ``bp.worksheet(seed=117)`` has the same
network, and with the command's ``rule`` and ``biases`` the same tasks.  A number is left out where it is
a seed of the course, or its network would be that of a sheet before.
"""

import argparse
import csv
import logging
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from matplotlib.backends.backend_pdf import PdfPages

from bpwidgets.calculation import calculation
from bpwidgets.gradient import BIASES, RULES
from bpwidgets.pictures import NO_DATE, drawing
from bpwidgets.sheets import Worksheet, worksheet
from bpwidgets.sheets.fonts import check_names
from bpwidgets.sheets.names import harmless, read_names
from bpwidgets.sheets.page import KEYS_A_PAGE, keys_page
from bpwidgets.sheets.seeds import seeds_from
from bpwidgets.sheets.together import together
from bpwidgets.wording import number, plain

BAR = 40  # letters
MOST_NAMES = 2000
FAILED, STOPPED = 2, 130  # what the command ends with; the latter as a shell has it for Ctrl-C


def sheets_for(
    names: Sequence[str], seed: int = 0, *, rule: str = "simultaneous", biases: str = "fixed"
) -> Iterator[Worksheet]:
    """A sheet for every name, no two with the same network, and none with one of the course."""
    seen = set()
    seeds = seeds_from(seed)
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

    They take the place of older ones together, or not at all.

    Raises ValueError for no name at all, more than 2,000, or one that cannot be printed, OSError if a
    file cannot be written or an older one not be replaced.
    """
    if not 1 <= len(names) <= MOST_NAMES:
        raise ValueError(f"a class has 1 to {MOST_NAMES:,} names, got {len(names)}")
    check_names(names)
    with _made(Path(folder)) as place:
        paths = place / "sheets.pdf", place / "keys.pdf", place / "keys.csv"
        with together(*paths) as parts:
            sheets = sheets_for(names, seed, rule=rule, biases=biases)
            _write(parts, sheets, len(names), progress)
    return paths


@contextmanager
def _made(folder: Path) -> Iterator[Path]:
    """A folder that is there, and only stays if what is done in it succeeds, unless it was there."""
    new = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield folder
    except BaseException:
        if new:
            with suppress(OSError):
                folder.rmdir()
        raise


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
    paths: Sequence[Path],
    sheets: Iterable[Worksheet],
    count: int,
    progress: Callable[[int, int], None],
) -> None:
    sheets_pdf, keys_pdf, keys_csv = paths
    made = []
    with _pages(sheets_pdf) as pages:
        for sheet in sheets:
            page = sheet.page()
            with drawing():
                pages.savefig(page)
            made.append(sheet)
            progress(len(made), count)
    keys = [_key(sheet) for sheet in made]
    quantities = [task.quantity for task in made[0].tasks]
    with _pages(keys_pdf) as pages:
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
    with keys_csv.open("w", newline="", encoding="utf-8-sig") as file:
        table = csv.writer(file)
        table.writerow(["sheet", "name", *quantities])
        for sheet, key in zip(made, keys):
            table.writerow([sheet.seed, harmless(sheet.name), *(f"{value:.9f}" for value in key)])


def _key(sheet: Worksheet) -> list[float]:
    first = sheet.tasks[0]
    values = calculation(sheet.network, rule=first.rule, biases=first.biases).values
    return [values[task.quantity] for task in sheet.tasks]


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
        paths = write_class(
            _names(given.names),
            given.folder,
            seed=given.seed,
            rule=given.rule,
            biases=given.biases,
            progress=lambda done, whole: print(
                f"\r{bar(done, whole)}", end="\n" * (done == whole), file=sys.stderr, flush=True
            ),
        )
    except (OSError, ValueError) as reason:
        print(f"bpwidgets-sheets: {reason}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("\nbpwidgets-sheets: stopped, and nothing was changed", file=sys.stderr)
        return STOPPED
    for path in paths:
        print(path)
    return 0


def _names(called: str) -> list[str]:
    if called == "-":
        return read_names(sys.stdin, "the list")
    with Path(called).open(encoding="utf-8-sig") as file:
        return read_names(file, called)


if __name__ == "__main__":
    sys.exit(main())
