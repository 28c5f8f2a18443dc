"""Somebody at an Explorer, who finds things by their names."""

from __future__ import annotations

import bpwidgets as bp
from bpwidgets.state import State

from ..explorer import ExplorerPage
from .shown import RigPage


class Learner:
    """At an Explorer whose views are all unfolded, and which has come to rest."""

    def __init__(self, rig: RigPage, explorer: bp.Explorer) -> None:
        self.rig, self.page, self.explorer = rig, rig.page, explorer
        self.shown = ExplorerPage(rig.page, rig.show(explorer))
        self.shown.unfold()
        rig.rest()

    def press(self, name: str) -> None:
        """Press Enter on a button, also on one that seems to be of no use yet."""
        self.shown.holder.get_by_role("button", name=name, exact=True).press("Enter")

    def type_step(self, text: str) -> None:
        field = self.shown.holder.get_by_role("textbox", name="Step, exact number", exact=True)
        field.fill(text)
        field.press("Enter")

    def drag(self, name: str, *places: float) -> None:
        """Drag a slider along places between 0 and 1 of its width."""
        slider, mouse = self.shown.slider(name), self.page.mouse
        slider.scroll_into_view_if_needed()
        box = slider.bounding_box()
        assert box
        first, *others = (box["x"] + box["width"] * place for place in places)
        mouse.move(first, middle := box["y"] + box["height"] / 2)
        mouse.down()
        for x in others:
            mouse.move(x, middle)
        mouse.up()

    def state_at_rest(self) -> State:
        self.rig.rest()
        return self.explorer.session.state
