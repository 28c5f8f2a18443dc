"""How well marks judge: many networks, every slip, right answers of 3 to 9 digits, and wrong ones."""

from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from bpwidgets.calculation import calculation
from bpwidgets.marking import mark
from bpwidgets.marking_compare import Answer
from bpwidgets.marking_known import Known, known
from bpwidgets.marking_reader import Typed
from bpwidgets.network import Network
from bpwidgets.slips import SLIPS
from bpwidgets.slips_typed import ROUNDED_EARLY, TYPED

SHAPES = [(2, 2, 2), (2, 3, 2), (3, 2, 1), (1, 2, 3), (2, 2, 2, 2)]
BLOCKS = [range(start, start + 50) for start in range(0, 300, 50)]
LEAST = 0.98
DIGITS = 9


@cache
def network(seed: int) -> Network:
    """One of a few shapes, the notes' most often; weights within ±2."""
    rng = np.random.default_rng(seed)
    sizes = SHAPES[0] if seed % 2 else SHAPES[seed // 2 % len(SHAPES)]
    return Network(
        weights=[rng.uniform(-2, 2, (after, before)) for before, after in pairwise(sizes)],
        biases=rng.uniform(-1, 1, len(sizes) - 1),
        inputs=rng.uniform(-1, 1, sizes[0]),
        targets=rng.uniform(0.01, 0.99, sizes[-1]),
        learning_rate=float(rng.uniform(0.05, 1.0)),
    )


def written(number: float, digits: int) -> str:
    """A number of so many digits, as a person writes it: no power of ten."""
    decimals = max(0, digits - 1 - int(np.floor(np.log10(abs(number)))))
    return f"{number:.{decimals}f}"


def slipped(facts: Known, rng: np.random.Generator) -> dict[str, list[float]]:
    """The numbers that each slip of the catalogue leads to, where the right one is far enough."""
    found: dict[str, list[float]] = {name: [] for name in SLIPS}
    for case, number in zip(facts.cases, facts.numbers.tolist()):
        found[case.slip].append(number)
    for number in facts.rounded.values():
        found[ROUNDED_EARLY].append(number)
    for slip in TYPED:
        found[slip.name] += list(mistyped(slip.name, facts.right, rng))
    return {
        name: [number for number in numbers if is_wrong(facts, number)]
        for name, numbers in found.items()
    }


def is_wrong(facts: Known, number: float) -> bool:
    """Whether the number, written with nine digits, is farther off than rounding reaches."""
    if not np.isfinite(number) or number == 0 or abs(number) < 1e-20:
        return False
    decimals = min(15, len(written(number, DIGITS).partition(".")[2]))
    reach = facts.tolerance(decimals) + 10.0**-decimals
    return abs(number - facts.right) > reach


def mistyped(name: str, right: float, rng: np.random.Generator) -> list[float]:
    """The right number as a hand may write it wrongly."""
    digits = written(right, DIGITS)
    places = [n for n, letter in enumerate(digits) if letter.isdigit() and n > 2]
    place = int(rng.choice(places[1:-1]))
    before, here, after = digits[:place], digits[place], digits[place + 1 :]
    if name == "digits swapped" and "." not in (digits[place - 1], here):
        return [float(before[:-1] + here + before[-1] + after)]
    if name == "digit misread":
        return [float(before + str((int(here) + 4) % 10) + after)]
    if name == "digit too few or too many":
        return [float(before + after), float(before + here + here + after)]
    if name == "decimal point moved":
        return [float(f"{right * 10.0 ** int(rng.integers(1, 4)):.9g}")]
    return []


@pytest.mark.parametrize("seeds", BLOCKS, ids=str)
def test_every_slip_is_named_on_random_networks(seeds):
    told, missed = 0, []
    for seed in seeds:
        net, rng = network(seed), np.random.default_rng(seed)
        rule = "sequential" if seed % 5 == 0 else "simultaneous"
        asked = ["Etot_new", "dEtot/dw1", "w2_new", "dEtot/db2"]
        quantities = ["Etot_new", str(rng.choice(asked[1:]))]
        numbers = [slipped(known(net, q, rule, "fixed"), rng) for q in quantities]
        for name in SLIPS:
            choices = [(q, n) for q, found in zip(quantities, numbers) for n in found[name]]
            if not choices:
                continue
            quantity, number = choices[rng.integers(len(choices))]
            found = mark(net, quantity, written(number, DIGITS), rule=rule)
            told += 1
            if name not in found.slips:
                missed.append((seed, quantity, number, name, found))
    assert told > 40 * len(seeds)
    assert len(missed) <= (1 - LEAST) * told, missed[:5]


RIGHT = [range(start, start + 20) for start in range(0, 100, 20)]


@pytest.mark.parametrize("seeds", RIGHT, ids=str)
def test_no_right_answer_is_called_wrong_and_no_wrong_one_right(seeds):
    asked = 0
    for seed in seeds:
        net, rng = network(seed), np.random.default_rng(seed)
        values = calculation(net).values
        for quantity in rng.choice(calculation(net).symbols, 20):
            for digits in (3, 4, 5, 7, 9):
                asked += 1
                right = values[quantity]
                if right == 0:
                    continue
                answer = written(right, digits) if asked % 2 else f"{right:.{digits}f}"
                found = mark(net, quantity, answer)
                assert found.verdict in ("right", "rounded"), (seed, quantity, answer)
                if asked % 2:
                    assert (found.verdict, found.digits) == ("right", digits) or digits > 9
                assert_wrong(net, quantity, right, written(right, digits), rng)
    assert asked == 100 * len(seeds)


def assert_wrong(net, quantity, right, answer, rng):
    """Off by more than rounding brings: neither right nor rounded.  Off by two units: not right."""
    decimals = len(answer.partition(".")[2])
    facts = known(net, quantity, "simultaneous", "fixed")
    reach = facts.tolerance(min(decimals, 15))
    off = float(rng.choice([-1, 1])) * (reach + 1.01 * 10.0**-decimals) * 10.0 ** rng.uniform(0, 3)
    wrong = f"{float(answer) + off:.{decimals}f}"
    if abs(float(wrong) - right) > reach + 10.0**-decimals:
        judged = Answer(facts, Typed.of(wrong))
        assert not (judged.is_right or judged.is_rounded), (quantity, right, wrong)
        assert not judged.is_short or judged.typed.digits < 3
        if rng.random() < 0.03:  # the search for slips takes its time
            assert mark(net, quantity, wrong).verdict not in ("right", "rounded")
    slightly = f"{float(answer) + float(rng.choice([-2, 2])) * 10.0**-decimals:.{decimals}f}"
    assert not Answer(facts, Typed.of(slightly)).is_right
