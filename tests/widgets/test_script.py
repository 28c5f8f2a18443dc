"""The JavaScript of a page: all files that its views use, each once, joined into one module."""

import re
from itertools import combinations

import pytest

from bpwidgets.widgets import script
from bpwidgets.widgets.explorer import VIEWS
from bpwidgets.widgets.script import EXPORT, HERE, IMPORT, function_name, module

FILES = {path.name: path.read_text("utf-8") for path in HERE.glob("*.js")}
DRAWN = [*VIEWS, "question", "exercise", "find_slip"]
PAGES = [tuple(VIEWS), tuple(DRAWN), *((name,) for name in DRAWN), *combinations(VIEWS, 2)]
DECLARED = re.compile(r"^(?:export )?(?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE)
IMPORTED = re.compile(r'^import \{([^}]*)\} from "\./(\w+\.js)";$', re.MULTILINE)


def body(name: str) -> str:
    """What of a file stands in a module."""
    return EXPORT.sub("", IMPORT.sub("", FILES[name]))


@pytest.mark.parametrize("names", PAGES, ids="+".join)
def test_a_module_has_each_file_that_it_needs_once_and_after_what_it_uses(names):
    joined = module(names)
    needed, added = set(), {f"{name}.js" for name in names} | {"host.js"}
    while added:
        needed |= added
        added = {other for name in added for _, other in IMPORTED.findall(FILES[name])} - needed
    assert {name for name in FILES if joined.count(body(name)) == 1} == needed
    assert {name for name in FILES if joined.count(body(name)) > 1} == set()
    places = {name: joined.index(body(name)) for name in needed}
    for name in needed:
        for _, other in IMPORTED.findall(FILES[name]):
            assert places[other] < places[name]


@pytest.mark.parametrize("names", PAGES, ids="+".join)
def test_a_module_imports_nothing_and_exports_the_page(names):
    joined = module(names)
    assert not re.search(r"^import\b|\bimport\(", joined, re.MULTILINE)
    drawn = ", ".join(map(function_name, names))
    assert re.findall(r"^export\b.*", joined, re.MULTILINE) == [
        f"export default pageOf({{ {drawn} }});"
    ]
    declared = DECLARED.findall(joined)
    assert sorted(set(declared)) == sorted(declared)  # else it would be no module at all
    assert set(map(function_name, names)) | {"pageOf"} <= set(declared)


@pytest.mark.parametrize("name", FILES)
def test_a_file_says_what_it_uses(name):
    """What it imports is exported there and used here; what of others it uses, it imports."""
    own = set(DECLARED.findall(FILES[name]))
    imported: set[str] = set()
    for names, other in IMPORTED.findall(FILES[name]):
        found = {each.strip() for each in names.split(",") if each.strip()}
        exported = re.findall(
            r"^export (?:async )?(?:function|const|let|class) (\w+)", FILES[other], re.M
        )
        assert found <= set(exported), other
        imported |= found
    text = re.sub(r"//.*|\"[^\"\n]*\"|`[^`]*`", "", body(name))
    for each in imported:
        assert re.search(rf"\b{each}\b", body(name)), f"{each} is imported and not used"
    elsewhere = {
        each for other in FILES if other != name for each in DECLARED.findall(FILES[other])
    }
    called = set(re.findall(r"(?<![.\w])(\w+)\(", text))
    assert called & elsewhere <= imported | own | _locals(text)


def _locals(text: str) -> set[str]:
    """Names that are declared inside a function, as arguments too."""
    declared = re.findall(r"\b(?:const|let|function) (\w+)", text)
    listed = re.findall(r"\b(?:const|let) [\[{]([^\]}]*)[\]}]", text)
    arguments = re.findall(r"\(([^()]*)\) (?:=>|\{)", text)
    return {*declared, *re.findall(r"\w+", " ".join([*listed, *arguments]))}


def test_every_file_is_used():
    used = {other for text in FILES.values() for _, other in IMPORTED.findall(text)}
    assert used | {f"{name}.js" for name in DRAWN} | {"host.js"} == set(FILES)


def test_two_views_of_a_kind_are_drawn_by_one_function():
    assert module(("surface", "surface")) == module(("surface",))


def test_files_that_import_each_other_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(script, "HERE", tmp_path)
    (tmp_path / "host.js").write_text("export function pageOf() {}\n")
    (tmp_path / "one.js").write_text('import { two } from "./two.js";\n')
    (tmp_path / "two.js").write_text('import { one } from "./one.js";\nexport const two = 2;\n')
    with pytest.raises(ValueError, match=r"\w+\.js imports itself, by way of others"):
        module(("one",))
