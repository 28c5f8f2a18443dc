"""There is one list of what is checked, and every place that checks something calls it."""

import re
from pathlib import Path

import pytest
import steps
from hypothesis import settings

ROOT = Path(__file__).parents[1]
MAKEFILE, RUN = "Makefile", ".ci/run"
WORKFLOW, README = ".github/workflows/test.yml", "README.md"
COMMAND = re.compile(r"(?:-m |bin/|bin\\|\)/|run: |^)(?:ruff|mypy|pytest)\b|--nbval", re.MULTILINE)
CALL = re.compile(r"steps\.py((?: [a-z-]+)*)")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def job(name: str) -> str:
    """One job of the workflow, as text."""
    return text(WORKFLOW).partition(f"\n  {name}:")[2].partition("\n\n")[0]


@pytest.mark.parametrize("name", [MAKEFILE, WORKFLOW, RUN, README])
def test_no_other_file_has_a_command_of_its_own(name: str) -> None:
    assert COMMAND.findall(text(name)) == []


@pytest.mark.parametrize(
    "line",
    [
        "\t$(BIN)/ruff check",
        "python -m pytest --ignore tests/browser",
        "      - run: mypy",
        "pytest tests",
        ".venv\\Scripts\\python -m ruff format --check",
        "jupyter x --nbval notebooks",
    ],
)
def test_a_command_would_be_noticed(line: str) -> None:
    assert COMMAND.search(f"before\n{line}\n")
    assert not COMMAND.search("# make check     ruff and mypy alone")


def test_make_has_a_target_for_each_step_and_make_test_runs_those_of_the_list() -> None:
    rules = dict(re.findall(r"^([a-z][a-z -]*): ?(.*)$", text(MAKEFILE), re.MULTILINE))
    names = next(targets for targets in rules if "unit-tests" in targets).split()
    assert names == [*steps.STEPS, *steps.APART]
    assert f"\n{' '.join(names)}: $(VENV)/.test\n\t@$(BIN)/python tests/steps.py $@\n" in text(
        MAKEFILE
    )
    parts = rules["test"].split()
    whole = [step for part in parts for step in rules.get(part, part).split()]
    assert whole == list(steps.STEPS)


def test_windows_and_readme_run_the_whole_list_and_the_oldest_only_what_there_is() -> None:
    assert [names.split() for names in CALL.findall(job("windows"))] == [[]]
    assert [names.split() for names in CALL.findall(text(README))] == [[]]
    for names in CALL.findall(text(WORKFLOW)):
        assert set(names.split()) <= {*steps.STEPS, *steps.APART}


def test_what_installs_for_minutes_comes_after_make_test() -> None:
    assert text(RUN).splitlines()[-1] == f"exec make --keep-going test {' '.join(steps.APART)}"
    for name in steps.APART:
        assert re.findall(rf"make {name}\b", job("make")) != []


def test_a_step_that_fails_stops_none_and_is_named(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        steps,
        "STEPS",
        {
            "first": [("-c", "print('one'); raise SystemExit(3)"), ("-c", "print('two')")],
            "second": [("-c", "print('three')")],
        },
    )
    assert steps.main([]) == 1
    printed = capfd.readouterr()
    words = ["=== first ===", "one", "two", "=== second ===", "three"]
    assert printed.out.split("\n") == ["", *words[:3], "", *words[3:], ""]
    assert printed.err == "\nFailed: first\n"
    assert steps.main(["second"]) == 0
    with pytest.raises(SystemExit):
        steps.main(["third"])
    assert "no step third; there are first, second, binder-test" in capfd.readouterr().err


def test_cases_are_the_same_every_time_unless_the_weekly_job_draws_fresh_ones() -> None:
    usual, fresh = settings.get_profile("seeded"), settings.get_profile("fresh")
    assert (usual.derandomize, fresh.derandomize) == (True, False)
    assert fresh.max_examples > usual.max_examples
    weekly = job("fresh")
    assert "if: github.event_name == 'schedule'" in weekly
    assert "PYTEST_ADDOPTS: --hypothesis-profile=fresh" in weekly
    assert [names.split() for names in CALL.findall(weekly)] == [["unit-tests"]]
