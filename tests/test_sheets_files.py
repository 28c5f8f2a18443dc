"""A class's files: what is read as a list of names, what a spreadsheet opens, what is replaced when."""

import csv
import errno
import io
import os
import signal
import subprocess
import sys
import threading
from itertools import product
from pathlib import Path
from time import process_time
from unicodedata import category, normalize

import pytest

import bpwidgets as bp
from bpwidgets.sheets import roster
from bpwidgets.sheets.roster import main, write_class
from bpwidgets.sheets.together import together

FILES = ["sheets.pdf", "keys.pdf", "keys.csv"]


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def write(folder, text):
    """The files of a class in their folder, with a text for what stands in them."""
    with together(*(folder / name for name in FILES)) as parts:
        for part in parts:
            part.write_text(text)


# --- the list of names ---

LISTS = {
    "one line of 20 MB": (b"x" * 20_000_000, "is no list of names: it has over 1,000,000 letters"),
    "20 MB of lines": (b"Ada\n" * 5_000_000, "is no list of names: it has over 1,000,000 letters"),
    "one line of 1 MB": (
        b"x" * 1_000_000,
        "a name has at most 1,000 letters, got one of 1,000,000",
    ),
    "UTF-16 without its mark": ("Ada\nBen\n".encode("utf-16-le"), "is no UTF-8 text; save it"),
    "the other way round": ("Ada\nBen\n".encode("utf-16-be"), "is no UTF-8 text; save it"),
    "UTF-16 with its mark": ("Ada\nBen\n".encode("utf-16"), "is no UTF-8 text; save it"),
    "UTF-32": ("Ada\nBen\n".encode("utf-32-le"), "is no UTF-8 text; save it"),
    "20 MB of nothing": (bytes(20_000_000), "is no UTF-8 text; save it as UTF-8"),
    "a table of Excel": (b"PK\x03\x04\x14\x00\x06\x00" * 100, "is no UTF-8 text; save it"),
    "Latin 1": ("Jürgen\n".encode("latin-1"), "is no UTF-8 text; save it"),
    "too many": (b"Ada\n" * 2001, "a class has 1 to 2,000 names, got 2001"),
}


@pytest.mark.parametrize("kind", LISTS)
def test_what_is_no_list_of_names_is_refused_within_a_second(kind, tmp_path, capsys):
    content, words = LISTS[kind]
    (tmp_path / "names.txt").write_bytes(content)
    start = process_time()
    assert main([str(tmp_path / "names.txt"), str(tmp_path / "out")]) == 2
    assert process_time() - start < 1
    said = capsys.readouterr().err
    assert words in said and said.count("\n") == 1 and len(said) < 300
    assert not (tmp_path / "out").exists()


def test_a_list_from_the_terminal_is_held_to_the_same(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("x" * 2_000_000))
    assert main(["-", str(tmp_path / "out")]) == 2
    assert "the list is no list of names: it has over 1,000,000" in capsys.readouterr().err
    monkeypatch.setattr("sys.stdin", io.StringIO("Ada\n"))
    assert main(["-", str(tmp_path / "out")]) == 0


def test_a_name_of_20_mb_is_refused_at_once():
    start = process_time()
    with pytest.raises(ValueError, match="at most 1,000 letters, got one of 20,000,000"):
        bp.worksheet(name="x" * 20_000_000).page()
    assert process_time() - start < 1


# --- the table ---

SIGNS = "=+-@＝＋－＠﹦﹢﹣﹫"
NAMES = [
    *(
        f"{before}{sign}1+1"
        for before, sign in product(["", " ", "\t", "\r", "\n", "\u200b"], SIGNS)
    ),
    *(f"{start}{mark}{sign}1" for start, mark, sign in product(["", "Ada"], ",;|\t\n", "=+-@")),
    *('";"=1', ';"=1', 'Ada;"",=1', ";;=1", "\n\n@x", "\r\n=1", ";\ufeff=1", "; =1", '"=1"'),
]
PLAIN = ["Anne-Marie", "O'Brien", "Smith, J.", "'=1", "a=b", "Ada (x - y)", "Ǩ-", "李=1"]


