"""Questions whose work is kept: what the page is told of it, and what stands in the notebook."""

import re
from html import escape
from typing import Any

import pytest
from frontend import move, page, texts, updates

import bpwidgets as bp
from bpwidgets.exercise.record import record, search_record
from bpwidgets.keeping.place import BINDER, FOLDER, SETTING
from bpwidgets.keeping.words import STARTED_AGAIN
from bpwidgets.widgets import display as display_module
from bpwidgets.widgets.display import WIDGET

NET = bp.worked_example()
MADE = {
    "question": lambda **options: bp.Question(NET, "dEtot/dw5", **options),
    "exercise": lambda **options: bp.Exercise(quantities=["h1", "outh1"], **options),
    "slip": lambda **options: bp.FindTheSlip(slip="E21", **options),
}
DO = {
    "question": {"answer": ["dEtot/dw5", "0.0822"]},
    "exercise": {"answer": ["h1", "0.38"]},
    "slip": {"choose": "h1"},
}
SHOWN = {"question": "0.0822", "exercise": "0.38", "slip": "h1"}
GO_ON, BEGIN = "Run this cell to go on.", "Run this cell to begin."
AFRESH = "Run this cell to begin afresh: what was done was not kept."
Output = tuple[str, bool, dict[str, Any]]  # its name, whether it is shown anew, its data


@pytest.fixture(autouse=True)
def notebook(tmp_path, monkeypatch):
    """The kernel belongs to a notebook in a folder of its own."""
    monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / "lesson.ipynb"))
    for name in (*BINDER, SETTING):
        monkeypatch.delenv(name, raising=False)
    with page():
        yield tmp_path


@pytest.fixture
def outputs(monkeypatch):
    """What is displayed, and displayed anew."""
    shown: list[Output] = []

    def display(data, *, metadata, raw, display_id="", update=False):
        shown.append((display_id, update, data))

    monkeypatch.setattr(display_module, "display", display)
    return shown


def kept(made: Any) -> dict[str, Any]:
    return made.part.scene["kept"]


@pytest.mark.parametrize("kind", MADE)
def test_the_next_run_of_the_cell_takes_it_up(kind, notebook):
    first = MADE[kind]()
    assert kept(first)["said"] == "" and not kept(first)["begun"]
    move(first, **DO[kind])
    assert kept(first)["begun"]
    again = MADE[kind]()
    assert repr(again) == repr(first)
    assert again.progress == first.progress == kept(again)["progress"]
    said = kept(again)["said"]
    assert re.fullmatch(r"Taken up where you left it, on \d{4}-\d\d-\d\d \d\d:\d\d\.", said)
    assert {**again.part.scene, "kept": 0} == {**first.part.scene, "kept": 0}
    move(again, **DO[kind])
    assert kept(again)["said"] == ""
    (file,) = (notebook / FOLDER / "lesson").iterdir()
    assert f"{FOLDER}/lesson/{file.name}" in again.part.frame["kept"]["words"]
    assert again.part.frame["kept"]["short"] == "Kept beside the notebook"


@pytest.mark.parametrize("kind", MADE)
@pytest.mark.parametrize("way", ["keep", "environment"])
def test_it_is_switched_off(kind, way, notebook, monkeypatch):
    if way == "environment":
        monkeypatch.setenv(SETTING, "no")
    first = MADE[kind](**({"keep": False} if way == "keep" else {}))
    move(first, **DO[kind])
    assert list(notebook.iterdir()) == []
    assert first.part.frame["kept"]["short"] == "Nothing is kept"
    assert "Nothing is kept, since it is switched off." in first.part.frame["kept"]["words"]
    assert kept(MADE[kind]())["said"] == ""


@pytest.mark.parametrize("kind", MADE)
def test_on_binder_it_says_that_nothing_outlives_the_session(kind, monkeypatch):
    monkeypatch.setenv("BINDER_LAUNCH_HOST", "https://mybinder.org/")
    made = MADE[kind]()
    told = made.part.frame["kept"]
    assert told["short"] == "Nothing outlives this session: copy your progress"
    assert "On Binder nothing outlives the session" in told["words"]
    assert f'{type(made).__name__}(..., progress="...")' in told["words"]


@pytest.mark.parametrize("kind", MADE)
def test_what_cannot_be_kept_is_said(kind, notebook):
    (notebook / FOLDER).write_text("a file where the folder should be")
    made = MADE[kind]()
    move(made, **DO[kind])
    assert kept(made)["said"].startswith(f"This is not kept: {FOLDER}/lesson/")
    assert SHOWN[kind] in made.progress


