"""The rig itself: it does to messages what it is asked to do, and Explorers live in it."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable
from typing import Any

import anywidget
import pytest
import traitlets
from ipywidgets import Box
from playwright.sync_api import Locator, Page, expect

import bpwidgets as bp

from ..conftest import PageLog
from ..explorer import ExplorerPage
from ..test_explorer import assert_shows
from .kernel import Kernel
from .shown import RigPage

HOSTS = ["jupyter", "marimo"]
LATE = 0.2


class Parrot(anywidget.AnyWidget):
    """Its page sends what is typed, and shows what comes back, whichever way."""

    _css = "p { color: rgb(1, 2, 3); }"
    _esm = """export default { render({ model, el }) {
      const field = document.createElement("input");
      const said = document.createElement("p");
      let answer = "";
      const paint = () => {
        const byte = model.get("data").bytes?.getUint8(1) ?? 0;
        said.textContent = JSON.stringify([byte, model.get("typed"), answer]);
      };
      const received = ({ heard }, [bytes]) => { answer = heard + bytes.getUint8(2); paint(); };
      field.addEventListener("input", () => {
        model.send({ say: field.value }, undefined, [new Uint8Array([7, 8, 9])]);
      });
      field.addEventListener("change", () => {
        model.set("typed", field.value);
        model.save_changes();
      });
      model.on("change", paint);
      model.on("msg:custom", received);
      paint();
      el.append(field, said);
    } };
    """
    data = traitlets.Dict().tag(sync=True)
    typed = traitlets.Unicode("").tag(sync=True)

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []
        self.on_msg(self._hear)

    def _hear(self, _: Any, content: dict[str, str], buffers: list[bytes]) -> None:
        assert [bytes(each) for each in buffers] == [b"\x07\x08\x09"]
        self.heard.append(content["say"])
        self.send({"heard": content["say"]}, [b"\x01\x02\x03"])


@pytest.fixture
def parrot(kernel: Kernel) -> Parrot:
    return Parrot()


def say(place: Locator, *texts: str) -> None:
    for text in texts:
        place.get_by_role("textbox").fill(text)


@pytest.mark.parametrize("host", HOSTS)
def test_messages_and_state_go_both_ways_with_their_bytes(rig: RigPage, parrot: Parrot) -> None:
    place = rig.show(parrot)
    said = place.get_by_role("paragraph")
    expect(said).to_have_text('[0,"",""]')
    expect(said).to_have_css("color", "rgb(1, 2, 3)")
    say(place, "a")
    expect(said).to_have_text('[0,"","a3"]')
    parrot.data = {"bytes": b"\x05\x06"}
    expect(said).to_have_text('[6,"","a3"]')
    place.get_by_role("textbox").press("Enter")
    expect(said).to_have_text('[6,"a","a3"]')
    rig.rest()
    assert (parrot.typed, parrot.heard) == ("a", ["a"])


@pytest.mark.parametrize("host", HOSTS)
def test_what_is_closed_or_cleared_goes(rig: RigPage, parrot: Parrot, host: str) -> None:
    first, second = rig.show(parrot), rig.show(parrot)
    rig.clear(first)
    expect(first.get_by_role("textbox")).to_have_count(0)
    say(second, "a")
    expect(second.get_by_role("paragraph")).to_contain_text("a3")
    parrot.close()
    expect(second.get_by_role("textbox")).to_have_count(0)


def test_widgets_in_a_box(rig: RigPage) -> None:
    place = rig.show(Box([Parrot(), Box([Parrot()])]))
    expect(place.get_by_role("textbox")).to_have_count(2)


def test_a_late_line(rig: RigPage, parrot: Parrot) -> None:
    place = rig.show(parrot)
    rig.line.late(LATE)
    start = time.monotonic()
    say(place, *"0123456789")
    rig.rest()
    assert 2 * LATE <= time.monotonic() - start < 20 * LATE  # 20: one after another
    assert parrot.heard == list("0123456789")
    expect(place.get_by_role("paragraph")).to_contain_text("93")


def test_a_line_that_gets_faster_keeps_the_order(rig: RigPage, parrot: Parrot) -> None:
    place = rig.show(parrot)
    rig.line.late(LATE)
    say(place, "a")
    rig.page.wait_for_timeout(20)
    rig.line.late(0)
    say(place, "b")
    rig.rest()
    assert parrot.heard == ["a", "b"]


def test_a_line_where_messages_overtake(rig: RigPage, parrot: Parrot) -> None:
    place = rig.show(parrot)
    rig.line.there.delay = itertools.chain([5 * LATE], itertools.repeat(0.0)).__next__
    say(place, *"abc")
    rig.rest()
    assert parrot.heard == ["b", "c", "a"]


def test_a_line_that_repeats(rig: RigPage, parrot: Parrot) -> None:
    place = rig.show(parrot)
    rig.line.there.copies = 2
    say(place, *"ab")
    rig.rest()
    assert parrot.heard == ["a", "a", "b", "b"]


def test_a_line_that_is_cut_loses_also_what_is_under_way(rig: RigPage, parrot: Parrot) -> None:
    place = rig.show(parrot)
    rig.line.late(5 * LATE)
    say(place, "a")
    rig.page.wait_for_timeout(1000 * LATE)
    rig.line.cut()
    say(place, "b")
    rig.rest()
    rig.line.heal()
    say(place, "c")
    rig.rest()
    assert parrot.heard == ["c"]


def test_while_python_is_busy_messages_wait(rig: RigPage, parrot: Parrot) -> None:
    place = rig.show(parrot)
    with rig.kernel.busy():
        say(place, *"ab")
        rig.page.wait_for_timeout(100)
        assert parrot.heard == []
    rig.rest()
    assert parrot.heard == ["a", "b"]


def test_two_threads_deal_with_messages_at_once(rig: RigPage, parrot: Parrot) -> None:
    rig.kernel.add_thread()
    second, second_came, met = Parrot(), threading.Event(), []
    parrot.on_msg(lambda *_: met.append(second_came.wait(5)))
    second.on_msg(lambda *_: second_came.set())
    for place in [rig.show(each) for each in (parrot, second)]:
        say(place, "a")
    rig.rest()
    assert met == [True]


def test_a_page_without_a_kernel_is_silent(
    kernel: Kernel, parrot: Parrot, another: Callable[..., RigPage]
) -> None:
    reopened = another(saved=True)
    say(reopened.show(parrot), "a")
    reopened.rest()
    assert parrot.heard == []


def test_what_only_a_foreign_page_sends(rig: RigPage, parrot: Parrot) -> None:
    said: list[Any] = []
    parrot.on_msg(parrot._hear, remove=True)
    parrot.on_msg(lambda _, content, buffers: said.append(content))
    rig.send(parrot, '{"__proto__": [1]}')
    rig.rest()
    assert said == [{"__proto__": [1]}]


def test_the_host_knows_of_its_kernel(rig: RigPage, parrot: Parrot) -> None:
    rig.show(parrot)
    rig.page.evaluate(
        """async id => {
      const model = await rig.getModel(id), { kernel } = model.widget_manager;
      const note = () => {
        document.title = `${kernel.status} ${kernel.connectionStatus} ${model.comm_live}`;
      };
      kernel.statusChanged.connect(note);
      kernel.connectionStatusChanged.connect(note);
      model.on("comm_live_update", note);
    }""",
        parrot.model_id,
    )
    rig.tell(status="busy")
    expect(rig.page).to_have_title("busy connected true")
    rig.tell(status="idle", connectionStatus="connecting")
    expect(rig.page).to_have_title("idle connecting true")
    rig.end()
    expect(rig.page).to_have_title("dead connecting false")


def test_a_kernel_that_has_ended_is_an_error(rig: RigPage, parrot: Parrot, log: PageLog) -> None:
    place = rig.show(parrot)
    rig.end()
    say(place, "a")
    rig.rest()
    assert "Cannot send" in "".join(log.errors)
    log.errors.clear()


def test_what_a_handler_raises_is_not_lost(page: Page) -> None:
    with pytest.raises(AssertionError, match="division by zero"), Kernel().running() as kernel:
        parrot = Parrot()
        parrot.on_msg(lambda *_: 1 / 0)
        rig = RigPage(page, kernel, "jupyter")
        say(rig.show(parrot), "a")
        rig.rest()


def test_an_explorer_on_two_pages(rig: RigPage, another: Callable[..., RigPage]) -> None:
    explorer = bp.Explorer(strict=True)
    first = ExplorerPage(rig.page, rig.show(explorer))
    second = ExplorerPage((other := another()).page, other.show(explorer))
    first.press("w5", "ArrowRight")
    rig.rest()
    for shown in (first, second):
        assert_shows(shown, w5=0.41)
    second.press("w6", "ArrowRight")
    other.rest()
    for shown in (first, second):
        assert_shows(shown, w5=0.41, w6=0.46)
    explorer.session.change(w1=0.2)
    rig.rest()
    assert first.read() == second.read()
