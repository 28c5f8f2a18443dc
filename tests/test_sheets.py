"""Printed sheets: what stands on them, what does not, and a class's worth of them in time."""

import csv
from time import process_time

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

import bpwidgets as bp
from bpwidgets.pictures import saved
from bpwidgets.sheets import Worksheet, worksheet
from bpwidgets.sheets.roster import bar, main, sheets_for, write_class
from bpwidgets.wording import number, plain

NAMES = ["Ada", "Émilie du Châtelet", "=1+1", "$x$", "../../up", "x" * 80, "Ada"]


def texts(figure):
    return [text.get_text() for text in figure.texts]


def pages(path):
    return path.read_bytes().count(b"/Type /Page ")


def test_a_sheet_has_the_given_numbers_and_what_is_asked_but_no_answer():
    sheet = worksheet(seed=3)
    written = texts(sheet.page())
    for name, value in sheet.network.items():
        assert f"{plain(name)} = {value:.2f}".replace("-", "−") in written
    for task in sheet.tasks:
        assert plain(task.quantity) in written
        assert not any(number(task.value, 6) in text for text in written if "=" not in text)
    assert any(text.endswith("with a decimal point: 0.3775, not 0,3775.") for text in written)


def test_the_key_has_every_formula_and_every_number():
    sheet = worksheet(seed=3)
    written = texts(sheet.key())
    assert [number(task.value) for task in sheet.tasks] == [
        text for text in written if text in {number(task.value) for task in sheet.tasks}
    ]
    assert "∂o1/∂w5·∂outo1/∂o1·∂Etot/∂outo1" in written
    assert "w5 − η·∂Etot/∂w5" in written


def test_every_number_of_a_key_is_marked_right():
    for seed in range(0, 300, 30):
        for task in worksheet(seed=seed).tasks:
            assert task.mark(number(task.value)).verdict == "right"


def test_everything_stands_on_the_page():
    for sheet in (worksheet(1), worksheet(1, sizes=(3, 4, 2)), worksheet(3, sizes=(2, 2, 2, 2))):
        for figure in (sheet.page(), sheet.key()):
            figure.draw_without_rendering()
            for text in figure.texts:
                box = text.get_window_extent().transformed(figure.transFigure.inverted())
                assert box.x0 > 0.05 and box.x1 < 0.96 and box.y0 > 0.02 and box.y1 < 0.98, text


