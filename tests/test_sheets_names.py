"""Names on sheets: every letter is printed or the name refused, and none stands over anything else."""

from itertools import combinations, takewhile
from unicodedata import combining, normalize

import numpy as np
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from matplotlib import get_data_path
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.font_manager import FontProperties, findfont, fontManager
from matplotlib.textpath import TextPath

import bpwidgets as bp
from bpwidgets.pictures import saved
from bpwidgets.sheets import fonts as sheets_fonts
from bpwidgets.sheets.fit import FILLED, SMALLEST, fitted, width
from bpwidgets.sheets.fonts import SHAPES, USUAL, check_names, families, one_line
from bpwidgets.sheets.page import NAME, PAGE, keys_page
from bpwidgets.sheets.roster import main, write_class

PLAIN = [
    "Ada",
    "José",
    "Nguyễn",
    "Łukasz",
    "Ωmega",
    "Дмитрий",
    "O’Brien",
    "Ẹ̀bùn",
    "Þórdís",
    "李"[:0],
]
CHINESE, KOREAN, HINDI = "王伟", "김민준", "नेहा"
ARABIC, HEBREW = "محمد", "שלום"
LONG = [
    "W" * 32,
    "W" * 200,
    "i" * 300,
    "Maximiliane Charlotte von und zu Guttenberg-Hohenlohe",
    "Дмитрий Александрович Верещагин-Преображенский",
    "m" * 15 + " " * 3 + "m" * 80,
]


@pytest.fixture(autouse=True)
def only_dejavu(monkeypatch):
    """The machine has the fonts that matplotlib brings, and no other."""
    brought = [font for font in fontManager.ttflist if font.fname.startswith(get_data_path())]
    monkeypatch.setattr(fontManager, "ttflist", brought)
    monkeypatch.setattr(sheets_fonts, "findSystemFonts", lambda: [])
    monkeypatch.setattr(sheets_fonts, "_found", {})


@pytest.fixture
def made(tmp_path):
    """Makes a font with some letters, all of them a square, and gives its path."""

    def make(family, letters, empty="", weight=400, style="Regular"):
        pen = TTGlyphPen(None)
        for step, at in enumerate([(100, 0), (100, 700), (800, 700), (800, 0)]):
            (pen.lineTo if step else pen.moveTo)(at)
        pen.closePath()
        square, blank = pen.glyph(), TTGlyphPen(None).glyph()
        glyphs = {".notdef": square} | {f"u{ord(letter):X}": square for letter in letters}
        glyphs |= {f"u{ord(letter):X}": blank for letter in empty}
        builder = FontBuilder(1000, isTTF=True)
        builder.setupGlyphOrder(list(glyphs))
        builder.setupCharacterMap({ord(one): f"u{ord(one):X}" for one in letters + empty})
        builder.setupGlyf(glyphs)
        builder.setupHorizontalMetrics({name: (900, 100) for name in glyphs})
        builder.setupHorizontalHeader(ascent=800, descent=-200)
        names = {"familyName": family, "styleName": style, "psName": family.replace(" ", "")}
        builder.setupNameTable(names)
        builder.setupOS2(usWeightClass=weight)
        builder.setupPost()
        path = tmp_path / f"{family} {style}.ttf"
        builder.save(path)
        return str(path)

    return make


@pytest.fixture
def installed(made):
    def install(*args, **options):
        fontManager.addfont(made(*args, **options))

    return install


def name_on(figure, start):
    (found,) = [text for text in figure.texts if text.get_text().startswith(start)]
    return found


# --- a font that has the letters ---


@pytest.mark.parametrize("name", [*PLAIN, "", "\u202eAda\u200b"])
def test_what_dejavu_has_needs_no_search(name, monkeypatch):
    monkeypatch.setattr(sheets_fonts, "_search", None)
    assert families(name) == [USUAL]
    pictures = {
        saved(bp.worksheet(name=typed).page(), "png", 60)  # a missing letter is a warning
        for typed in (normalize("NFC", name), normalize("NFD", name))
    }
    assert len(pictures) == 1  # however its accents were typed