def begins_a_formula(cell):
    """What Excel and LibreOffice see first, white space and unseen letters left aside."""
    seen = [letter for letter in cell if not letter.isspace() and category(letter)[0] != "C"]
    return normalize("NFKC", "".join(seen)).lstrip('"')[:1] in ("=", "+", "-", "@")


def is_number(cell):
    try:
        float(cell)
    except ValueError:
        return False
    return True


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    """The keys of a class with such names; pages are not what this is about."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(roster, "check_names", lambda names: None)
        patch.setattr(roster, "_pages", Pages)
        patch.setattr(roster.Worksheet, "page", lambda sheet: None)
        patch.setattr(roster, "keys_page", lambda heads, rows: None)
        paths = write_class([*NAMES, *PLAIN], tmp_path_factory.mktemp("class"))
    return paths[2].read_bytes().decode("utf-8-sig")


class Pages:
    def __init__(self, path):
        path.touch()

    def __enter__(self):
        return self

    def __exit__(self, *reason):
        pass

    def savefig(self, page):
        pass


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"], ids=repr)
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_NONE])
def test_no_name_is_a_formula_whatever_the_separator(separator, quoting, table):
    rows = list(csv.reader(io.StringIO(table, newline=""), delimiter=separator, quoting=quoting))
    cells = [cell for row in rows for cell in row]
    assert len(rows) > len(NAMES)
    assert [cell for cell in cells if begins_a_formula(cell) and not is_number(cell)] == []


def test_names_keep_what_is_theirs(table):
    rows = list(csv.DictReader(io.StringIO(table, newline="")))
    assert [row["name"].replace("'", "") for row in rows] == [
        name.replace("'", "") for name in [*NAMES, *PLAIN]
    ]
    assert [row["name"] for row in rows[-len(PLAIN) :]] == PLAIN


# --- together, or not at all ---


def windows(monkeypatch, held=()):
    """Files move by Windows' rules: no file that is open, and by `rename` none to where one stands."""

    def ruled(move, replacing):
        def moved(source, target):
            if not replacing and os.path.lexists(target):
                raise FileExistsError(errno.EEXIST, "exists", str(target))
            if {(path.name, path.parent.name) for path in (source, Path(target))} & open_files:
                raise PermissionError(errno.EACCES, "used by another process", str(source))
            return move(source, target)

        return moved

    open_files = {(path.name, path.parent.name) for path in held}
    monkeypatch.setattr(Path, "rename", ruled(Path.rename, replacing=False))
    monkeypatch.setattr(Path, "replace", ruled(Path.replace, replacing=True))


@pytest.fixture
def older(tmp_path):
    write(tmp_path, "old")
    (tmp_path / "mine.txt").write_text("mine")
    return tmp_path


def test_new_files_take_the_place_of_older_ones_by_windows_rules(older, monkeypatch):
    windows(monkeypatch)
    paths = write_class(["Ann"], older, seed=200)
    after = contents(older)
    assert sorted(after) == sorted([*FILES, "mine.txt"]) and after["mine.txt"] == b"mine"
    assert [path.name for path in paths] == FILES
    assert [after[name][:4] for name in FILES] == [b"%PDF", b"%PDF", b"\xef\xbb\xbfs"]


@pytest.mark.parametrize("held", FILES)
def test_if_one_is_open_elsewhere_all_stay_as_they_were(held, older, monkeypatch, capsys):
    before = contents(older)
    windows(monkeypatch, [older / held])
    assert main([str(older / "mine.txt"), str(older), "--seed", "200"]) == 2
    assert "used by another process" in capsys.readouterr().err
    assert contents(older) == before


@pytest.mark.parametrize("move", range(6))
@pytest.mark.parametrize("failure", [OSError, KeyboardInterrupt])
@pytest.mark.parametrize("late", [False, True])
def test_whichever_move_fails_all_stay_as_they_were(move, failure, late, older, monkeypatch):
    before, rename, moves = contents(older), Path.rename, []

    def renamed(source, target):
        moves.append(source)
        fails = len(moves) == move + 1
        if not fails or late:
            rename(source, target)
        if fails:
            raise failure

    monkeypatch.setattr(Path, "rename", renamed)
    with pytest.raises(failure):
        write(older, "new")
    assert len(moves) > move and contents(older) == before


