"""How fast the kit is, beside others in the same run: ``python tests/bench``.

``python tests/bench core`` measures the core alone, ``python tests/bench latency`` the page alone.

The peers (torch, autograd, micrograd, jax; ipympl, plotly) are the extra ``bench``; one that is
missing is named as missing.  Only ratios within one run mean anything, so a goal that is a time may be
missed on a slow or busy machine.
"""

import subprocess
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from statistics import median

import numpy as np
import peers
from goals import verdict, verdicts
from timing import MICRO, MILLI, medians

import bpwidgets as bp
from bpwidgets.formula import Constant

PAIRS = (("w5", "w6"), ("w1", "w2"), ("w1", "w8"), ("x1", "w5"), ("b1", "b2"), ("d1", "d2"))
GRIDS = (61, 101, 201, 401)
GOALS = {"torch": 4, "autograd": 10, "micrograd": 2}  # how many times faster than these
IMPORT = """
import sys, time
start = time.perf_counter()
import {module}
print(time.perf_counter() - start, *({{"ipywidgets", "anywidget", "matplotlib"}} & set(sys.modules)))
"""


def one_pass() -> None:
    print("\nForward and backward pass of the example, objects included")
    contenders = {"bpwidgets": peers.ours()}
    for name in (*GOALS, "jax"):
        try:
            contenders[name] = getattr(peers, name)()
        except ImportError as missing:
            print(f"  {name:12} not measured, its goal not judged: {missing}")
    right = peers.flat(contenders["bpwidgets"]())
    for name, run in contenders.items():
        # 1e-12: a few roundings of numbers below 1, in another order
        assert np.allclose(peers.flat(run()), right, rtol=0, atol=1e-12), f"{name} differs"
    times = medians(contenders, rounds=300, calls=10)
    ours = times["bpwidgets"]
    for name, seconds in times.items():
        line = f"  {name:12}{seconds * MICRO:9.1f} µs{seconds / ours:9.2f} × ours"
        if name in GOALS:
            line += f"   goal ≥ {GOALS[name]:<3} {verdict(seconds / ours >= GOALS[name])}"
        print(line + ("   (compiled: the limit)" if name == "jax" else ""))


def training() -> None:
    print(f"\nTraining {peers.STEPS:,} steps with the whole history")
    walk = bp.train(peers.NET, peers.STEPS)
    contenders = {"bpwidgets": lambda: bp.train(peers.NET, peers.STEPS)}
    try:
        contenders["jax loop"] = peers.jax_loop()
    except ImportError as missing:
        print(f"  {'jax loop':12} not measured: {missing}")
    else:
        errors = np.asarray(contenders["jax loop"]()[1])
        # 1e-9 of each error: what 10,000 steps make of the last bit
        assert np.allclose(errors, walk.errors[:-1], rtol=1e-9, atol=0), "the loops differ"
    times = medians(contenders, rounds=15)
    limit = max(0.150, 20 * times.get("jax loop", 0.0))
    for name, seconds in times.items():
        print(f"  {name:12}{seconds * MILLI:9.2f} ms{seconds / times['bpwidgets']:9.3f} × ours")
    met = verdict(times["bpwidgets"] <= limit)
    print(f"  goal ≤ {limit * MILLI:.0f} ms (150 ms, or 20 × jax if that is more) {met}")


def surfaces() -> None:
    print("\nError surface, 61 × 61 points")
    grids = {f"{x}, {y}": lambda x=x, y=y: bp.error_surface(peers.NET, x, y) for x, y in PAIRS}
    for name, seconds in medians(grids, rounds=200).items():
        met = verdict(seconds <= 0.5e-3)
        print(f"  {name:12}{seconds * MILLI:9.3f} ms   goal ≤ 0.5 ms {met}")
    print("\nCost of a point as the grid grows")
    for x, y in PAIRS[:3]:
        sizes = {
            str(points): lambda x=x, y=y, points=points: bp.error_surface(
                peers.NET, x, y, points=points
            )
            for points in GRIDS
        }
        times = medians(sizes, rounds=60)
        costs = [seconds / int(size) ** 2 for size, seconds in times.items()]
        each = "  ".join(f"{size}: {cost * 1e9:5.1f} ns" for size, cost in zip(times, costs))
        print(
            f"  {f'{x}, {y}':12}{each}   goal: less at 401 than at 61 {verdict(costs[-1] < costs[0])}"
        )


