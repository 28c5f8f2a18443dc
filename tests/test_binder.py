"""Binder builds from binder/ what pyproject.toml asks for: tried without docker."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from binder import pins

ROOT = Path(__file__).parents[1]
BINDER = ROOT / "binder"
NEEDED = ("binder", "bpwidgets", "notebooks", "LICENSE", "README.md", "pyproject.toml")
PIN = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)==([0-9][0-9a-z.]*)")
PYTHON = (BINDER / "runtime.txt").read_text(encoding="utf-8").strip().removeprefix("python-")
THIS_PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"


def pin_lines() -> list[str]:
    """The lines of requirements.txt below its heading."""
    text = (BINDER / "requirements.txt").read_text(encoding="utf-8")
    assert text.startswith(pins.HEADING)
    return text.removeprefix(pins.HEADING).splitlines()


def normal(name: str) -> str:
    """A package's name as indexes compare it: ruamel.yaml is ruamel-yaml."""
    return re.sub(r"[-_.]+", "-", name).lower()


def wanted() -> list[Requirement]:
    """What the package needs, with the extra that brings JupyterLab."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    tables = project["project"]
    lab = tables["optional-dependencies"]["lab"]
    build = project["build-system"]["requires"]
    return [Requirement(text) for text in [*tables["dependencies"], *lab, *build]]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The files that a build uses, as a clone has them."""
    clone = tmp_path / "clone"
    clone.mkdir()
    for name in NEEDED:
        if (ROOT / name).is_dir():
            unneeded = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
            shutil.copytree(ROOT / name, clone / name, ignore=unneeded)
        else:
            shutil.copyfile(ROOT / name, clone / name)
    return clone


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    """What a command prints; an AssertionError with it if the command fails."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "PYTHON"))}
    done = subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        env=kept | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"} | environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    assert done.returncode == 0, f"{command} failed:\n{done.stdout[-4000:]}"
    return done.stdout


def test_every_line_is_an_exact_pin() -> None:
    assert [line for line in pin_lines() if not PIN.fullmatch(line)] == []


def test_no_package_is_pinned_twice() -> None:
    names = [normal(line.partition("==")[0]) for line in pin_lines()]
    assert len(names) == len(set(names))
    assert "bpwidgets" not in names


def test_the_pins_are_what_the_package_needs() -> None:
    found = {normal(match[1]): match[2] for match in map(PIN.fullmatch, pin_lines()) if match}
    for requirement in wanted():
        assert found[normal(requirement.name)] in requirement.specifier, requirement


def test_they_are_asked_for_by_what_pyproject_says() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = list(map(Requirement, pins.wanted(project)))
    assert asked[: len(wanted())] == wanted()
    assert [each.name for each in asked[len(wanted()) :]] == ["nbval"]


def test_the_file_is_what_make_pins_writes() -> None:
    text = (BINDER / "requirements.txt").read_text(encoding="utf-8")
    assert pins.content("\n".join(reversed(pin_lines()))) == text
    assert pins.content("b==1\nA-c==2.0\na==3\n\n") == f"{pins.HEADING}a==3\nA-c==2.0\nb==1\n"
    assert all(line.startswith("# ") for line in pins.HEADING.splitlines())
    for line in ("-e /somewhere", "bpwidgets @ file:///somewhere", "numpy>=2.0", "numpy=="):
        with pytest.raises(ValueError, match="not an exact version"):
            pins.content(f"a==3\n{line}")


def test_post_build_can_be_run() -> None:
    assert (BINDER / "postBuild").read_text(encoding="utf-8").startswith("#!/bin/bash\n")
    if os.name == "posix":
        assert os.access(BINDER / "postBuild", os.X_OK)


@pytest.mark.skipif(os.name != "posix", reason="repo2docker runs on Linux and macOS")
def test_repo2docker_would_build_it(checkout: Path) -> None:
    printed = run(sys.executable, "-m", "repo2docker", "--no-build", "--debug", ".", cwd=checkout)
    assert f"Building conda environment for python={PYTHON}\n" in printed
    assert 'pip install --no-cache-dir -r "binder/requirements.txt"' in printed
    assert "RUN ./binder/postBuild" in printed


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.skipif(sys.platform != "linux", reason="Binder's pins are for Linux")
@pytest.mark.skipif(THIS_PYTHON != PYTHON, reason=f"Binder's pins are for Python {PYTHON}")
def test_a_clean_environment_runs_the_notebooks(checkout: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env" / "bin" / "python"
    path = f"{python.parent}{os.pathsep}{os.environ['PATH']}"
    prefix = str(tmp_path / "env")

    # Without their dependencies, so that the check below proves the list to be complete.
    pins = ("--no-deps", "--requirement", "binder/requirements.txt")
    run(python, "-m", "pip", "install", "--quiet", *pins, cwd=checkout)
    run(checkout / "binder" / "postBuild", cwd=checkout, PATH=path, NB_PYTHON_PREFIX=prefix)
    assert "No broken requirements found." in run(python, "-m", "pip", "check", cwd=checkout)

    options = ("--nbval", "--nbval-current-env", "--nbval-cell-timeout=60")
    run(python, "-P", "-m", "pytest", *options, "-c", os.devnull, "notebooks", cwd=checkout)
    settings = run(python, "-P", "-m", "jupyter", "lab", "path", cwd=tmp_path)
    assert f"{prefix}/share/jupyter/lab" in settings
