"""An Explorer and a question in this machine's Firefox, moved by key and pointer."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from ipywidgets import DOMWidget

import bpwidgets as bp

from .explorer import READ
from .firefox import FirefoxPage, firefox, program
from .rig.kernel import Kernel
from .test_explorer import nine

NET = bp.worked_example()
Show = Callable[[DOMWidget], FirefoxPage]
SLIDER = "document.querySelector('input[type=range][aria-label=w5]')"
MIDDLE = """(kind) => {
  const node = document.querySelector(kind);
  node.scrollIntoView({ block: "center" });
  const box = node.getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
}"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FirefoxPage]:
    if not (path := program()):
        pytest.skip("there is no Firefox here; BPWIDGETS_FIREFOX names one")
    with firefox(path, tmp_path_factory.mktemp("firefox")) as page:
        yield page


@pytest.fixture
def show(browser: FirefoxPage) -> Iterator[Show]:
    """Opens the rig's page with a widget, which must not complain."""
    with Kernel().running() as kernel:

        def opened(widget: DOMWidget) -> FirefoxPage:
            browser.open(f"{kernel.url}?host=jupyter")
            browser.wait_for("() => Boolean(window.rig)")
            browser.call("(id) => rig.show(id)", widget.model_id)
            return browser

        yield opened
        browser.open("about:blank")
    assert browser.errors == []


def assert_shows(page: FirefoxPage, net: bp.Network, chosen: str = "w5") -> None:
    """The gradients, the total error and the breakdown, once they are those of the network."""
    slopes, factors = bp.backward(net), bp.breakdown(net, chosen).paths[0].factors
    first = f"document.querySelector('.bp-gradients input[value={chosen}]')?.closest('tr')"
    page.wait_for(
        f"(text) => {first}?.cells[2].textContent === text && {first}.matches('.bp-chosen')",
        nine(slopes[chosen]),
    )
    found = page.call(f"() => ({READ})(document.body)")
    assert {name: texts[1] for name, texts in found["rows"].items()} == {
        name: nine(slope) for name, slope in slopes.items()
    }
    assert found["total"] == f"now {nine(bp.forward(net).total_error)}"
    assert {nine(factor.value) for factor in factors} <= {
        text.strip("()") for text in found["breakdown"]
    }
    assert found["messages"] == ""


def test_a_slider_by_keys(show: Show) -> None:
    """Keys with Ctrl or Alt are not its own."""
    page = show(bp.Explorer(NET, strict=True))
    assert_shows(page, NET)
    page.call(f"() => {SLIDER}.focus()")
    page.press("ArrowRight", "Control+End", "Alt+ArrowUp", "Control+ArrowRight", "ArrowRight")
    assert_shows(page, NET.replace(w5=0.42))
    assert page.call(f"() => {SLIDER}.value") == "0.42"
    page.press("Home")
    assert_shows(page, NET.replace(w5=-4))


def test_an_edge_is_chosen(show: Show) -> None:
    """By pointer, then by keys."""
    page = show(bp.Explorer(NET, strict=True))
    assert_shows(page, NET)
    page.drag(page.call(MIDDLE, ".bp-label[data-symbols~=w6]"))
    assert_shows(page, NET, "w6")
    page.call("() => document.querySelector('.bp-edge[data-symbols~=w6]').focus()")
    page.press("ArrowRight", "Enter")
    assert_shows(page, NET, "w7")


def test_the_point_on_the_map_is_moved(show: Show) -> None:
    """By pointer into the middle of the map, then by a key."""
    explorer = bp.Explorer(NET, strict=True)
    page = show(explorer)
    assert_shows(page, NET)
    x, y = page.call(MIDDLE, ".bp-surface .bp-plane")
    page.drag((x + 50, y - 20), (x + 20, y + 10), (x, y))
    page.wait_for(f"() => Math.abs({SLIDER}.value) < 0.05")  # of −4 to 4, and a pixel is 0.03
    page.wait_for("() => rig.painted()")
    moved = explorer.session.state.network
    assert moved == NET.replace(w5=moved["w5"], w6=moved["w6"])
    assert moved["w6"] == pytest.approx(0, abs=0.05)
    assert_shows(page, moved)
    page.press("ArrowUp")
    assert_shows(page, moved.replace(w6=round(moved["w6"] + 0.01, 9)))


def test_a_question_is_answered(show: Show) -> None:
    page = show(bp.Question(NET, "dEtot/dw5"))
    page.wait_for("() => document.querySelector('.bp-asked input') !== null")
    page.call("() => document.querySelector('.bp-asked input').focus()")
    page.press(*"0.0822", "Enter")
    right = "✓ 0.0822: Right, to 3 digits."
    page.wait_for("(right) => document.querySelector('.bp-said').textContent === right", right)