def test_the_same_seed_gives_the_same_file(tmp_path):
    worksheet(5).save(tmp_path / "a.pdf", key=tmp_path / "a_key.pdf")
    worksheet(5).save(tmp_path / "b.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    assert (tmp_path / "a.pdf").read_bytes() != (tmp_path / "a_key.pdf").read_bytes()
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    assert pages(tmp_path / "a.pdf") == 1


def test_sheets_of_ones_own():
    sheet = bp.worksheet(network=bp.worked_example(), quantities=["h1", "w5_new"], name="Ada $x$")
    assert [task.quantity for task in sheet.tasks] == ["h1", "w5_new"]
    assert {"Name:", "Ada $x$"} <= set(texts(sheet.page()))
    assert "0.358916480" in texts(sheet.key())
    sequential = worksheet(1, rule="sequential", biases="trained")
    assert any("Each layer is updated before the one below." in t for t in texts(sequential.page()))
    assert repr(sheet) == "<Worksheet 0: 2 tasks>"
    assert isinstance(sheet, Worksheet)


def test_what_no_page_holds_is_refused():
    with pytest.raises(ValueError, match="room for 1 to 32 tasks, got 0"):
        worksheet(quantities=[])
    with pytest.raises(ValueError, match="room for 33 given numbers, got 39"):
        worksheet(sizes=(5, 5, 1))
    with pytest.raises(KeyError, match="no step"):
        worksheet(quantities=["h9"])


def test_a_class_gets_a_page_each_and_the_keys(tmp_path):
    seen = []
    paths = write_class(
        NAMES, tmp_path / "new", seed=100, progress=lambda done, whole: seen.append((done, whole))
    )
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == [
        "keys.csv",
        "keys.pdf",
        "sheets.pdf",
    ]
    assert [pages(path) for path in paths[:2]] == [7, 2]
    assert seen == [(done, 7) for done in range(1, 8)]
    with paths[2].open(newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert [row["sheet"] for row in rows] == [str(seed) for seed in range(100, 107)]
    assert [row["name"] for row in rows[:3]] == ["Ada", "Émilie du Châtelet", "'=1+1"]
    for row in rows:
        for task in worksheet(seed=int(row["sheet"])).tasks:  # each sheet can be had again
            assert float(row[task.quantity]) == pytest.approx(task.value, abs=5.1e-10)
    assert len({row["Etot"] for row in rows}) == 7


def test_three_hundred_sheets_are_different_and_made_in_time(tmp_path):
    assert len({sheet.network for sheet in sheets_for([""] * 300)}) == 300
    write_class(["warm"], tmp_path)
    start = process_time()
    write_class([f"Student {n}" for n in range(15)], tmp_path)
    assert (process_time() - start) * 300 / 15 <= 60


def test_the_command(tmp_path, capsys):
    names = tmp_path / "names.txt"
    names.write_text("\ufeffAda\n\n  Grace \n", encoding="utf-8")
    assert main([str(names), str(tmp_path / "out"), "--seed", "70", "--biases", "trained"]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        str(tmp_path / "out" / name) for name in ("sheets.pdf", "keys.pdf", "keys.csv")
    ]
    assert said.err.split("\r")[-1].strip() == bar(2, 2)
    assert "70,Ada," in (tmp_path / "out" / "keys.csv").read_text(encoding="utf-8")


def test_the_command_says_what_is_wrong(tmp_path, capsys):
    empty = tmp_path / "empty.txt"
    empty.write_text("\n")
    assert main([str(empty), str(tmp_path / "out")]) == 2
    assert "a class has 1 to 2,000 names, got 0" in capsys.readouterr().err
    assert main([str(tmp_path / "nothing.txt"), str(tmp_path)]) == 2
    assert "nothing.txt" in capsys.readouterr().err
    empty.write_text("Ada")
    assert main([str(empty), str(tmp_path / "out"), "--seed", "-1"]) == 2
    assert "seed must be" in capsys.readouterr().err


def test_the_bar():
    assert bar(150, 300) == f"[{'#' * 20}{'.' * 20}] 150/300"


def test_a_sheet_can_be_saved_as_a_picture():
    assert saved(worksheet(1).page(), "png", 30).startswith(b"\x89PNG")


def test_the_pages_of_a_class_are_written_as_the_single_sheet(tmp_path):
    """With fonts that every reader has the signs of: the text of a page can be searched and copied."""
    write_class(["Ann", "Ben"], tmp_path, seed=5)
    worksheet(5).save(tmp_path / "one.pdf")
    for name in ("one.pdf", "sheets.pdf", "keys.pdf"):
        content = (tmp_path / name).read_bytes()
        assert b"/Type3" not in content, name
        assert b"/FontFile2" in content, name


def test_a_run_that_fails_leaves_the_older_files(tmp_path):
    write_class(["Ann"], tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(ValueError):
        write_class(["Ann", "Ben"], tmp_path, seed=2**63 - 1)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize("sizes", [(2, 2, 2), (1, 3, 3, 1), (2, 3, 3, 1), (1, 4, 4, 1)], ids=str)
def test_no_formula_of_a_key_runs_into_its_number(sizes):
    page = bp.worksheet(1, sizes=sizes).key()
    page.set_dpi(600)  # in a coarse picture letters stand in whole pixels, and take more
    renderer = FigureCanvasAgg(page).get_renderer()
    boxes = [text.get_window_extent(renderer) for text in page.texts]
    for place, box in enumerate(boxes):
        assert box.x1 <= page.bbox.x1
        for other in boxes[:place]:
            assert not box.overlaps(other)


def test_a_list_in_another_encoding_is_called_that(tmp_path, capsys):
    names = tmp_path / "names.txt"
    names.write_bytes("Jürgen\n".encode("latin-1"))
    assert main([str(names), str(tmp_path / "out")]) == 2
    assert "names.txt is no UTF-8 text; save it as UTF-8" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
