"""A learner's work is kept: taken up by the next cell, kernel or day, and lost to nobody and nothing."""

import json
import os
import re
import subprocess
import sys
import threading
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from unittest.mock import Mock

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import bpwidgets as bp
from bpwidgets.exercise import Score, Work
from bpwidgets.exercise.choice import slipped
from bpwidgets.exercise.progress import progress
from bpwidgets.exercise.slip import Search
from bpwidgets.exercise.walk import back, renewed
from bpwidgets.keeping import Keeper, Place, keeper_of_search, keeper_of_work, place
from bpwidgets.keeping.file import MOST_BYTES, KeptFile, NotKept
from bpwidgets.keeping.place import FOLDER, SETTING, safe
from bpwidgets.keeping.words import date, keeping, taken_up
from bpwidgets.tasks import practice_network, tasks

NET = bp.worked_example()
STEPS = ("h1", "outh1", "o1", "outo1", "E1", "Etot")
NOBODY = 65534
ROOT = os.name == "posix" and os.geteuid() == 0
WINDOWS_NAME = re.compile(r'[^<>:"/\\|?*\x00-\x1f]*[^<>:"/\\|?*\x00-\x1f. ]')


def work(*quantities: str, net: bp.Network = NET) -> Work:
    return Work(tasks(net, quantities or STEPS))


def keeper(folder: Path, fresh: Work | None = None, start: str | None = None) -> Keeper[Work]:
    """What a cell of lesson.ipynb that makes the exercise gets; each call is a cell run anew."""
    return keeper_of_work(fresh or work(), "exercise", Place(folder / FOLDER / "lesson"), start)


def file_in(folder: Path) -> Path:
    (path,) = [path for path in (folder / FOLDER / "lesson").iterdir() if "unread" not in path.name]
    return path


def answered(quantity: str, text: str):
    return lambda work: work.answered(quantity, text)


# --- taken up ---


def test_the_next_run_of_the_cell_goes_on(tmp_path):
    first = keeper(tmp_path)
    done = first.first()
    for quantity, text in (("h1", "0.3775"), ("outh1", "0,59"), ("E1", "7")):
        done = first.after(done, answered(quantity, text))
    done = first.after(done, lambda work: work.hinted("o1").shown("Etot"))
    again = keeper(tmp_path)
    assert again.first() == done
    assert (again.trouble, first.trouble) == ("", "")
    assert abs((datetime.now() - again.changed).total_seconds()) < 60
    text = file_in(tmp_path).read_text(encoding="utf-8")
    assert text.splitlines()[-1] == progress(done)


def test_what_another_kernel_did_is_not_lost_by_what_was_refused_here(tmp_path):
    """Nor by what changes nothing."""
    ours, theirs = keeper(tmp_path), keeper(tmp_path)
    own = ours.first()
    done = theirs.after(theirs.first(), answered("h1", "0.3775"))
    with pytest.raises(KeyError):
        ours.after(own, answered("h9", "1"))
    done = theirs.after(theirs.after(done, renewed), answered("outh1", "0.5"))
    ours.after(own, lambda work: work.again("o1"))
    ours.after(own, answered("E1", "7"))
    again = keeper(tmp_path).first()
    assert (list(again.replies), list(renewed(again).replies)) == (["h1", "E1"], ["outh1"])


def test_new_numbers_and_back_are_part_of_it(tmp_path):
    first = keeper(tmp_path)
    done = first.after(first.first(), answered("h1", "0.3775"))
    done = first.after(done, renewed)
    done = first.after(done, answered("h1", "0.4"))
    done = first.after(done, renewed)
    done = first.after(done, back)
    again = keeper(tmp_path).first()
    assert (again, again.before, again.after) == (done, done.before, done.after)
    assert back(again).reply("h1").counted.answer == "0.3775"
    assert renewed(again).seed == 1
    one = keeper(tmp_path, work("h1"))
    one.after(one.first(), renewed)  # nothing was done before: there is a way back all the same
    assert back(keeper(tmp_path, work("h1")).first()) == work("h1")


SECOND_KERNEL = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from test_keeping import *
one = keeper(Path(sys.argv[2]))
done = one.first()
assert done.score.right == int(sys.argv[3]), done.score
for quantity, text in zip(sys.argv[4::2], sys.argv[5::2]):
    done = one.after(done, answered(quantity, text))
