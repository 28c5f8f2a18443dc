"""The font for a name on a sheet: one that has its letters, or a refusal.

DejaVu Sans comes with matplotlib and has the letters of Europe and some more; for others the installed
fonts are looked through.  For some scripts that is not enough.  Since 3.11 matplotlib joins and orders
letters as their script wants: Arabic, Hebrew and Devanagari print as they should.  Before that it sets
letter after letter from left to right, each in the form that it has alone: Arabic and Hebrew stand
backwards, and vowels of Devanagari at the wrong consonant.  There they are refused.
"""

from collections.abc import Collection, Sequence
from contextlib import suppress
from functools import cache
from unicodedata import bidirectional, category, normalize
from unicodedata import name as name_of

from matplotlib import ft2font
from matplotlib.font_manager import FontEntry, findfont, findSystemFonts, fontManager
from matplotlib.ft2font import FT2Font

from bpwidgets.checks import quoted

USUAL = "DejaVu Sans"
SHAPES = hasattr(ft2font, "__libraqm_version__")  # whether matplotlib joins and orders letters
NO_LETTER = 0x1FFFE  # never will be one: a font that claims to have it draws boxes for everything
JOINERS = "\u200c\u200d"  # not seen, but letters before and after look different
MOST_SHOWN = 3  # names, and letters of each, in one message
LONGEST_SHOWN = 40
MOST_LETTERS = 1000  # of a name

_found: dict[frozenset[str], str] = {}  # letters: the font that has them all


def families(name: str) -> list[str]:
    """The fonts for a name; DejaVu Sans has the "…" if the first has none."""
    check_names([name])
    found = _found.get(frozenset(one_line(name)))
    return [USUAL] if found is None else [found, USUAL]


def one_line(name: str) -> str:
    """A name as it is printed: accents and letters as one sign, nothing that is not seen."""
    seen = "".join(letter for letter in name if not _is_unseen(letter))
    return normalize("NFC", " ".join(seen.split()))


def is_mark(letter: str) -> bool:
    return category(letter).startswith("M")


def check_names(names: Sequence[str]) -> None:
    """Find a font for each of the names, all in one search.

    Raises ValueError for names that cannot be printed, or are longer than any name.
    """
    if (longest := max(map(len, names), default=0)) > MOST_LETTERS:
        raise ValueError(f"a name has at most {MOST_LETTERS:,} letters, got one of {longest:,}")
    lines = [one_line(name) for name in names]
    if not SHAPES and (refused := [line for line in lines if any(map(_needs_shaping, line))]):
        raise _refusal(
            "matplotlib before 3.11 cannot join and order the letters of",
            {line: list(filter(_needs_shaping, line)) for line in refused},
            "install matplotlib 3.11 or a later one",
        )
    wanted = {frozenset(line): line for line in lines if not _usual_letters().issuperset(line)}
    for letters in wanted.keys() & _found.keys():
        del wanted[letters]
    if wanted:
        _search(wanted)
    if wanted and _add_fonts():
        _search(wanted)
    if wanted:
        raise _refusal(
            "no installed font has all letters of",
            {line: [at for at in line if at not in _usual_letters()] for line in wanted.values()},
            "install a font that has them",
        )


def _search(wanted: dict[frozenset[str], str]) -> None:
    """Look through the installed fonts, and take out of ``wanted`` what one of them has."""
    seen = {USUAL}
    for entry in sorted(fontManager.ttflist, key=lambda entry: (_distance(entry), entry.name)):
        if entry.name in seen:  # by its name, matplotlib finds the one nearest to the regular
            continue
        seen.add(entry.name)
        for letters in _had(entry, wanted):
            _found[letters] = entry.name
            del wanted[letters]
        if not wanted:
            return


def _add_fonts() -> bool:
    """Tell matplotlib of the fonts installed since it listed them; whether there are any."""
    known = {entry.fname for entry in fontManager.ttflist}
    new = [path for path in findSystemFonts() if path not in known]
    for path in new:
        with suppress(Exception):  # as when it lists them: what it cannot read is left out
            fontManager.addfont(path)
    return bool(new)


def _distance(entry: FontEntry) -> float:
    """How far a font is from an upright regular one, as matplotlib measures it."""
    return (
        fontManager.score_style("normal", entry.style)
        + fontManager.score_variant("normal", entry.variant)
        + fontManager.score_weight("normal", entry.weight)
        + fontManager.score_stretch("normal", entry.stretch)
    )


def _had(entry: FontEntry, wanted: Collection[frozenset[str]]) -> list[frozenset[str]]:
    """Which of the sets of letters a font has."""
    index = getattr(entry, "index", 0)  # several fonts in one file: since matplotlib 3.11
    try:
        font = FT2Font(entry.fname, face_index=index) if index else FT2Font(entry.fname)
        if font.get_char_index(NO_LETTER):
            return []
        return [letters for letters in wanted if all(_draws(font, letter) for letter in letters)]
    except (OSError, RuntimeError):  # no longer there, or broken
        return []


def _draws(font: FT2Font, letter: str) -> bool:
    """Whether a font has a letter, and not only an empty place for it."""
    if letter in JOINERS:
        return True
    if not font.get_char_index(ord(letter)):
        return False
    font.load_char(ord(letter))
    return letter == " " or len(font.get_path()[0]) > 0


@cache
def _usual_letters() -> frozenset[str]:
    return frozenset(map(chr, FT2Font(findfont(USUAL)).get_charmap()))


def _needs_shaping(letter: str) -> bool:
    """Whether a letter goes from right to left, or is a mark that is no mere accent."""
    if bidirectional(letter) in ("R", "AL"):
        return True
    return is_mark(letter) and not name_of(letter, "").startswith("COMBINING")


def _is_unseen(letter: str) -> bool:
    if letter in JOINERS:
        return False
    return category(letter) == "Cf" or name_of(letter, "").startswith("VARIATION SELECTOR")


def _refusal(why: str, lines: dict[str, list[str]], otherwise: str) -> ValueError:
    """The error for some names and those of their letters that are in the way."""
    named = [f"{_short(line)} ({_listed(letters)})" for line, letters in lines.items()]
    shown = ", ".join(named[:MOST_SHOWN])
    more = f" and {len(named) - MOST_SHOWN} more" if len(named) > MOST_SHOWN else ""
    names = "the name" if len(named) == 1 else "these names"
    return ValueError(f"{why} {shown}{more}: write {names} in Latin letters, or {otherwise}")


def _short(line: str) -> str:
    return quoted(line if len(line) <= LONGEST_SHOWN else f"{line[:LONGEST_SHOWN]}…")


def _listed(letters: Sequence[str]) -> str:
    each = list(dict.fromkeys(letters))
    more = ["…"] if len(each) > MOST_SHOWN else []
    return ", ".join([*map(_shown, each[:MOST_SHOWN]), *more])


def _shown(letter: str) -> str:
    if not letter.isprintable():
        return f"U+{ord(letter):04X}"
    return f"◌{letter}" if is_mark(letter) else letter
