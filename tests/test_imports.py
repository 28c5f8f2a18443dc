"""Imports go one way, and only what is needed is imported."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from readme import rows

import bpwidgets

PACKAGE = Path(bpwidgets.__file__).parent

# The rooms, files and folders, in their order: a module imports from rooms before its own, or from
# its own.
CORE = [
    {"symbols", "checks", "digits"},
    {"keywords", "plan"},
    {"network"},
    {"forward_pass"},
    {"gradient", "formula", "descent"},
    {"gradient_check", "recipe", "wording"},
    {"calculation"},
    {"breakdown", "saturation"},
    {"surface", "training", "notes", "rounding", "slips"},
    {"marking"},
    {"tasks", "shared"},
    {"exercise"},
    {"keeping"},
    {"settings", "presets"},
    {"saving"},
]
OUTSIDE = [
    {"state"},
    {"changes"},
    {"session"},
    {"figures"},
    {"pictures"},
    {"sheets"},
    {"widgets"},
]  # `session`: core only
ROOMS = {room: rank for rank, rooms in enumerate([*CORE, *OUTSIDE]) for room in rooms}

FIGURES = {"numpy", "matplotlib", "contourpy"}  # contourpy comes with matplotlib
THIRD_PARTY = {
    "figures": FIGURES,
    "pictures": FIGURES,
    "sheets": FIGURES,
    # traitlets and IPython come with ipywidgets
    "widgets": FIGURES | {"ipywidgets", "anywidget", "traitlets", "IPython"},
}

FILES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
    if path != PACKAGE / "__init__.py"
}


def room(module: str) -> str:
    return module.split(".")[0]


def imports(source: str, module: str) -> Iterator[str]:
    """The full name of everything that a source imports, wherever it does so."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = f"bpwidgets.{module}".split(".")[: -node.level] if node.level else []
            base = ".".join([*package, *filter(None, [node.module])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def inside(names: Iterator[str]) -> set[str]:
    """The package's own modules among the names of imports: "bpwidgets.checks.number" is checks."""
    own = set()
    for name in names:
        head, _, rest = name.partition(".")
        if head == "bpwidgets":
            parts = rest.split(".")
            known = [".".join(parts[:n]) for n in range(len(parts), 0, -1)]
            own.add(next((m for m in known if m in FILES), rest))
    return own


IMPORTS = {
    module: set(imports(path.read_text(encoding="utf-8"), module)) for module, path in FILES.items()
}


def test_imports_are_read_in_every_form():
    source = """
import os.path, numpy as np
from bpwidgets import checks
from ..symbols import canonical
def later():
    from . import controls
"""
    found = set(imports(source, "widgets.explorer"))
    own = {"bpwidgets.checks", "bpwidgets.symbols.canonical", "bpwidgets.widgets.controls"}
    assert found == {"os.path", "numpy"} | own
    assert {"checks", "symbols"} <= inside(found)


@pytest.mark.parametrize("module", FILES)
def test_every_module_has_its_place(module):
    assert room(module) in ROOMS, f"say in this test where {module} stands"


@pytest.mark.parametrize("module", FILES)
def test_a_module_imports_only_from_before_it(module):
    for other in inside(IMPORTS[module]):
        same = room(other) == room(module)
        assert same or ROOMS[room(other)] < ROOMS[room(module)], f"{module} imports {other}"


def test_the_package_can_be_read_from_top_to_bottom_of_the_readmes_table():
    order = [name.removesuffix("/").removesuffix(".py") for row in rows() for name in row.names]
    place = {name: number for number, name in enumerate(order)}
    assert place.keys() == ROOMS.keys()
    for module in FILES:
        for other in inside(IMPORTS[module]):
            assert place[room(other)] <= place[room(module)], f"{module} imports {other}"


@pytest.mark.parametrize("module", FILES)
def test_a_module_imports_only_the_libraries_it_may(module):
    roots = {name.split(".")[0] for name in IMPORTS[module]} - {"bpwidgets"}
    foreign = roots - sys.stdlib_module_names
    assert foreign <= THIRD_PARTY.get(room(module), {"numpy"})


@pytest.mark.parametrize("module", FILES)
def test_no_eval_and_no_pickle(module):
    tree = ast.parse(FILES[module].read_text(encoding="utf-8"))
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert not names & {"eval", "exec", "compile", "__import__"}
    roots = {name.split(".")[0] for name in IMPORTS[module]}
    assert not roots & {"pickle", "marshal", "shelve", "sympy"}


def test_no_module_imports_itself_in_a_circle():
    graph = {module: inside(names) - {module} for module, names in IMPORTS.items()}
    while free := {module for module, needs in graph.items() if not needs & graph.keys()}:
        graph = {module: needs for module, needs in graph.items() if module not in free}
    assert not graph, f"a circle among {sorted(graph)}"


def test_the_package_itself_imports_the_core_and_later_what_is_heavy():
    tree = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    at_once = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    found = inside(imports(ast.unparse(ast.Module(at_once, [])), ""))
    core = {name for rooms in CORE for name in rooms}
    assert found
    assert {room(module) for module in found} <= core


def test_importing_the_package_loads_no_widgets_and_no_matplotlib():
    look = """
import sys
import bpwidgets as bp
bp.train(bp.worked_example(), 10)
heavy = {"ipywidgets", "anywidget", "traitlets", "IPython", "matplotlib", "contourpy"}
print(sorted(heavy & {name.split(".")[0] for name in sys.modules}))
"""
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
