"""From a key press to the last visual change, beside the dashboards of today, in one page.

The clock is the page's: from the key event's own time to the last change of what is shown; the end of
the frame that shows it is printed too.  The dashboards take turns, so that what slows the machine slows
all of them.  The first presses of a turn, to a page and a kernel that had nothing to do for a while, are
not counted for any of them.
"""

from __future__ import annotations

import math
from datetime import datetime
from itertools import pairwise
from statistics import median

from dashboards import DASHBOARDS, ECHO_NAME, EXPLORER_NAME, INTERACT_NAME
from goals import verdict
from motion import bursts, drags, hill
from stage import Answer, Shown, stage

TURNS, WARM_UP, PRESSES = 5, 2, 6  # in each turn, presses that do not count, and those that do
PARTS = ("page, key to message", "way to the kernel", "kernel", "way back", "page, to the frame")


def latency() -> None:
    print(
        f"\nKey press to last visual change, JupyterLab in Chromium, {TURNS * PRESSES} presses each"
    )
    with stage() as shown:
        answers = pressed(shown)
        table(answers)
        if not judged({name: [each.took for each in found] for name, found in answers.items()}):
            for name in (ECHO_NAME, EXPLORER_NAME):
                explain(name, answers[name])
        bursts(shown[EXPLORER_NAME])
        hill(shown[EXPLORER_NAME])
        drags(shown[ECHO_NAME], shown[EXPLORER_NAME])
        for each in shown.values():
            each.check()


def pressed(shown: dict[str, Shown]) -> dict[str, list[Answer]]:
    """Some presses each in turn, many rounds."""
    answers: dict[str, list[Answer]] = {name: [] for name in shown}
    for _ in range(TURNS):
        for name, each in shown.items():
            each.front()
            answers[name] += [each.press() for _ in range(WARM_UP + PRESSES)][WARM_UP:]
    return answers


def high(times: list[float]) -> float:
    """The 95th percentile: the smallest time that 95 of 100 presses do not exceed."""
    return sorted(times)[math.ceil(0.95 * len(times)) - 1]


def table(answers: dict[str, list[Answer]]) -> None:
    """Print the last change, which is judged, and the frame that shows it."""
    echo = median(each.took for each in answers[ECHO_NAME])
    print(f"  {'':12}{'last change':>14}{'95 %':>14}{'÷ echo':>9}{'its frame':>14}")
    for dashboard in DASHBOARDS:
        name = dashboard.name
        if name not in answers:
            print(f"  {name:12}   not measured: no module named {dashboard.needs}")
            continue
        took = [each.took for each in answers[name]]
        frame = median(each.framed for each in answers[name])
        print(
            f"  {name:12}{median(took):11.1f} ms{high(took):11.1f} ms"
            f"{median(took) / echo:9.2f}{frame:11.1f} ms"
        )


def judged(times: dict[str, list[float]]) -> bool:
    """Print the goals; whether all are met."""
    echo, ours = median(times[ECHO_NAME]), times[EXPLORER_NAME]
    today = median(times[INTERACT_NAME])
    goals = (
        ("median ≤ 2 × echo", median(ours), 2 * echo),
        ("median ≤ interact / 10", median(ours), today / 10),
        ("95 % ≤ 4 × echo's median", high(ours), 4 * echo),
    )
    for words, found, limit in goals:
        numbers = f"{found:.1f} ms, limit {limit:.1f} ms"
        print(f"  {EXPLORER_NAME}: {words:26}{numbers:28}{verdict(found <= limit)}")
    return all(found <= limit for _, found, limit in goals)


def explain(name: str, answers: list[Answer]) -> None:
    """Print the median of each part of the way."""
    journeys = [journey(each) for each in answers]
    print(f"  where the time of {name} goes")
    for words, *parts in zip(PARTS, *journeys):
        print(f"    {words:22}{median(parts):7.1f} ms")


def journey(answer: Answer) -> tuple[float, ...]:
    """The milliseconds of each of PARTS, from the times that the messages carry.

    The kernel dates its messages by the same clock: "busy" when it takes the page's message up, and
    each update when it is sent.
    """

    def dated(message: dict[str, str]) -> float:
        return datetime.fromisoformat(message["date"]).timestamp() * 1e3 - answer.origin

    comms = [each for each in answer.messages if each["type"] == "comm_msg"]
    sent = next(each for each in comms if each["direction"] == "send")
    updates = [each for each in comms if each["parent"] == sent["id"]]
    busy = next(
        each for each in answer.messages if each["parent"] == sent["id"] and each["state"] == "busy"
    )
    stations = (
        answer.event,
        sent["at"],
        dated(busy),
        max(map(dated, updates)),
        max(each["at"] for each in updates),
        answer.painted,
    )
    return tuple(after - before for before, after in pairwise(stations))