def test_files_of_two_runs_never_stand_side_by_side(older, monkeypatch):
    """Looked at after every move, as if the power failed there."""
    before, rename, seen = contents(older), Path.rename, []

    def renamed(source, target):
        rename(source, target)
        files = {path.name: path.read_bytes() for path in older.iterdir() if path.name in FILES}
        seen.append({files[name] == before[name] for name in files})

    monkeypatch.setattr(Path, "rename", renamed)
    write(older, "new")
    assert seen == [{True}, {True}, set(), {False}, {False}, {False}]


def test_a_file_that_cannot_be_moved_back_is_kept_and_named(older, monkeypatch):
    before, rename, moves = contents(older), Path.rename, []

    def renamed(source, target):
        moves.append(source)
        if len(moves) > 1:
            raise OSError
        rename(source, target)

    monkeypatch.setattr(Path, "rename", renamed)
    with pytest.raises(OSError, match=r"could not be moved back: .*sheets\.pdf belongs") as reason:
        write(older, "new")
    kept = Path(str(reason.value).split(": ")[1].split(" belongs")[0])
    assert kept.read_bytes() == before["sheets.pdf"]


def test_what_is_no_file_is_never_replaced(tmp_path):
    (tmp_path / "keys.pdf").mkdir()
    (tmp_path / "keys.pdf" / "mine.txt").write_text("mine")
    with pytest.raises(OSError, match=r"keys\.pdf is no file"):
        write_class(["Ann"], tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["keys.pdf"]
    assert (tmp_path / "keys.pdf" / "mine.txt").read_text() == "mine"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a right there")
def test_no_planted_link_is_followed(tmp_path):
    """Whatever its name: those of older versions, and those of the files themselves."""
    victim, out = tmp_path / "victim.txt", tmp_path / "out"
    victim.write_text("mine")
    out.mkdir()
    for name in FILES:
        (out / name).symlink_to(victim)
        (out / f"{name}.part").symlink_to(victim)
    write_class(["Ann"], out)
    assert victim.read_text() == "mine"
    assert not any((out / name).is_symlink() for name in FILES)
    assert all((out / f"{name}.part").is_symlink() for name in FILES)


def test_a_sheet_and_its_key_are_saved_both_or_neither(tmp_path):
    sheet = bp.worksheet(seed=100)
    sheet.save(tmp_path / "sheet.pdf", key=tmp_path / "key.pdf")
    before = contents(tmp_path)
    with pytest.raises(OSError):
        bp.worksheet(seed=200).save(tmp_path / "sheet.pdf", key=tmp_path / "nowhere" / "key.pdf")
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match="folder is no file"):
        bp.worksheet(seed=200).save(tmp_path / "sheet.pdf", key=tmp_path / "folder")
    (tmp_path / "folder").rmdir()
    assert contents(tmp_path) == before
    with pytest.raises(ZeroDivisionError), together(tmp_path / "sheet.pdf") as (part,):
        part.write_text(str(1 / 0))
    assert contents(tmp_path) == before


def test_a_folder_made_for_nothing_goes_again(tmp_path):
    with pytest.raises(ValueError):
        write_class(["Ann"], tmp_path / "out", seed=2**63)
    assert not (tmp_path / "out").exists()


def test_ctrl_c_says_one_sentence_and_changes_nothing(older, monkeypatch, capsys):
    before = contents(older)

    def stopped(*given, **more):
        raise KeyboardInterrupt

    monkeypatch.setattr(roster, "keys_page", stopped)
    assert main([str(older / "mine.txt"), str(older)]) == 130
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.split("\n")[1:] == [
        "",
        "bpwidgets-sheets: stopped, and nothing was changed",
        "",
    ]
    assert contents(older) == before


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is no signal there")
def test_a_real_ctrl_c_too(older):
    before = contents(older)
    command = [sys.executable, "-m", "bpwidgets.sheets.roster", "-", str(older)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as run:
        watch = threading.Timer(60, run.kill)
        watch.start()
        run.stdin.write(b"Ada\n" * 2000)
        run.stdin.close()
        begun = run.stderr.read(40)
        run.send_signal(signal.SIGINT)
        said = (begun + run.stderr.read()).decode()
        run.wait()
        watch.cancel()
    assert run.returncode == 130
    assert said.endswith("\nbpwidgets-sheets: stopped, and nothing was changed\n")
    assert "Traceback" not in said
    assert contents(older) == before