def marks() -> None:
    print("\nMarking one answer on a network not seen before")
    networks = count(1)
    answers = {  # goal, quantity, answer
        "right": (0.020, "dEtot/dw1", None),
        "one slip": (0.020, "dEtot/dw1", "slip"),
        "one slip, the last line": (0.020, "Etot_new", "slip"),
        "two slips tried": (0.300, "dEtot/dw1", "0.123456789"),
        "two slips tried, the last line": (0.300, "Etot_new", "0.123456789"),
    }

    def answering(quantity: str, answer: str | None) -> Callable[[], bp.Mark]:
        def run() -> bp.Mark:
            net = bp.worked_example().replace(w1=0.15 + next(networks) * 1e-5)
            given = answer
            if answer in (None, "slip"):
                slip = {"dE1/douto1": Constant(1.0)} if answer else {}
                led = bp.calculation(net, changed=slip)
                given = f"{led[quantity].value:.9g}"
            return bp.mark(net, quantity, given)

        return run

    runs = {name: answering(q, answer) for name, (_, q, answer) in answers.items()}
    assert [run().verdict for run in runs.values()] == ["right", *["slip"] * 2, *["unknown"] * 2]
    for name, seconds in medians(runs, rounds=40).items():
        goal = answers[name][0]
        met = verdict(seconds <= goal)
        print(f"  {name:32}{seconds * MILLI:9.2f} ms   goal ≤ {goal * MILLI:.0f} ms {met}")


def importing() -> None:
    print("\nImport, each in a new process")

    def seconds(module: str) -> tuple[float, list[str]]:
        done = subprocess.run(
            [sys.executable, "-c", IMPORT.format(module=module)],
            capture_output=True,
            text=True,
            check=True,
        )
        took, *loaded = done.stdout.split()
        return float(took), loaded

    runs = [(seconds("numpy"), seconds("bpwidgets")) for _ in range(11)]
    numpy_alone = median(run[0][0] for run in runs)
    ours = median(run[1][0] for run in runs)
    loaded = runs[0][1][1]
    print(f"  {'bpwidgets':12}{ours * MILLI:9.0f} ms   goal ≤ 300 ms {verdict(ours <= 0.3)}")
    print(f"  {'numpy alone':12}{numpy_alone * MILLI:9.0f} ms   (contained in it)")
    others = ", ".join(loaded) or "no ipywidgets, anywidget or matplotlib"
    print(f"  loads {others}: {verdict(not loaded)}")


def page() -> None:
    """Measure in a real page, if there is a browser for it."""
    sys.path.insert(0, str(Path(__file__).parents[1]))  # the browser tests' way into JupyterLab
    try:
        from browser.chromium import ChromiumNotFound
        from latency import latency
    except ImportError as missing:
        print(f"\nThe page: not measured, its goals not judged: {missing}")
        return
    try:
        latency()
    except ChromiumNotFound as missing:
        print(f"  not measured, the goals not judged: {missing}")


PARTS = {"core": (one_pass, training, surfaces, marks, importing), "latency": (page,)}


def main(wanted: list[str]) -> int:
    print(f"bpwidgets {bp.__version__}, Python {sys.version.split()[0]}, numpy {np.__version__}")
    for part in wanted or PARTS:
        for section in PARTS[part]:
            section()
    missed = verdicts.count(False)
    print(f"\n{len(verdicts)} goals judged, {missed} missed")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