@pytest.mark.parametrize("kind", MADE)
@pytest.mark.parametrize("by", ["the page", "code"])
def test_started_again_and_taken_back(kind, by):
    made = MADE[kind]()
    restart, take_back = (
        (made.restart, made.take_back)
        if by == "code"
        else (lambda: move(made, restart=True), lambda: move(made, **{"take back": True}))
    )
    fresh = made.part.scene
    restart()  # nothing was done: nothing happens
    assert made.part.scene == fresh
    move(made, **DO[kind])
    done = made.part.scene
    assert kept(made)["begun"]
    for _ in range(2):
        restart()
        assert kept(made)["said"] == STARTED_AGAIN and kept(made)["dropped"]
        assert {**made.part.scene, "kept": 0} == {**fresh, "kept": 0}
        assert repr(MADE[kind]()) == repr(made)
        take_back()
        assert made.part.scene == done
    restart()
    move(made, **DO[kind])
    take_back()  # something was done since
    assert made.part.scene == done


@pytest.mark.parametrize("kind", MADE)
def test_progress_is_taken_up_elsewhere(kind):
    first = MADE[kind](keep=False)
    move(first, **DO[kind])
    again = MADE[kind](progress=first.progress, keep=False)
    assert again.part.scene == first.part.scene
    other = bp.FindTheSlip(seed=1) if kind == "slip" else bp.Question(NET, "h2")
    for wrong, error in ((other.progress, ValueError), ("", ValueError), (5, TypeError)):
        with pytest.raises(error, match="progress"):
            MADE[kind](progress=wrong)
    with pytest.raises(TypeError, match="keep must be True, False or None, got str"):
        MADE[kind](keep="no")


# --- the record ---


def data_of(made: Any) -> str:
    """What the record must have of the work, as text."""
    if isinstance(made, bp.FindTheSlip):
        return search_record(made.search).text
    return record(made.work).text


@pytest.mark.parametrize("kind", MADE)
def test_what_is_kept_goes_on(kind, outputs, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = MADE[kind](keep=True)
    made._ipython_display_()
    assert outputs[1][2]["text/plain"] == GO_ON
    made.close()


@pytest.mark.parametrize("kind", MADE)
def test_the_record_is_shown_anew_with_every_answer(kind, outputs):
    made = MADE[kind](keep=False)
    move(made, **DO[kind])  # before it is shown anywhere
    assert outputs == []
    made.restart()
    made._ipython_display_()
    (_, _, widget), (name, update, first), (_, _, picture) = outputs
    assert WIDGET in widget and "image/png" in picture
    assert (bool(name), update, first["text/plain"]) == (True, False, BEGIN)
    move(made, **DO[kind])
    again, is_update, data = outputs[-1]
    assert (again, is_update, len(outputs)) == (name, True, 4)
    assert data["text/plain"] == f"{AFRESH}\n{data_of(made)}"
    assert escape(made.progress) in data["text/html"]  # to go on elsewhere
    assert SHOWN[kind] in data["text/html"] and "<table>" in data["text/html"]
    assert updates(made)[-1]["record"]["data"] == data == made.part.record["data"]
    move(made, **DO[kind])  # the same again: nothing new
    assert len(outputs) == 4
    made.restart()
    assert outputs[-1] == (name, True, first)
    made.close()
    made._ipython_display_()
    assert set(outputs[-1][2]) == {"text/plain"}


def test_the_record_is_there_before_the_page_is_told(monkeypatch):
    """A page that then finds an older one knows that it has to put the new one there itself."""
    order: list[str] = []
    monkeypatch.setattr(display_module, "display", lambda *_, **__: order.append("record"))
    made = MADE["exercise"]()
    made._ipython_display_()
    monkeypatch.setattr(made.comm, "publish_msg", lambda *_, **__: order.append("page"))
    for act in (lambda: move(made, **DO["exercise"]), made.restart, lambda: made.answer("h1", 7)):
        order.clear()
        act()
        assert order == ["record", "page"]


@pytest.mark.parametrize("kind", MADE)
def test_a_kernel_without_a_notebook_shows_the_same_whether_or_not_a_file_is_there(
    kind, outputs, monkeypatch
):
    """As nbval and nbconvert run it: what is stored must not depend on who has tried it before."""

    def stored() -> list[dict[str, Any]]:
        outputs.clear()
        made = MADE[kind]()
        made._ipython_display_()
        return [{**data, WIDGET: ""} for _, _, data in outputs]

    name = "JPY_SESSION_NAME"
    with monkeypatch.context() as without:
        without.delenv(name)
        fresh = stored()
    move(MADE[kind](), **DO[kind])
    assert stored() != fresh
    monkeypatch.delenv(name)
    assert stored() == fresh


def test_the_words_of_the_page_are_pythons():
    made = MADE["exercise"]()
    told = list(texts(made.part.frame["kept"]))
    assert {"Start again", "Take it back", "Progress, as a text to copy"} <= set(told)
