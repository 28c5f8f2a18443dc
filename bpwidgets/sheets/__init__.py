"""A printable sheet: a network with numbers of its own, what to work out, and a key.

bp.worksheet(seed=1).save("sheet.pdf", key="key.pdf")
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from matplotlib.figure import Figure

from bpwidgets.keywords import told
from bpwidgets.network import Network
from bpwidgets.pictures import saved
from bpwidgets.sheets.fonts import check_names
from bpwidgets.sheets.page import MOST_GIVEN, MOST_TASKS, sheet_page
from bpwidgets.sheets.seeds import check_seed
from bpwidgets.sheets.together import together
from bpwidgets.tasks import Task, practice_network, tasks


@dataclass(frozen=True, repr=False)
class Worksheet:
    """One sheet: its number, whose it is, and its tasks, all about one network."""

    seed: int
    tasks: tuple[Task, ...]
    name: str = ""

    @property
    def network(self) -> Network:
        return self.tasks[0].network

    def page(self) -> Figure:
        """The sheet itself, A4."""
        return self._drawn(key=False)

    def key(self) -> Figure:
        """The same page with each formula and its number."""
        return self._drawn(key=True)

    def save(self, path: str | Path, key: str | Path | None = None) -> None:
        """Write the sheet as a PDF, and the key as another; both or neither."""
        pages = {Path(path): self.page()}
        if key is not None:
            pages[Path(key)] = self.key()
        with together(*pages) as parts:
            for part, page in zip(parts, pages.values()):
                part.write_bytes(saved(page, "pdf"))

    def _drawn(self, *, key: bool) -> Figure:
        check_seed(self.seed)
        check_names([self.name])
        return sheet_page(self.tasks, self.seed, self.name, key=key)

    def __repr__(self) -> str:
        return f"<Worksheet {self.seed}: {len(self.tasks)} tasks>"


@told
def worksheet(
    seed: int = 0,
    *,
    sizes: Sequence[int] = (2, 2, 2),
    network: Network | None = None,
    quantities: Sequence[str] | None = None,
    rule: str = "simultaneous",
    biases: str = "fixed",
    name: str = "",
) -> Worksheet:
    """A sheet with its own numbers: the same arguments, the same sheet.

    network: one of your own, in place of the one that the seed gives
    quantities: what to work out; by default the forward pass, and the backward pass to two weights
    name: printed in the line for the name, in an installed font that has its letters

    Raises KeyError for an unknown quantity, ValueError for more than a page holds.  A name that cannot
    be printed, and a seed of the course, whose numbers stand in its solutions, are a ValueError of
    ``page``, ``key`` and ``save``, before anything is written.
    """
    net = practice_network(seed, sizes) if network is None else network
    asked = tasks(net, quantities, rule=rule, biases=biases)
    if not 1 <= len(asked) <= MOST_TASKS:
        raise ValueError(f"a sheet has room for 1 to {MOST_TASKS} tasks, got {len(asked)}")
    if len(net) > MOST_GIVEN:
        raise ValueError(f"a sheet has room for {MOST_GIVEN} given numbers, got {len(net)}")
    return Worksheet(seed, asked, name)