print(done.score.right)
"""


def other_kernel(folder: Path, expected: int, *answers: str) -> subprocess.Popen:
    arguments = [str(Path(__file__).parent), str(folder), str(expected), *answers]
    return subprocess.Popen(
        [sys.executable, "-c", SECOND_KERNEL, *arguments], stdout=subprocess.PIPE, text=True
    )


def test_another_kernel_goes_on_also_the_next_day(tmp_path):
    folder = tmp_path / "Übung ٣ – naïve 数"
    folder.mkdir()
    assert other_kernel(folder, 0, "h1", "0.3775").communicate()[0].strip() == "1"
    assert other_kernel(folder, 1, "outh1", "0.593269992").communicate()[0].strip() == "2"
    yesterday = datetime(2026, 11, 14, 15, 4).timestamp()
    os.utime(file_in(folder), (yesterday, yesterday))
    again = keeper(folder)
    assert again.first().score.right == 2
    assert taken_up(again.changed) == "Taken up where you left it, on 2026-11-14 15:04."


def test_the_same_exercise_is_the_same_file_and_each_other_one_has_its_own(tmp_path):
    others = [
        work("h1"),
        work(net=NET.replace(w1=0.2)),
        Work(tasks(NET, STEPS), 4),
        Work(tasks(NET, STEPS, biases="trained")),
        Work(tasks(practice_network(3), STEPS), None, 3),
    ]
    (tmp_path / "lesson.ipynb").touch()
    for fresh in [work(), *others]:
        one = keeper(tmp_path, fresh)
        assert one.first() == fresh
        one.after(one.first(), answered("h1", "1"))
    assert len(list((tmp_path / FOLDER / "lesson").iterdir())) == 1 + len(others)
    question = keeper_of_work(work("h1"), "question", Place(tmp_path / FOLDER / "lesson"))
    assert question.first() == work("h1")
    elsewhere = keeper_of_work(work(), "exercise", Place(tmp_path / FOLDER / "solution"))
    assert elsewhere.first() == work()


def test_a_progress_to_begin_with_is_a_start_of_its_own(tmp_path):
    text = progress(work().answered("h1", "0.3775"))
    one = keeper(tmp_path)
    one.after(one.first(), answered("E1", "1"))
    begun = keeper(tmp_path, start=text)
    assert begun.first().score == Score(1, 6)
    begun.after(begun.first(), answered("outh1", "0.593269992"))
    assert keeper(tmp_path, start=text).first().score.right == 2  # not back to the text
    assert keeper(tmp_path).first().reply("E1").counted.answer == "1"
    with pytest.raises(ValueError, match="another exercise"):
        keeper(tmp_path, work("h1"), start=text)


def test_a_search_is_kept(tmp_path):
    search = Search(slipped(NET, "sigmoid left out", seed=1))
    where = Place(tmp_path / FOLDER / "lesson")
    one = keeper_of_search(search, where)
    one.after(one.first(), lambda search: search.marked("h1"))
    again = keeper_of_search(search, where)
    assert again.first() == search.marked("h1")
    again.after(again.first(), Search.restarted)
    assert keeper_of_search(search, where).first() == search
    other = keeper_of_search(Search(slipped(NET, seed=2)), where)
    assert not other.first().chosen
    assert slipped(NET, "sigmoid left out", seed=1).slip not in str(one.path)


def test_started_again_nothing_is_taken_up_and_taking_back_is_kept(tmp_path):
    one = keeper(tmp_path)
    done = one.after(one.first(), answered("h1", "0.3775"))
    empty = one.after(done, Work.restarted)
    assert keeper(tmp_path).first().replies == {}
    assert one.after(empty, Work.taken_back) == done
    assert keeper(tmp_path).first() == done


def test_where_nothing_was_done_there_is_no_file(tmp_path):
    one = keeper(tmp_path)
    one.after(one.first(), lambda work: work.hinted("h1").again("h1"))
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(KeyError, match="no question"):
        one.after(one.first(), answered("h7", "1"))
    assert list(tmp_path.iterdir()) == []


def test_a_renamed_notebook_has_its_work_still(tmp_path):
    (tmp_path / "lesson.ipynb").touch()
    one = keeper(tmp_path)
    done = one.after(one.first(), answered("h1", "0.3775"))
    renamed = Place(tmp_path / FOLDER / "lesson-Meier")
    assert keeper_of_work(work(), "exercise", renamed).first() == work()  # a copy begins afresh
    (tmp_path / "lesson.ipynb").rename(tmp_path / "lesson Meier.ipynb")
    again = keeper_of_work(work(), "exercise", renamed)
    assert again.first() == done
    assert again.changed is not None
    again.after(done, answered("E1", "1"))
    assert keeper(tmp_path).first() == done  # what was kept under the old name stays as it is
    (tmp_path / FOLDER / "third").mkdir()
    file = file_in(tmp_path)
    (tmp_path / FOLDER / "third" / file.name).write_bytes(file.read_bytes())
    fourth = keeper_of_work(work(), "exercise", Place(tmp_path / FOLDER / "fourth"))
    assert fourth.first() == work()  # of two, none is taken for the other


# --- two at once ---


def test_what_another_kernel_did_is_taken_up_before_the_next_act(tmp_path):
    one, two = keeper(tmp_path), keeper(tmp_path)
    shown_one = one.after(one.first(), answered("h1", "0.3775"))
    shown_two = two.after(two.first(), answered("E1", "1"))
    assert {"h1", "E1"} == set(shown_two.replies)
    shown_one = one.after(shown_one, answered("o1", "2"))
    assert {"h1", "E1", "o1"} == set(shown_one.replies)
    assert keeper(tmp_path).first() == shown_one


def test_what_could_not_be_kept_is_kept_as_soon_as_it_can_be(tmp_path, monkeypatch):
    """Also where another kernel has gone on meanwhile."""
    ours, theirs = keeper(tmp_path), keeper(tmp_path)
    own = ours.after(ours.first(), answered("h1", "0.3775"))
    with monkeypatch.context() as patch:
        patch.setattr(KeptFile, "read", Mock(side_effect=NotKept("the disk is away")))
        own = ours.after(own, answered("outh1", "0.59"))
    assert "the disk is away" in ours.trouble
    theirs.after(theirs.first(), answered("E1", "7"))
    own = ours.after(own, answered("o1", "1.1"))
    assert set(own.replies) == {"h1", "outh1", "E1", "o1"}
    assert keeper(tmp_path).first() == own


def test_an_answer_is_marked_by_the_numbers_that_its_page_shows(tmp_path):
    """One page has gone on to new numbers; the other still shows those before."""
    one, two = keeper(tmp_path), keeper(tmp_path)
    shown_two = two.after(two.first(), answered("E1", "1"))
    shown_one = one.after(one.first(), renewed)
    shown_one = one.after(shown_one, answered("h1", "7"))
    shown_two = two.after(shown_two, answered("h1", "0.3775"))
    assert (shown_two.seed, shown_two.score.right) == (None, 1)
    assert set(shown_two.replies) == {"E1", "h1"}
    shown_one = one.after(shown_one, answered("outh1", "8"))
    assert (shown_one.seed, set(shown_one.replies)) == (0, {"h1", "outh1"})
    assert back(shown_one) == shown_two
    third = keeper(tmp_path)
    assert third.after(third.first(), back) == shown_two
    alone = keeper(tmp_path, work("h1"))
    begun = alone.first()
    other = keeper(tmp_path, work("h1"))
    other.after(other.after(other.first(), renewed), renewed)
    assert alone.after(begun, answered("h1", "0.3775")).score == Score(1, 1)


def test_two_kernels_at_once_lose_no_answer(tmp_path):
    """Each answers its own questions, as fast as it can; all answers are there in the end."""
    numbers = [str(number) for number in range(100, 120)]
    mine = [text for number in numbers for quantity in STEPS[:3] for text in (quantity, number)]
    yours = [text for number in numbers for quantity in STEPS[3:] for text in (quantity, number)]
    running = [other_kernel(tmp_path, 0, *acts) for acts in (mine, yours)]
    assert [process.communicate()[0].strip() for process in running] == ["0", "0"]
    done = keeper(tmp_path).first()
    assert {q: r.counted.answer for q, r in done.replies.items()} == dict.fromkeys(STEPS, "119")
    assert [path.suffix for path in (tmp_path / FOLDER / "lesson").iterdir()] == [".txt"]


def test_threads_at_once_lose_no_change(tmp_path, busy_threads):
    (tmp_path / FOLDER).mkdir()

    def count(_: int) -> None:
        file = KeptFile(tmp_path / FOLDER / "count.txt")
        for _ in range(20):
            while not file.swap(old := file.read(), str(int(old or 0) + 1)):
                pass

    threads = [threading.Thread(target=count, args=(place,)) for place in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (tmp_path / FOLDER / "count.txt").read_text() == "80"


def test_a_kernel_that_was_killed_while_it_wrote_stops_nobody(tmp_path, monkeypatch):
    monkeypatch.setattr("bpwidgets.keeping.file.PATIENCE", 0.1)
    one = keeper(tmp_path)
    done = one.after(one.first(), answered("h1", "0.3775"))
    part = file_in(tmp_path).with_name(file_in(tmp_path).name + ".part")
    part.write_text("exercise 1, half a te")
    done = one.after(done, answered("E1", "1"))
    assert (one.trouble, part.exists()) == ("", False)
    assert keeper(tmp_path).first() == done


# --- files that are no such file ---

BAD = {
    "empty": b"",
    "other words": b"exercise 1, hello\n",
    "other exercise": b"exercise 1, 00000000: h1 0.3775\n",
    "newer": b"exercise 2, 00000000: h1 0.3775\n",
    "two lines": b"exercise 1, 00000000:\nexercise 1, 00000000:\n",
    "only comments": b"# exercise\n",
    "no UTF-8": b"exercise 1, \xff\xfe\n",
    "zeros": bytes(1000),
    "huge": b"exercise 1, " + b"9" * (10 * MOST_BYTES),
    "half": None,
}


@pytest.mark.parametrize("bad", BAD)
def test_a_file_that_cannot_be_read_is_set_aside_and_said(tmp_path, bad):
    first = keeper(tmp_path)
    done = first.after(first.first(), answered("h1", "0.3775"))
    file = file_in(tmp_path)
    content = BAD[bad] if BAD[bad] is not None else file.read_bytes()[:-12]
    file.write_bytes(content)
    for number in (1, 2):
        again = keeper(tmp_path)
        assert again.first() == work()
        aside = f"{file.stem}-unread-{number}.txt"
        named = f"{FOLDER}/lesson/{file.name}"
        assert again.trouble.startswith(f"{named} could not be read: ")
        assert again.trouble.endswith(f" It was kept as {aside}.")
        assert (f"more than {MOST_BYTES:,} bytes" in again.trouble) == (bad == "huge")
        assert file.with_name(aside).read_bytes() == content
        new = again.after(work(), answered("E1", "1"))
        assert again.trouble == ""
        assert keeper(tmp_path).first() == new
        file.write_bytes(content)
    live = first.after(done, answered("o1", "2"))  # also while it is in use
    assert first.trouble.endswith("-unread-3.txt.")
    assert set(live.replies) == {"h1", "o1"}
    assert keeper(tmp_path).first() == live


@given(text=st.text(max_size=80) | st.binary(max_size=80))
def test_no_content_raises_anything(tmp_path_factory, text):
    folder = tmp_path_factory.mktemp("any")
    first = keeper(folder)
    first.after(first.first(), answered("h1", "0.3775"))
    head = b"exercise 1, " if isinstance(text, str) else b""
    file_in(folder).write_bytes(head + (text.encode("utf-8", "replace") if head else text))
    assert keeper(folder).first() == work()


def test_an_editor_may_change_the_ends_of_lines(tmp_path):
    one = keeper(tmp_path)
    done = one.after(one.first(), answered("h1", "0.3775"))
    file = file_in(tmp_path)
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n") + b"\r\n")
    again = keeper(tmp_path)
    assert (again.first(), again.trouble) == (done, "")
    assert again.after(done, answered("E1", "1")) == keeper(tmp_path).first()


def test_a_file_that_is_gone_is_written_again(tmp_path):
    one = keeper(tmp_path)
    done = one.after(one.first(), answered("h1", "0.3775"))
    file_in(tmp_path).unlink()
    done = one.after(done, answered("E1", "1"))
    assert keeper(tmp_path).first() == done


@pytest.mark.parametrize("where", ["file", "part", "folder"])
def test_a_planted_link_is_not_followed(tmp_path, monkeypatch, where):
    monkeypatch.setattr("bpwidgets.keeping.file.PATIENCE", 0.1)
    one = keeper(tmp_path)
    one.after(one.first(), answered("h1", "0.3775"))
    file, secret = file_in(tmp_path), tmp_path / "secret"
    secret.mkdir()
    target = secret / file.name
    target.write_text("mine")
    try:
        if where == "file":
            file.unlink()
            file.symlink_to(target)
        elif where == "part":
            file.with_name(f"{file.name}.part").symlink_to(target)
        else:
            file.unlink()
            file.parent.rmdir()
            file.parent.symlink_to(secret)
    except OSError:
        pytest.skip("this system makes no links")
    again = keeper(tmp_path)
    done = again.after(again.first(), answered("E1", "1"))
    assert target.read_text() == "mine"
    assert [path.name for path in secret.iterdir()] == [file.name]
    assert done.reply("E1").counted.answer == "1"
    if where == "part":
        assert keeper(tmp_path).first() == done
    else:
        assert re.fullmatch(r"This is not kept: .* cannot be used, .*link.*\.", again.trouble)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_what_is_no_plain_file_is_not_waited_for(tmp_path):
    one = keeper(tmp_path)
    one.after(one.first(), answered("h1", "0.3775"))
    file = file_in(tmp_path)
    file.unlink()
    os.mkfifo(file)
    again = keeper(tmp_path)
    assert again.first() == work()
    assert again.trouble.endswith("is no plain file.")


# --- folders that cannot be written ---


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="this system has other rights")
def test_a_folder_that_is_read_only():
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o555)
        try:
            if ROOT:  # who may write everywhere
                os.seteuid(NOBODY)
            hold_that_it_goes_on_without(folder, "permission denied")
        finally:
            if ROOT:
                os.seteuid(0)
            folder.chmod(0o755)
        assert list(folder.iterdir()) == []


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="a folder that not even root can write")
def test_a_folder_that_nobody_can_write():
    hold_that_it_goes_on_without(Path("/proc/self"), "")


def test_a_disk_that_is_full(tmp_path, monkeypatch):
    def full(file: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", full)
        one, done = hold_that_it_goes_on_without(tmp_path, "no space left on device")
        assert list((tmp_path / FOLDER / "lesson").iterdir()) == []
    done = one.after(done, answered("o1", "2"))  # there is room again
    assert one.trouble == ""
    assert keeper(tmp_path).first() == done


def hold_that_it_goes_on_without(folder: Path, reason: str):
    one = keeper(folder)
    done = one.after(one.first(), answered("h1", "0.3775"))
    assert one.trouble.startswith(f"This is not kept: {FOLDER}/lesson/exercise-6-steps-")
    assert reason in one.trouble
    done = one.after(done, answered("E1", "1"))
    assert set(done.replies) == {"h1", "E1"}
    return one, done


def test_a_file_stands_where_the_folder_should_be(tmp_path):
    (tmp_path / FOLDER).write_text("mine")
    hold_that_it_goes_on_without(tmp_path, "")
    assert (tmp_path / FOLDER).read_text() == "mine"


# --- whether and where ---


def session(path: Path | str, **more: str) -> dict[str, str]:
    return {"JPY_SESSION_NAME": str(path), **more}


def test_it_is_kept_beside_the_notebook(tmp_path, monkeypatch):
    notebook = tmp_path / "01 Übung.ipynb"
    assert place(None, session(notebook)) == Place(tmp_path / FOLDER / "01 Übung")
    monkeypatch.chdir(tmp_path)
    assert place(None, session("elsewhere/lesson.ipynb")) == Place(tmp_path / FOLDER / "lesson")
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path / "sub")  # as a cell may
    assert place(None, session(notebook)) == Place(tmp_path / FOLDER / "01 Übung")


@pytest.mark.parametrize(
    "environment",
    [{}, session("console-1-abc"), session("lesson.ipynb", SERVER_SOFTWARE="voila/0.5.8")],
    ids=["a test or a script", "a console", "a page for many"],
)
def test_without_a_notebook_of_one_reader_nothing_is_kept(tmp_path, monkeypatch, environment):
    monkeypatch.chdir(tmp_path)
    assert place(None, environment) == Place(why="no notebook")
    assert place(True, environment) == Place(tmp_path / FOLDER / "answers")


@pytest.mark.parametrize("no", ["no", "No", " off ", "0", "false"])
def test_it_is_switched_off_for_one_or_for_all(tmp_path, no):
    notebook = tmp_path / "lesson.ipynb"
    assert place(None, session(notebook, **{SETTING: no})) == Place(why="off")
    assert place(False, session(notebook)) == Place(why="off")
    assert place(None, session(notebook, **{SETTING: ""})).folder
    assert place(True, session(notebook, **{SETTING: no})).folder  # asked for by a cell
    with pytest.raises(TypeError, match="keep must be True, False or None, got str"):
        place("yes", {})


def test_switched_off_the_work_goes_on_without_a_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    one = keeper_of_work(work(), "exercise", place(False, session(tmp_path / "lesson.ipynb")))
    done = one.after(one.first(), answered("h1", "0.3775"))
    assert (done.score.right, one.trouble, one.path, one.changed) == (1, "", None, None)
    assert list(tmp_path.iterdir()) == []


def test_in_vs_code_the_notebook_is_in_the_namespace(tmp_path, monkeypatch):
    shell = SimpleNamespace(user_ns={"__vsc_ipynb_file__": str(tmp_path / "lesson.ipynb")})
    monkeypatch.setattr("IPython.get_ipython", lambda: shell)
    assert place(None, {}) == Place(tmp_path / FOLDER / "lesson")


def test_a_kernel_whose_folder_is_gone(tmp_path, monkeypatch):
    def gone() -> str:
        raise FileNotFoundError

    monkeypatch.setattr("os.getcwd", gone)
    assert place(True, {}) == Place(why="no notebook")
    assert place(None, session(tmp_path / "lesson.ipynb")).folder


@given(stem=st.text(min_size=1, max_size=300))
@example("a" * 300)
@example("𐐀" * 300)  # letters of four bytes
@example("..")
@example("a. ")
def test_every_system_takes_the_names(stem):
    search = Search(slipped(NET, seed=1))
    where = Place(Path("x") / FOLDER / safe(stem))
    for one in (
        keeper_of_work(work("dEtot/dw5"), "question", where),
        keeper_of_work(work(), "exercise", where, progress(work())),
        keeper_of_search(search, where),
    ):
        for part in one.path.parts:
            assert WINDOWS_NAME.fullmatch(part)
            assert len(part.encode("utf-8", "replace")) < 245  # .part and -unread-1 come to it
    assert keeper_of_work(work("dEtot/dw5"), "question", where).path.name.startswith(
        "question-dEtot-dw5-"
    )


# --- the words ---


def test_what_is_kept_and_where_and_how_to_switch_it_off(tmp_path):
    one = keeper(tmp_path)
    said = keeping(one.place, one.path, "bp.Exercise")
    assert one.path.as_posix() in said
    assert str(tmp_path) not in said  # the reader's folders are nobody's business
    assert "bp.Exercise(..., keep=False)" in said
    assert f"%env {SETTING}=no" in said
    assert 'bp.Exercise(..., progress="...")' in said


def test_on_binder_nothing_outlives_the_session(tmp_path):
    for name in ("BINDER_LAUNCH_HOST", "BINDER_REPO_URL"):
        where = place(None, session(tmp_path / "lesson.ipynb", **{name: "https://mybinder.org/"}))
        assert where.passes and where.folder  # within the session the next run of the cell goes on
        said = keeping(where, Path("x"), "bp.Exercise")
        assert said.startswith("On Binder nothing outlives the session")
        assert "copy this text" in said


@pytest.mark.parametrize(
    ("why", "words"), [("off", "switched off"), ("no notebook", "no notebook is known")]
)
def test_where_nothing_is_kept_the_text_can_be_copied(why, words):
    said = keeping(Place(why=why), None, "bp.Question")
    assert said.startswith("Nothing is kept")
    assert words in said and 'bp.Question(..., progress="...")' in said


def test_a_day_is_written_the_same_in_every_country():
    assert date(datetime(2026, 3, 1, 9, 5)) == "2026-03-01 09:05"
    assert date(None) == ""
    assert taken_up(None) == "Taken up where you left it."


# --- who executes notebooks ---

PROBE = "import os, bpwidgets.keeping as k; print(k.place().why, 'JPY_SESSION_NAME' in os.environ)"


def test_who_executes_a_notebook_for_a_test_or_for_print_keeps_nothing(tmp_path):
    """nbclient stands under nbval, nbconvert and the course's own tools."""
    from nbclient import NotebookClient
    from nbformat.v4 import new_code_cell, new_notebook

    notebook = new_notebook(cells=[new_code_cell(PROBE)])
    NotebookClient(
        notebook, kernel_name="python3", timeout=60, resources={"metadata": {"path": str(tmp_path)}}
    ).execute()
    assert notebook.cells[0].outputs[0].text.strip() == "no notebook False"
    assert list(tmp_path.iterdir()) == []


def test_the_kept_files_stay_out_of_the_repository():
    ignored = (Path(bp.__file__).parents[1] / ".gitignore").read_text().split()
    assert f"{FOLDER}/" in ignored
    assert json.dumps(FOLDER).isascii()
