"""Random walks of a learner on a bad line: at rest, page and session are where the actions lead."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import takewhile

import pytest

import bpwidgets as bp

from .learner import Learner
from .model import World, story
from .shown import RigPage

NET = bp.worked_example()
BURSTS, LONGEST = 8, 6
SLIDERS = ("w5", "w6", "w1", "x1", "d2")
KEYS = ("ArrowRight", "ArrowLeft", "PageUp")

Outcome = Callable[[World], Iterator[World]]


class Walk:
    """Does things at random, and says where each of them leads."""

    def __init__(self, learner: Learner, chance: random.Random) -> None:
        self.learner, self.shown, self.chance = learner, learner.shown, chance

    def step(self) -> tuple[str, Outcome]:
        often = [self.key, self.undo, self.train]
        seldom = [self.drag, self.type, self.redo, self.reset, self.type_step, self.choose]
        return self.chance.choice([*often, *often, *seldom])()

    def key(self) -> tuple[str, Outcome]:
        name, key = self.chance.choice(SLIDERS), self.chance.choice(KEYS)
        self.shown.press(name, key)
        return self._moved(name, key)

    def drag(self) -> tuple[str, Outcome]:
        name = self.chance.choice(SLIDERS)
        self.learner.drag(name, *(self.chance.uniform(0.2, 0.8) for _ in range(5)))
        return self._moved(name, "dragged")

    def _moved(self, name: str, how: str) -> tuple[str, Outcome]:
        value: float = self.shown.slider(name).evaluate("node => node.valueAsNumber")
        return f"{name} {how} to {value}", lambda world: world.did(
            lambda s: s.change(**{name: value})
        )

    def type(self) -> tuple[str, Outcome]:
        name, value = self.chance.choice(SLIDERS), round(self.chance.uniform(0, 1), 6)
        self.shown.enter(name, str(value))
        return f"{name} typed {value}", lambda world: world.did(lambda s: s.change(**{name: value}))

    def undo(self) -> tuple[str, Outcome]:
        self.learner.press("Undo")
        return "undo", lambda world: world.did(lambda s: s.undo())

    def redo(self) -> tuple[str, Outcome]:
        self.learner.press("Redo")
        return "redo", lambda world: world.did(lambda s: s.redo())

    def reset(self) -> tuple[str, Outcome]:
        self.learner.press("Reset")
        return "reset", lambda world: world.did(lambda s: s.reset())

    def train(self) -> tuple[str, Outcome]:
        steps, name = self.chance.choice(
            [(1, "Train 1 step"), (10, "Train 10 steps"), (1000, "Train 1,000 steps")]
        )
        self.learner.press(name)
        return name, lambda world: world.trained(steps)

    def type_step(self) -> tuple[str, Outcome]:
        step = self.chance.randrange(12)
        self.learner.type_step(str(step))

        def go(session: bp.session.Session) -> None:
            with suppress(ValueError):  # there is no such step
                session.change(step=step)

        return f"step typed {step}", lambda world: world.did(go)

    def choose(self) -> tuple[str, Outcome]:
        name = self.chance.choice(["w1", "w4", "w5", "b2"])
        self.shown.radio(name).press(" ")
        return f"choose {name}", lambda world: world.looked(name)


# How bad a line may be.


def late(rig: RigPage, chance: random.Random) -> None:
    rig.line.late(0.1)


def twice(rig: RigPage, chance: random.Random) -> None:
    rig.line.late(0.05)
    rig.line.there.copies = 2


def overtaking(rig: RigPage, chance: random.Random) -> None:
    rig.kernel.add_thread()
    rig.line.late(0.05)
    rig.line.there.delay = lambda: chance.choice([0.0, 0.05, 0.2])


@pytest.mark.parametrize("line", [late, twice, overtaking])
def test_actions_lead_where_they_lead_in_their_order(
    rig: RigPage, line: Callable[[RigPage, random.Random], None]
) -> None:
    explorer = bp.Explorer(NET, strict=True)
    chance = random.Random(line.__name__)
    walk = Walk(Learner(rig, explorer), chance)
    line(rig, random.Random(1))
    world = World()
    for _ in range(BURSTS):
        worlds, done = [world], []
        for _ in range(chance.randint(1, LONGEST)):
            what, outcome = walk.step()
            done.append(what)
            worlds = [after for each in worlds for after in outcome(each)]
        right = {story(each.session): each for each in (w.at_rest() for w in worlds)}
        rig.rest()
        found = story(explorer.session)
        if found not in right:
            pytest.fail(explained(done, found, right))
        world = right[found]
        assert_shown(walk.learner, explorer, done)


def explained(done: list[str], found: tuple[str, ...], right: Iterable[tuple[str, ...]]) -> str:
    """What was done, what came of it, and what might have; only where these differ."""
    same = sum(1 for _ in takewhile(lambda told: len(set(told)) == 1, zip(found, *right)))
    told = ["\n  ".join(each[same:]) for each in (found, *right)]
    return "\n".join([f"{', '.join(done)} led to", *told[:1], "and may lead to", *told[1:]])


def assert_shown(learner: Learner, explorer: bp.Explorer, done: list[str]) -> None:
    """The page shows the session's numbers, and what can be done."""
    state, read = explorer.session.state, learner.shown.read()
    words = {"eta": "η"}
    sliders = {name: learner.shown.slider(words.get(name, name)) for name in state.network.names}
    values = {name: slider.evaluate("n => n.valueAsNumber") for name, slider in sliders.items()}
    assert values == pytest.approx(dict(state.network)), done
    slopes = bp.backward(state.network)
    shown = {name: texts[1] for name, texts in read["rows"].items()}
    assert shown == {name: nine(slopes[name]) for name in shown}, done
    assert read["total"] == f"now {nine(state.walk.errors[state.step])}", done
    assert (read["chosen"], read["messages"]) == (state.chosen, ""), done
    begins = f"After {state.step:,} of" if state.walk.steps else "No step"
    assert read["training"].startswith(begins), done
    for name, can in (("Undo", explorer.session.can_undo), ("Redo", explorer.session.can_redo)):
        button = learner.shown.holder.get_by_role("button", name=name, exact=True)
        assert button.is_enabled() == can, done


def nine(value: float) -> str:
    return f"{value:.9f}".replace("-", "−")
