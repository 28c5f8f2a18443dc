"""The slider in motion: a burst of quick events, and a drag."""

from __future__ import annotations

import math
from statistics import median

from goals import verdict
from stage import Shown

import bpwidgets as bp

RATE, EVENTS, BURSTS = 60, 60, 5
HILL_GOAL = 250  # milliseconds, of which the page waits 80 for rest
BURST_GOAL = 150  # milliseconds from the last event to the complete picture
SECONDS, WAY = 2, 0.2  # of a drag to and fro, over so much of the slider's length
ENOUGH, SMOOTH = 20, 30  # pictures a second: the goal, where the echo reaches the other
LABEL, TOTAL = ".widget-vbox > .widget-label", ".bp-surface .bp-spoken"


def bursts(explorer: Shown) -> None:
    print(f"\n{EVENTS} quick moves of w5, {RATE} a second, {BURSTS} times: the last value stands")
    panel = explorer.front()
    times, rates = [], []
    for number in range(1, BURSTS + 1):
        values = [round(0.1 * number + 0.01 * step, 2) for step in range(EVENTS)]
        explorer.rest()
        lasted = explorer.slider(panel).evaluate(
            "(range, [values, rate]) => paint.burst(range, values, rate)", [values, RATE]
        )
        times.append(explorer.answer().framed)
        rates.append(1e3 * (EVENTS - 1) / lasted)
        assert_stands(explorer, values[-1])
    print(f"  moves that the page found time for{median(rates):5.1f} a second")
    met = verdict(median(times) <= BURST_GOAL)
    print(
        f"  last move to complete picture{median(times):7.1f} ms, worst {max(times):.1f} ms"
        f"   goal ≤ {BURST_GOAL} ms {met}"
    )


def assert_stands(explorer: Shown, w5: float) -> None:
    """Hold that the page shows the gradient and the error that the core has for this weight."""
    net = bp.worked_example().replace(w5=w5)
    slope, total = bp.backward(net)["w5"], bp.forward(net).total_error
    numbers = explorer.page.locator(".bp-breakdown .bp-number").all_text_contents()
    assert f"{slope:.9f}".replace("-", "−") in numbers, f"w5 = {w5}: {slope} is not shown"
    assert f"{total:.9f}" in explorer.page.locator(TOTAL).inner_text(), f"w5 = {w5}: {total}"


def hill(explorer: Shown) -> None:
    print(f"\nFrom a key press to the new picture of the hill, {BURSTS} presses")
    panel = explorer.front()
    folder = panel.get_by_role("button", name="Error surface in space")
    folder.press("Enter")
    picture = panel.locator(".bp-relief img")
    turn = panel.get_by_role("slider", name="Point on the curve", exact=True)
    times = []
    for _ in range(BURSTS + 1):  # the first draws matplotlib's own things, and does not count
        picture.scroll_into_view_if_needed()
        turn.focus()
        explorer.rest()
        loaded = picture.evaluate_handle("image => paint.loaded(image)")
        explorer.page.keyboard.press("ArrowRight")
        times.append(float(loaded.evaluate("loaded => loaded.done")))
    folder.press("Enter")
    met = verdict(median(times[1:]) <= HILL_GOAL)
    print(
        f"  {median(times[1:]):6.1f} ms, worst {max(times[1:]):.1f} ms   goal ≤ {HILL_GOAL} ms {met}"
    )


def drags(echo: Shown, explorer: Shown) -> None:
    print(f"\nPictures a second while a slider is dragged for {SECONDS} s, {RATE} moves a second")
    found = {
        each.dashboard.name: drag(each, text) for each, text in ((echo, LABEL), (explorer, TOTAL))
    }
    for name, rate in found.items():
        print(f"  {name:12}{rate:7.1f}")
    reached, ours = found.values()
    limit = min(ENOUGH, reached * ENOUGH / SMOOTH)
    words = f"goal ≥ {ENOUGH} where the echo reaches {SMOOTH}, else as many for each of the echo's"
    print(f"  {words}: ≥ {limit:.1f} {verdict(ours >= limit)}")


def drag(shown: Shown, text: str) -> float:
    """Drag the slider to and fro; how many new texts a second its answer showed."""
    panel = shown.front()
    count = RATE * SECONDS
    places = [WAY * math.sin(4 * math.pi * place / count) for place in range(count)]
    panel.locator(text).first.evaluate("element => paint.sample(element)")
    shown.slider(panel).evaluate(
        "(slider, [places, rate]) => paint.drag(slider, places, rate)", [places, RATE]
    )
    rate: float = shown.page.evaluate("paint.rate()")
    assert rate, f"{shown.dashboard.name} did not follow the drag"
    return rate
