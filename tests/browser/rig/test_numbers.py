"""Every number on the page is right, for random states that are typed into its fields."""

from __future__ import annotations

import math

import numpy as np
from frontend import NUMBER, assert_shows, value_of
from oracle import complex_step, plain_forward
from playwright.sync_api import expect

import bpwidgets as bp
from bpwidgets.wording import number

from ..explorer import ExplorerPage
from ..test_explorer import NET
from .shown import RigPage

STATES = 20
WIDEST = {"w": 3.0, "x": 1.0, "b": 1.0, "d": 1.0, "e": 0.9}  # of the numbers by their first letter


def random_states() -> list[tuple[bp.Network, str, str]]:
    """Networks with numbers that can be typed exactly, each with the row to explain and an update."""
    rng = np.random.default_rng(11)
    found = []
    for place in range(STATES):
        values = {name: round(rng.uniform(-1, 1) * WIDEST[name[0]], 4) for name in NET.names}
        chosen = str(rng.choice(NET.symbols.trainable))
        found.append((NET.replace(**values), chosen, ("fixed", "trained")[place % 2]))
    return found


def test_every_number_is_right(rig: RigPage) -> None:
    shown = ExplorerPage(rig.page, rig.show(bp.Explorer()))
    biases = shown.holder.get_by_role("combobox", name="Biases")
    for net, chosen, convention in random_states():
        for name in net.names:
            shown.enter("η" if name == "eta" else name, repr(net[name]))
        shown.radio(chosen).check()
        biases.select_option(convention)
        slope = complex_step(net)[chosen]
        expect(shown.view("slice").locator(".bp-spoken")).to_contain_text(number(abs(slope)))
        total = bp.forward(bp.update(net, biases=convention)).total_error
        expect(shown.view("gradients").locator("tfoot td").last).to_have_text(number(total))
        assert_page_is_right(shown, net, chosen, convention)


def assert_page_is_right(shown: ExplorerPage, net: bp.Network, chosen: str, biases: str) -> None:
    page, run, slopes = shown.read(), plain_forward(net), complex_step(net)
    moved = {name for name in slopes if name[0] == "w" or biases == "trained"}
    after = {name: net[name] - net["eta"] * slopes[name] for name in moved}
    total_after = plain_forward(net.replace(**after))["Etot"]

    assert {name: value_of(text) for name, text in page["fields"].items()} == dict(net)
    for name, (value, gradient, new) in page["rows"].items():
        assert_shows(value, net[name])
        assert_shows(gradient, slopes[name])
        if name in moved:
            assert_shows(new, after[name])
        else:
            assert new == "fixed"
    assert_shows(page["total"].removeprefix("now "), run["Etot"])
    assert_shows(page["after"], total_after)

    assert page["diagram"].keys() == net_parts(net)
    for name, texts in page["diagram"].items():
        for text, value in zip(texts, part_values(name, net, run, slopes), strict=True):
            assert_shows(text, value)

    paths = path_products(net, run, chosen)
    for texts in (page["routes"], page["products"]):
        for text, product in zip(texts, paths, strict=True):
            assert_shows(text, product)
    assert_breakdown(page["breakdown"], net, run, slopes, after, paths)

    total, slope = run["Etot"], slopes[chosen]
    surface = NUMBER.findall(page["surface"])
    for text, value in zip(surface[2:], [total, None, None, *(slopes[n] for n in page["axes"])]):
        if value is not None:  # the ends of the map are the widget tests' affair
            assert_shows(text, value)
    value, *spoken = NUMBER.findall(page["slice"])
    assert_shows(value, net[chosen])
    for text, right in zip(spoken, [total, abs(slope)], strict=True):
        assert_shows(text, right)
    assert_shows(NUMBER.findall(page["training"])[0], total)
    assert page["messages"] == ""


def net_parts(net: bp.Network) -> set[str]:
    return {*net.names, "h1", "h2", "o1", "o2", "E1", "E2"} - {"d1", "d2", "eta"}


def part_values(
    name: str, net: bp.Network, run: dict[str, float], slopes: dict[str, float]
) -> list[float]:
    """What stands at a node or an edge of the diagram."""
    if name[0] in "ho":
        return [run[name], run[f"out{name}"]]
    if name[0] == "E":
        return [run[name], net[f"d{name[1]}"]]
    return [net[name]] if name[0] == "x" else [net[name], slopes[name]]


def path_products(net: bp.Network, run: dict[str, float], chosen: str) -> list[float]:
    """The chain rule's paths, written out for two layers of two units."""
    back = {
        k: (run[f"outo{k}"] - net[f"d{k}"]) * run[f"outo{k}"] * (1 - run[f"outo{k}"])
        for k in (1, 2)
    }
    through = {j: run[f"outh{j}"] * (1 - run[f"outh{j}"]) for j in (1, 2)}
    weight = {(k, j): net[f"w{4 + 2 * (k - 1) + j}"] for k in (1, 2) for j in (1, 2)}
    if chosen == "b2":
        return [back[1], back[2]]
    if chosen == "b1":
        return [back[k] * weight[k, j] * through[j] for j in (1, 2) for k in (1, 2)]
    number = int(chosen[1]) - 1
    if number >= 4:
        return [back[1 + (number - 4) // 2] * run[f"outh{1 + number % 2}"]]
    j, x = 1 + number // 2, net[f"x{1 + number % 2}"]
    return [back[k] * weight[k, j] * through[j] * x for k in (1, 2)]


def assert_breakdown(
    texts: list[str],
    net: bp.Network,
    run: dict[str, float],
    slopes: dict[str, float],
    after: dict[str, float],
    paths: list[float],
) -> None:
    """Each number is one of those that the explanation is made of, to every digit that it shows."""
    slopes_of_units = [run[unit] * (1 - run[unit]) for unit in ("outh1", "outh2", "outo1", "outo2")]
    misses = [run[f"outo{k}"] - net[f"d{k}"] for k in (1, 2)]
    known = [*dict(net).values(), *run.values(), *slopes_of_units, *misses, *paths]
    known += [*slopes.values(), *after.values(), 1.0, math.fsum(paths)]
    # a central difference is right to about 1e-10: its last digits are its own
    for text in texts:
        digits = text.strip("()")
        unit = 10.0 ** -len(digits.partition(".")[2].partition("e")[0])
        exponent = int(digits.partition("e")[2] or 0)
        nearest = min(abs(value_of(text) - value) for value in known)
        assert nearest <= 0.5 * unit * 10.0**exponent + 2e-9, f"{text} is nothing that is known"