@pytest.mark.parametrize("name", [CHINESE, KOREAN, normalize("NFD", KOREAN), f"{CHINESE} Ada"])
def test_a_name_is_printed_in_an_installed_font_that_has_its_letters(name, installed, tmp_path):
    installed("Some Of Them", CHINESE[0] + KOREAN[0] + "Ada ")
    installed("All Of Them", CHINESE + KOREAN + "Ada ")
    sheet = bp.worksheet(name=name)
    for figure in (sheet.page(), sheet.key()):
        assert name_on(figure, one_line(name)).get_fontfamily()[0] == "All Of Them"
        assert name_on(figure, "Name:").get_fontfamily()[0] == "sans-serif"
        saved(figure, "png", 60)
    paths = write_class([name, "Ada"], tmp_path / "class")
    sheet.save(tmp_path / "one.pdf")
    for path in (*paths[:2], tmp_path / "one.pdf"):  # as outlines: no reader needs the font
        assert b"AllOfThem" not in path.read_bytes()
        assert b"/Type3" not in path.read_bytes()
    assert name in paths[2].read_text(encoding="utf-8")


def test_no_font_is_taken_that_draws_boxes_or_nothing(installed):
    installed("All Boxes", CHINESE + chr(sheets_fonts.NO_LETTER))
    installed("All Empty", CHINESE[0], empty=CHINESE[1])
    with pytest.raises(ValueError, match="no installed font"):
        families(CHINESE)
    installed("The Bold", CHINESE, weight=700)
    assert families(CHINESE)[0] == "The Bold"


def test_the_nearest_to_the_regular_is_taken(installed):
    installed("A Bold", CHINESE, weight=700)
    installed("Regular", CHINESE)
    assert families(CHINESE)[0] == "Regular"


def test_a_font_counts_by_the_face_that_is_drawn(installed):
    """matplotlib draws the regular one of a family: what only its bold one has, would be a box."""
    installed("A Family", "Ada")
    installed("A Family", CHINESE, weight=700, style="Bold")
    with pytest.raises(ValueError, match="no installed font"):
        families(CHINESE)


def test_fonts_installed_since_matplotlib_listed_them_are_found(made, monkeypatch):
    paths = [made("New", CHINESE), "/nowhere/gone.ttf"]
    monkeypatch.setattr(sheets_fonts, "findSystemFonts", lambda: paths)
    assert families(CHINESE)[0] == "New"


def test_a_font_that_is_gone_is_passed_over(installed, tmp_path):
    installed("A Gone", CHINESE)
    (tmp_path / "A Gone Regular.ttf").unlink()
    installed("Still There", CHINESE)
    assert families(CHINESE)[0] == "Still There"


def test_a_class_is_one_search(installed, monkeypatch, tmp_path):
    installed("All Of Them", CHINESE + KOREAN)
    searches, search = [], sheets_fonts._search
    monkeypatch.setattr(
        sheets_fonts, "_search", lambda wanted: (searches.append(1), search(wanted))
    )
    write_class([CHINESE, KOREAN, "Ada", CHINESE[::-1], KOREAN[:2]], tmp_path)
    assert len(searches) == 1


# --- refused before anything is written ---

REFUSED = {
    CHINESE: "no installed font has all letters of “王伟” (王, 伟): write the name in Latin letters, ",
    normalize(
        "NFD", KOREAN
    ): "of “김민준” (김, 민, 준): write the name in Latin letters, or install a",
    f"Ada {CHINESE}": "of “Ada 王伟” (王, 伟): write the name in Latin",
    CHINESE + KOREAN: "of “王伟김민준” (王, 伟, 김, …): write the name in Latin",
    "\x1b[31mAda": "of “�[31mAda” (U+001B): write the name in Latin",
    HINDI: "“नेहा” (",
}


