"""How well marks judge: many networks, every slip, right answers of 3 to 9 digits, and wrong ones."""

from collections import Counter
from collections.abc import Iterator
from decimal import ROUND_FLOOR, Decimal
from functools import cache
from itertools import pairwise
from statistics import median
from time import process_time

import numpy as np
import pytest
from calculator import worked_out

from bpwidgets.calculation import calculation
from bpwidgets.formula import Constant
from bpwidgets.marking import Mark, mark
from bpwidgets.marking.compare import Answer
from bpwidgets.marking.known import Known, known
from bpwidgets.marking.reader import Typed
from bpwidgets.network import Network
from bpwidgets.slips import SLIPS
from bpwidgets.slips.typed import ANOTHER, MISPRINT, ROUNDED_EARLY
from bpwidgets.tasks import practice_network

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


def slipped(facts: Known, rng: np.random.Generator) -> dict[str, list[str]]:
    """What each slip of the catalogue leads to, with nine digits."""
    numbers: dict[str, list[float]] = {name: [] for name in SLIPS}
    for case, number in zip(facts.cases, facts.numbers.tolist()):
        numbers[case.slip].append(number)
    numbers[ROUNDED_EARLY] = list(facts.rounded.values())
    steps = calculation(facts.network, rule=facts.rule, biases=facts.biases)
    numbers[ANOTHER] = [step.value for step in steps if step.symbol != facts.quantity]
    texts = {
        name: [written(n, DIGITS) for n in found if 1e-20 < abs(n) < 1e20]
        for name, found in numbers.items()
    }
    for name, found in mistyped(facts.right, rng).items():
        texts[name] += found
    return texts


def is_wrong(facts: Known, text: str) -> bool:
    """Whether a number is farther from the right one than rounding reaches."""
    typed = Typed.of(text)
    return abs(typed.value - facts.right) > reach(facts, typed) + typed.unit


def reach(facts: Known, typed: Typed) -> float:
    """How far rounding every number that is written down can lead, to so many decimals or digits."""
    decimals = facts.tolerance_inside(min(typed.decimals, 15))
    return max(decimals, facts.tolerance_of_digits(typed.digits))


def mistyped(right: float, rng: np.random.Generator) -> dict[str, list[str]]:
    """The right number as a hand may write it wrongly, by slip."""
    digits = written(right, DIGITS)
    places = [n for n, letter in enumerate(digits) if letter.isdigit() and n > 3]
    place = int(rng.choice(places[1:-1]))
    before, here, after = digits[:place], digits[place], digits[place + 1 :]
    return {
        "digits swapped": [before[:-1] + here + before[-1] + after] if before[-1] != "." else [],
        "digit misread": [before + str((int(here) + 4) % 10) + after],
        "digit too few or too many": [before + after, before + here + here + after],
        "decimal point moved": [written(right * 10.0 ** int(rng.choice([-2, -1, 1, 2])), DIGITS)],
    }


@pytest.mark.parametrize("seeds", BLOCKS, ids=str)
def test_every_slip_is_named_on_random_networks(seeds):
    told: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for seed in seeds:
        for name, found in diagnosed(seed):
            told[name] += 1
            missed[name] += name not in found.slips
    assert told.total() > 40 * len(seeds)
    assert set(told) == set(SLIPS) - {MISPRINT}
    for name, count in missed.items():
        assert count <= max(1, (1 - LEAST) * told[name]), name
    assert missed.total() <= (1 - LEAST) * told.total(), missed


def diagnosed(seed: int) -> Iterator[tuple[str, Mark]]:
    """Each slip that can be made on a network, and how one of its numbers is marked.

    It is one that is farther from the right number than rounding reaches.
    """
    net, rng = network(seed), np.random.default_rng(seed)
    rule = "sequential" if seed % 5 == 0 else "simultaneous"
    biases = "trained" if seed % 7 == 0 else "fixed"
    quantities = ["Etot_new", str(rng.choice(["dEtot/dw1", "w2_new", "dEtot/db2"]))]
    facts = [known(net, quantity, rule, biases) for quantity in quantities]
    texts = [slipped(each, rng) for each in facts]
    for name in SLIPS:
        choices = [(each, text) for each, found in zip(facts, texts) for text in found[name]]
        for place in rng.permutation(len(choices)):
            asked, text = choices[place]
            if is_wrong(asked, text):
                yield name, mark(net, asked.quantity, text, rule=rule, biases=biases)
                break


