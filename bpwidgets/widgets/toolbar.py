"""What concerns the whole state: undo, presets, conventions, decimals, files."""

from collections.abc import Hashable
from dataclasses import fields
from itertools import count
from typing import Any

from bpwidgets.network import Network
from bpwidgets.presets import PRESETS, preset
from bpwidgets.saving import from_json, to_json, to_python
from bpwidgets.session import Session
from bpwidgets.settings import FEWEST_DECIMALS, MOST_DECIMALS
from bpwidgets.state import State
from bpwidgets.widgets.view import Kept, Scene, Send, View

FILE = "bpwidgets.json"
OWN = "your network"
RULES = [["simultaneous", "all at once"], ["sequential", "layer by layer"]]
BIASES = [["fixed", "fixed"], ["trained", "trained too"]]


class Toolbar(View):
    """Buttons and switches over the session; the page sends their names, or a file's text."""

    script = "toolbar"

    def __init__(self, session: Session | Network) -> None:
        self._refused = ""  # why the last file was not taken
        self._serial = Kept(count().__next__)
        super().__init__(session)

    def frame_needs(self, state: State) -> Hashable:
        return ()

    def make_frame(self, state: State) -> Scene:
        names = [[name, name] for name in PRESETS]
        if self._own_is_new():
            names.insert(0, [OWN, OWN])
        decimals = [[str(count), str(count)] for count in range(FEWEST_DECIMALS, MOST_DECIMALS + 1)]
        return {"presets": names, "rules": RULES, "biases": BIASES, "decimals": decimals}

    def scene_needs(self, state: State) -> Hashable:
        return state, self.session.can_undo, self.session.can_redo, self._refused

    def make_scene(self, state: State) -> Scene:
        name = self._preset_of(state)
        return {
            "can": {
                "undo": self.session.can_undo,
                "redo": self.session.can_redo,
                "reset": self._can_reset(state),
            },
            "preset": name,
            "words": PRESETS[name].words if name in PRESETS else "",
            "rule": state.rule,
            "biases": state.biases,
            "decimals": str(state.decimals),
            "large": state.large,
            "refused": self._refused,
            "serial": self._serial(state.kept),  # another number for another state to keep
        }

    def answer(self, change: dict[str, Any], send: Send) -> None:
        """Apply settings, ``{"do": "undo"}``, a preset's name, a file's text; or send a file."""
        self._refused = ""
        if "do" in change:
            {"undo": self.session.undo, "redo": self.session.redo, "reset": self.session.reset}[
                change.pop("do")
            ]()
        if "preset" in change:
            name = change.pop("preset")
            self.session.change(network=self.session.first if name == OWN else preset(name))
        if "load" in change:
            self._load(change.pop("load"))
        if "save" in change:
            text = to_json(self.session.state.kept)
            change.pop("save")
            send({"file": FILE, "type": "application/json"}, text.encode())
        if "copy" in change:
            code = to_python(self.session.state.kept)
            change.pop("copy")
            send({"copy": code})
        if "decimals" in change:
            change["decimals"] = int(change["decimals"])
        self.session.change(**change)

    def summary(self, state: State) -> str:
        return f"{state.rule}, biases {state.biases}, {state.decimals} decimals"

    def _load(self, text: str | None) -> None:
        try:
            if text is None:
                raise ValueError("the file is no UTF-8 text, so it is none that was saved here")
            kept = from_json(text)
        except ValueError as reason:
            self._refused = str(reason)
            return
        self.session.change(**{each.name: getattr(kept, each.name) for each in fields(kept)})

    def _can_reset(self, state: State) -> bool:
        moved = state.network != state.start or state.walk.steps > 0
        return moved or state.ranges != State.of(state.start).ranges

    def _own_is_new(self) -> bool:
        return all(each.network != self.session.first for each in PRESETS.values())

    def _preset_of(self, state: State) -> str:
        """The name of what the session started with, or was last set to; none for a loaded file."""
        for name, each in PRESETS.items():
            if each.network == state.start:
                return name
        return OWN if state.start == self.session.first else ""