@pytest.mark.parametrize(("name", "words"), REFUSED.items(), ids=ascii)
def test_what_no_font_has_is_refused_before_anything_is_written(name, words, tmp_path, capsys):
    sheet = bp.worksheet(name=name)
    refused = [
        sheet.page,
        sheet.key,
        lambda: sheet.save(tmp_path / "one.pdf", key=tmp_path / "key.pdf"),
        lambda: write_class(["Ada", name], tmp_path / "class"),
    ]
    for use in refused:
        with pytest.raises(ValueError) as reason:
            use()
        assert words in str(reason.value)
        assert "Latin letters" in str(reason.value)
    (tmp_path / "names.txt").write_text(f"Ada\n{name}\n", encoding="utf-8")
    assert main([str(tmp_path / "names.txt"), str(tmp_path / "class")]) == 2
    said = capsys.readouterr()
    assert said.out == "" and said.err == f"bpwidgets-sheets: {reason.value}\n"
    assert [path.name for path in tmp_path.iterdir()] == ["names.txt"]


def test_several_names_are_refused_at_once():
    with pytest.raises(ValueError) as reason:
        check_names([CHINESE, "Ada", KOREAN, CHINESE, "李明", "田中", "王" * 50])
    assert str(reason.value) == (
        "no installed font has all letters of “王伟” (王, 伟), “김민준” (김, 민, 준), “李明” (李, 明)"
        " and 2 more: write these names in Latin letters, or install a font that has them"
    )
    with pytest.raises(ValueError, match=r"“王{40}…”"):
        check_names(["王" * 50])


@pytest.mark.parametrize("name", [ARABIC, HEBREW, HINDI, "Ada שלום", "สุดา"])
def test_scripts_that_an_older_matplotlib_sets_wrongly_are_refused_there(
    name, installed, monkeypatch
):
    installed("All Of Them", name)
    monkeypatch.setattr(sheets_fonts, "SHAPES", False)
    with pytest.raises(
        ValueError, match=r"matplotlib before 3\.11 cannot join and order"
    ) as reason:
        bp.worksheet(name=name).page()
    assert f"“{name}” (" in str(reason.value)
    assert "write the name in Latin letters, or install matplotlib 3.11" in str(reason.value)


SIZE = 100
KERNING = 10  # of that size at most: letters that stand well beside each other come closer


def outline(text, family, start=0.0):
    return TextPath((start, 0), text, SIZE, prop=FontProperties(family=family)).vertices


def one_after_another(line, family):
    """The outlines of a line's letters, each as it is alone, from left to right: all an older one does.

    An accent that no letter has in it stands over the one before, since it takes no room of its own.
    """
    font = TTFont(findfont(FontProperties(family=family)))
    letters, room = font.getBestCmap(), font["hmtx"]
    start, outlines = 0.0, []
    for place, letter in enumerate(line):
        wide = room[letters[ord(letter)]][0]
        if combining(letter):
            assert wide == 0
            continue
        accents = takewhile(combining, line[place + 1 :])
        outlines.append(outline(letter + "".join(accents), family, start))
        start += wide * SIZE / font["head"].unitsPerEm
    return np.concatenate(outlines)


def is_set_one_after_another(name):
    """Whether that is what comes out where letters are joined and ordered: then it is right."""
    (family, *_), line = families(name), one_line(name)
    simple, right = one_after_another(line, family), outline(line, family)
    return simple.shape == right.shape and bool(np.all(abs(simple - right) < KERNING))


@pytest.mark.skipif(not SHAPES, reason="only a matplotlib that joins letters knows what is right")
@pytest.mark.parametrize(
    "name", [*filter(None, PLAIN), CHINESE, KOREAN, normalize("NFD", KOREAN), "हरब"]
)
def test_an_older_matplotlib_sets_the_others_rightly(name, installed, monkeypatch):
    installed("All Of Them", CHINESE + KOREAN + "हरब")
    monkeypatch.setattr(sheets_fonts, "SHAPES", False)
    assert is_set_one_after_another(name)
    assert name_on(bp.worksheet(name=name).page(), one_line(name)).get_fontfamily() == families(
        name
    )


