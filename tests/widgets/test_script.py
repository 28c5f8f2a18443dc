"""The JavaScript files say what they use, and make one module."""

import re
from collections import Counter

import pytest

from bpwidgets.widgets import script
from bpwidgets.widgets.explorer import VIEWS

FILES = sorted(script.HERE.glob("*.js"))
IMPORTED = re.compile(r'^import \{ ([\w, ]+) \} from "\./(\w+\.js)";$', re.MULTILINE)
EXPORTED = re.compile(r"^export (?:async )?(?:function|const) (\w+)", re.MULTILINE)
TOP = re.compile(r"^(?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE)
ALL = (*(view.script for view in VIEWS.values()), "question", "exercise", "find_slip")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_what_a_file_imports_there_is_and_it_is_used(path):
    text = path.read_text("utf-8")
    lines = [line for line in text.splitlines() if line.startswith("import")]
    found = IMPORTED.findall(text)
    assert len(found) == len(lines)
    rest = "\n".join(line for line in text.splitlines() if line not in lines)
    for names, other in found:
        exported = EXPORTED.findall((script.HERE / other).read_text("utf-8"))
        for name in names.split(", "):
            assert name in exported, f"{other} has no {name}"
            assert re.search(rf"\b{name}\b", rest), f"{name} is not used"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_what_a_file_calls_is_its_own_or_imported(path):
    """In the joined module it would be found by chance, and on another page it would not."""
    text = re.sub(r"//.*|\"[^\"\n]*\"|`[^`]*`", "", path.read_text("utf-8"))
    known = {
        name for names, _ in IMPORTED.findall(path.read_text("utf-8")) for name in names.split(", ")
    }
    known |= set(re.findall(r"\b(?:function|const|let) (\w+)", text))
    lists = re.findall(r"\b(?:const|let) [\[{]([^\]}]*)[\]}]|\(([^()]*)\) (?:=>|\{)", text)
    known |= set(re.findall(r"\w+", str(lists)))  # taken apart, or an argument
    others = {
        name
        for other in FILES
        if other != path
        for name in EXPORTED.findall(other.read_text("utf-8"))
    }
    called = set(re.findall(r"(?<![.\w])(\w+)\(", text))
    assert (called & others) - known == set()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_file_looks_for_our_elements_in_the_document(path):
    """Where a host gives a widget a shadow root, the document sees neither them nor the focus."""
    asked = re.findall(r"document\.(?!createElement|body\b)\w+", path.read_text("utf-8"))
    assert asked == []


def test_every_file_and_every_export_is_used():
    texts = {path.name: path.read_text("utf-8") for path in FILES}
    imported = {
        name
        for text in texts.values()
        for names, _ in IMPORTED.findall(text)
        for name in names.split(", ")
    }
    drawn = {script.function_name(name) for name in ALL}
    for name, text in texts.items():
        unused = set(EXPORTED.findall(text)) - imported - drawn - {"pageOf"}
        assert not unused, f"{name}: nobody uses {unused}"
    joined = script.module(ALL)
    for name, text in texts.items():
        assert text.splitlines()[0] in joined, name


def test_no_two_things_in_the_module_have_one_name():
    joined = script.module(ALL)
    twice = [name for name, count in Counter(TOP.findall(joined)).items() if count > 1]
    assert not twice
    assert not re.search(r"^import |^export (?!default)", joined, re.MULTILINE)
    assert joined.count("export default") == 1


def test_a_module_has_what_its_views_need_and_no_more():
    assert "function askedRow(" not in script.module(("controls",))
    assert "function surface(" not in script.module(("question",))
    assert script.module(("question",)).endswith("export default pageOf({ question });\n")


@pytest.mark.parametrize("names", [ALL, *((name,) for name in ALL)], ids="+".join)
def test_a_file_stands_once_and_after_what_it_uses(names):
    joined = script.module(names)
    bodies = {
        path.name: script.EXPORT.sub("", script.IMPORT.sub("", path.read_text("utf-8")))
        for path in FILES
    }
    places = {name: joined.index(body) for name, body in bodies.items() if body in joined}
    assert {"host.js", *(f"{name}.js" for name in names)} <= set(places)
    for name in places:
        assert joined.count(bodies[name]) == 1
        for _, other in IMPORTED.findall((script.HERE / name).read_text("utf-8")):
            assert places[other] < places[name]


def test_files_that_import_each_other_are_refused(monkeypatch, tmp_path):
    monkeypatch.setattr(script, "HERE", tmp_path)
    (tmp_path / "host.js").write_text('import { b } from "./b.js";\n')
    (tmp_path / "b.js").write_text('import { a } from "./host.js";\n')
    with pytest.raises(ValueError, match=r"host\.js imports itself"):
        script.module.__wrapped__(())