@pytest.mark.parametrize("quantity", ["dEtot/dw1", "Etot_new"])
@pytest.mark.parametrize(("slips", "seconds"), [(1, 0.020), (2, 0.300)])
def test_a_mark_is_made_in_time(quantity, slips, seconds):
    spent = []
    for seed in range(1, 30, 2):  # all of the notes' shape, each seen for the first time
        net = network(seed).replace(b1=0.123)
        led = calculation(net, changed={"dE1/douto1": Constant(1.0)})
        answer = led[quantity].value if slips == 1 else 0.123456789
        start = process_time()  # what this process used: other work on the machine does not count
        found = mark(net, quantity, f"{answer:.9g}")
        spent.append(process_time() - start)
        assert (found.verdict == "slip") == (slips == 1)
    assert median(spent) <= seconds


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("digits", [5, 6, 8])
def test_work_with_a_calculator_is_never_called_wrong(seed, digits):
    """Every number written down with so many digits that count, products and e^−z too."""
    net = practice_network(seed)
    numbers = worked_out(net, lambda number: float(f"{number:.{digits - 1}e}"))
    for symbol, number in numbers.items():
        found = mark(net, symbol, written(number, digits) if number else "0")
        assert found.verdict in ("right", "rounded"), (symbol, number)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("decimals", [3, 4, 6])
def test_work_with_so_many_decimals_is_never_called_wrong(seed, decimals):
    net = practice_network(seed)
    numbers = worked_out(net, lambda number: round(number, decimals))
    for symbol, number in numbers.items():
        found = mark(net, symbol, f"{number:.{decimals}f}", decimals=decimals)
        assert found.verdict in ("right", "rounded"), (symbol, number)


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
                    assert (found.verdict, found.digits) == ("right", digits)
                assert_wrong(net, quantity, right, written(right, digits), rng)
    assert asked == 100 * len(seeds)


def assert_wrong(net, quantity, right, answer, rng):
    """Off by more than rounding brings: neither right nor rounded.  Off by two units: not right."""
    decimals = len(answer.partition(".")[2])
    facts = known(net, quantity, "simultaneous", "fixed")
    least = reach(facts, Typed.of(answer)) + 1.01 * 10.0**-decimals
    off = float(rng.choice([-1, 1])) * least * 10.0 ** rng.uniform(0, 3)
    wrong = f"{float(answer) + off:.{decimals}f}"
    if is_wrong(facts, wrong):
        judged = Answer(facts, Typed.of(wrong))
        assert not judged.is_right, (quantity, right, wrong)
        assert not (judged.is_rounded or judged.is_rounded_inside), (quantity, right, wrong)
        assert not judged.is_short or judged.typed.digits < 3
        if rng.random() < 0.03:  # the search for slips takes its time
            assert mark(net, quantity, wrong).verdict not in ("right", "rounded")
    slightly = f"{float(answer) + float(rng.choice([-2, 2])) * 10.0**-decimals:.{decimals}f}"
    assert not Answer(facts, Typed.of(slightly)).is_right


@pytest.mark.parametrize("seed", range(20))
def test_of_two_neighbours_only_the_nearer_is_right(seed):
    """Half a unit of the last digit is the bound, and not a hair more."""
    net, rng = network(seed), np.random.default_rng(seed)
    values = calculation(net).values
    for quantity in calculation(net).symbols:
        facts = known(net, quantity, "simultaneous", "fixed")
        right = Decimal(values[quantity])  # each digit of the float
        if right == 0:
            continue
        last = right.adjusted() - int(rng.integers(2, 7))
        below = right.quantize(Decimal((0, (1,), last)), ROUND_FLOOR)
        above = below + Decimal((0, (1,), last))
        near = abs(right - below) / (above - below)
        if abs(near - Decimal("0.5")) > 1e-6:  # no tie
            judged = [Answer(facts, Typed.of(f"{text:f}")).is_right for text in (below, above)]
            assert judged == [near < 0.5, near > 0.5], (quantity, below)


def test_three_digits_that_are_six_hundredths_off_are_wrong():
    """However far rounding on the way can lead: here far, since the weights are large."""
    reached = 0
    for seed in range(20):
        plain, rng = network(seed), np.random.default_rng(seed)
        net = plain.replace(**{name: 8 * plain[name] for name in plain.names if name[0] == "w"})
        values = calculation(net).values
        for quantity in calculation(net).symbols:
            facts = known(net, quantity, "simultaneous", "fixed")
            wrong = values[quantity] * (1 + float(rng.choice([-1, 1]) * rng.uniform(0.06, 0.2)))
            if abs(wrong) > 1e-15:
                judged = Answer(facts, Typed.of(written(wrong, 3)))
                reached += reach(facts, judged.typed) > judged.missed
                assert not judged.is_right, (seed, quantity, wrong)
                assert not (judged.is_rounded or judged.is_rounded_inside), (seed, quantity, wrong)
    assert reached > 5
