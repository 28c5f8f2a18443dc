"""What a page cannot have meant, sent by a real page: nothing is changed, and the page goes on."""

from __future__ import annotations

import json
import random
import re
from itertools import count
from typing import Any

import pytest
from playwright.sync_api import expect
from widgets.test_messages import BAD, ELSEWHERE, HOSTILE

import bpwidgets as bp

from .learner import Learner
from .shown import RigPage

NET = bp.worked_example()
REFUSED = re.compile("The page asked for something that is not allowed: ")


def as_json(thing: Any, host: str) -> str:
    """As a page writes it, which has no words for what is no finite number."""
    text = json.dumps(thing).replace("HOST", host)
    return re.sub(r"-?\bInfinity\b|\bNaN\b", "null", text)


def test_the_page_says_that_it_is_refused_and_goes_on(rig: RigPage) -> None:
    learner = Learner(rig, explorer := bp.Explorer(NET, strict=True))
    before, numbers = explorer.session.state, count(1)
    for name, change in HOSTILE:
        part = [number := next(numbers), "HOST", name, change, number]
        rig.send(explorer, as_json({"page": "a", "acts": [part]}, explorer.own_name))
        rig.rest()
        said = learner.shown.view(name).locator(".bp-message")
        assert REFUSED.match(said.inner_text()), f"{name} {str(change)[:60]}"
        assert explorer.session.state is before, f"{name} {str(change)[:60]}"
    goes_on(learner)


@pytest.mark.parametrize("copies", [1, 2])
def test_messages_that_are_none_change_nothing(rig: RigPage, copies: int) -> None:
    learner = Learner(rig, explorer := bp.Explorer(NET, strict=True))
    rig.line.there.copies = copies
    before = explorer.session.state
    for content in random.Random(1).sample(BAD + ELSEWHERE, len(BAD + ELSEWHERE)):
        rig.send(explorer, as_json(content, explorer.own_name))
        rig.rest()
        assert explorer.session.state is before, str(content)[:60]
    goes_on(learner)


def goes_on(learner: Learner) -> None:
    """The next key is taken, and what was refused is no longer said."""
    learner.shown.press("w5", "ArrowRight")
    assert learner.state_at_rest().network == NET.replace(w5=0.41)
    expect(learner.shown.gradient("w5")).to_have_text(
        f"{bp.backward(NET.replace(w5=0.41))['w5']:.9f}"
    )
    assert learner.shown.read()["messages"] == ""