@pytest.mark.skipif(not SHAPES, reason="only a matplotlib that joins letters knows what is right")
@pytest.mark.parametrize("name", [ARABIC, "שלום"])
def test_and_would_not_those_that_are_refused_there(name):
    assert not is_set_one_after_another(name)


def test_whether_letters_are_joined_is_told_truly():
    """Lam and alef become one sign, narrower than the two."""
    assert (width("لا", 10) < 0.9 * (width("ل", 10) + width("ا", 10))) == SHAPES


# --- no wider than its place ---


def overlaps(figure, dpi):
    """The texts of a new page that stand over another, or over its edge."""
    figure.set_dpi(dpi)  # before anything is measured
    renderer = FigureCanvasAgg(figure).get_renderer()
    boxes = {text.get_window_extent(renderer): text.get_text() for text in figure.texts}
    right = figure.bbox.x1
    found = [text for box, text in boxes.items() if box.x0 < 0 or box.x1 > right]
    return found + [
        f"{one} / {other}"
        for (first, one), (second, other) in combinations(boxes.items(), 2)
        if first.overlaps(second)
    ]


@pytest.mark.parametrize("dpi", [100, 300])
@pytest.mark.parametrize("seed", [0, 2**62])
@pytest.mark.parametrize("name", [*LONG, CHINESE * 30], ids=lambda name: name[:5])
def test_a_long_name_stands_over_nothing(name, seed, dpi, installed):
    installed("All Of Them", CHINESE)
    sheet = bp.worksheet(seed=seed, name=name)
    keys = keys_page([(seed, name)] * 5, [("h1", ["−0.123456789"] * 5)])
    for figure in (sheet.page(), sheet.key(), keys):
        assert overlaps(figure, dpi) == []
    whole = one_line(name)
    for written in (name_on(sheet.page(), name[:3]), keys.texts[2]):
        text = written.get_text()
        assert text == whole or (text[-1] == "…" and whole.startswith(text[:-1]))
        assert written.get_fontsize() >= SMALLEST


def test_a_name_gets_smaller_before_it_is_cut():
    assert fitted("Ada", 10, 50) == ("Ada", {"size": 10, "family": [USUAL]})
    text, style = fitted("m" * 15, 10, 50)
    assert text == "m" * 15 and 8 < style["size"] < 10
    assert width(text, style["size"]) == pytest.approx(50 * FILLED)
    text, style = fitted("m" * 80, 10, 50)
    assert text.strip("m") == "…" and style["size"] == SMALLEST
    assert width(text, SMALLEST) <= 50 * FILLED < width(f"m{text}", SMALLEST)


def test_no_accent_is_parted_from_its_letter():
    text, _ = fitted("ẹ\u0300\u0301" * 200, 10, 50)
    assert text[-2:] == "\u0301…"


def test_no_vowel_sign_is_parted_from_its_letter(installed, monkeypatch):
    installed("All Of Them", "का")
    monkeypatch.setattr(sheets_fonts, "SHAPES", True)
    for room in range(40, 60):
        text, _ = fitted("का" * 100, 10, room)
        assert text[-2:] == "ा…"


def test_white_space_and_what_is_not_seen_are_no_letters():
    assert one_line(" Ada\t King \u200b\n\u202e of\u3000Lovelace \ufe0f") == "Ada King of Lovelace"
    empty, blank = (bp.worksheet(name=name).page() for name in ("", " \u200b"))
    assert saved(empty, "png", 30) == saved(blank, "png", 30)  # with the line to write on


def test_the_line_for_a_name_ends_before_the_number_of_the_sheet():
    page = bp.worksheet(seed=2**62).page()
    lines = [line for one in page.findobj(LineCollection) for line in one.get_segments()]
    ((_, (end, _)),) = [line for line in lines if line[0][1] == 19.5]
    box = name_on(page, "sheet").get_window_extent()
    assert NAME < end < float(box.x0 / page.bbox.x1) * PAGE[0]
