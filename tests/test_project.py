"""The files around the package: what the README prints, the versions, and what no file may name."""

import doctest
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from itertools import chain
from pathlib import Path

import pytest
from oldest import oldest
from readme import rows

import bpwidgets
from course.files import binder_link

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
REPOSITORY = PROJECT["urls"]["Repository"]
MADE = {"__pycache__", "build", "dist", "node_modules"}  # directories that are not sources

# The only places that a file may point to.
HOSTS = {
    "127.0.0.1",
    "citation-file-format.github.io",
    "creativecommons.org",
    "doi.org",
    "github.com",
    "jupyter.org",
    "keepachangelog.com",
    "localhost",
    "mattmazur.com",
    "mybinder.org",
    "mybinder.readthedocs.io",
    "semver.org",
    "www.deeplearningbook.org",
    "www.w3.org",
}
ADDRESS = re.compile(r"\bhttps?://(?:[^\s/@]+@)?([A-Za-z0-9.-]+)")
OURS = re.compile(r"https://(?:mybinder\.org/v2/gh|github\.com)/([\w.-]+/bpwidgets)\b")
MACHINE_PATH = re.compile(
    r"(?<![\w.$}~])/(?:home|Users|root|work|farm|mnt)/[\w.]|\b[A-Z]:\\(?:Users|Work)"
)
INDEX = re.compile(
    r"--(?:extra-)?index-url|--find-links|--trusted-host|\b(?:py" r"pi|npm" r"js)\.(?:org|com)"
)


def sources() -> list[Path]:
    """Every file that a clone has; without git, every file outside hidden and made directories."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    if (ROOT / ".git").exists() and shutil.which("git"):
        done = subprocess.run(listed, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
        found = [ROOT / name for name in done.stdout.split("\0") if name]
        return [path for path in found if path.is_file()]
    kept = {".ci", ".github"}
    found = []
    for place, directories, names in os.walk(ROOT):
        directories[:] = [
            name
            for name in directories
            if name in kept or not (name.startswith(".") or name in MADE)
        ]
        found += [Path(place) / name for name in names]
    return found


def text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:  # a picture
        return ""


def field(name: str, pattern: str) -> str:
    """The first group of a pattern in one of the project's files."""
    match = re.search(pattern, (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
    assert match, f"{name} has no {pattern}"
    return match[1]


def test_the_readme_prints_what_it_shows() -> None:
    blocks = re.findall(
        r"^```python\n(.*?)^```$",
        (ROOT / "README.md").read_text(encoding="utf-8"),
        re.DOTALL | re.MULTILINE,
    )
    examples = "\n".join(block for block in blocks if ">>>" in block)
    test = doctest.DocTestParser().get_doctest(examples, {}, "README.md", "README.md", 0)
    report: list[str] = []
    result = doctest.DocTestRunner(verbose=False).run(test, out=report.append)
    assert result.attempted >= 5
    assert not result.failed, "".join(report)


def test_every_readme_block_in_python_is_checked() -> None:
    blocks = re.findall(r"^```py.*?\n(.*?)^```$", text_of(ROOT / "README.md"), re.DOTALL | re.M)
    assert all(block.startswith(">>> ") for block in blocks)


def test_there_is_one_version() -> None:
    assert field("CITATION.cff", r"^version: ([\d.]+)$") == bpwidgets.__version__
    assert field("CHANGELOG.md", r"^## \[([\d.]+)\] - ") == bpwidgets.__version__


def test_there_is_one_address() -> None:
    assert field("CITATION.cff", r'^repository-code: "(.+)"$') == REPOSITORY
    assert f"({binder_link('00_start_here')})" in text_of(ROOT / "README.md")
    place = REPOSITORY.removeprefix("https://github.com/")
    others = []
    for path in sources():
        for found in OURS.finditer(text_of(path)):
            if found[1] != place:
                others.append(f"{path.name}: {found[0]}")
    assert others == []


def test_every_relative_link_of_the_readme_leads_somewhere() -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", text_of(ROOT / "README.md"))
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_the_readme_has_a_row_for_every_file_and_folder_of_the_package_and_for_nothing_else() -> (
    None
):
    package = ROOT / "bpwidgets"
    parts = {path.relative_to(package).parts for path in sources() if package in path.parents}
    there = {part[0] + "/" if len(part) > 1 else part[0] for part in parts}
    assert sorted(name for row in rows() for name in row.names) == sorted(
        there - {"__init__.py", "py.typed"}
    )
    inside = [f"{row.names[0]}{file}" for row in rows() for file in row.inside]
    assert len(inside) > 10
    assert [name for name in inside if not (package / name).is_file()] == []


def test_no_file_names_a_machine_or_an_index() -> None:
    problems = []
    for path in sources():
        text = text_of(path)
        name = path.relative_to(ROOT).as_posix()
        problems += [f"{name}: {host}" for host in ADDRESS.findall(text) if host not in HOSTS]
        problems += [f"{name}: {found[0]}" for found in MACHINE_PATH.finditer(text)]
        if path.name != Path(__file__).name:
            problems += [f"{name}: {found[0]}" for found in INDEX.finditer(text)]
    assert problems == []


def test_only_lower_bounds_are_given() -> None:
    listed = [*PROJECT["dependencies"], *chain(*PROJECT["optional-dependencies"].values())]
    others = [item for item in listed if item != "bpwidgets[lab]"]
    assert len(oldest(others)) == len(others)


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_the_built_package_has_every_file(kind: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--target", kind]
    subprocess.run([*command, "--directory", str(tmp_path)], cwd=ROOT, check=True)
    built = next(tmp_path.iterdir())
    if kind == "wheel":
        packed = set(zipfile.ZipFile(built).namelist())
    else:
        with tarfile.open(built) as archive:
            packed = {name.partition("/")[2] for name in archive.getnames()}
    package = [
        path.relative_to(ROOT).as_posix()
        for path in sources()
        if ROOT / "bpwidgets" in path.parents
    ]
    assert "bpwidgets/py.typed" in package
    assert {Path(name).suffix for name in package} >= {".py", ".js"}
    assert [name for name in package if name not in packed] == []
