"""What counts on an exercise, its hints, its progress as a text, and calculations with one slip."""

import re

import numpy as np
import pytest
from by_hand import Paper
from hypothesis import given
from hypothesis import strategies as st
from oracle import complex_step
from strategies import random_network

import bpwidgets as bp
from bpwidgets import wording
from bpwidgets.exercise import MOST_HINTS, Score, Work, slip_progress
from bpwidgets.exercise.choice import slipped
from bpwidgets.exercise.progress import progress, taken_up
from bpwidgets.exercise.slip import Search
from bpwidgets.exercise.walk import at, back, renewed
from bpwidgets.exercise.words import HELP, asked, help_offered, hint, meaning
from bpwidgets.gradient import BIASES, RULES
from bpwidgets.notes import ERRATA
from bpwidgets.tasks import practice_network, tasks

NET = bp.worked_example()
STEPS = ("h1", "outh1", "o1", "outo1", "E1", "Etot")
HASH = "[0-9a-f]{8}"
LEFT_OUT = "0.43982965"  # what w5's gradient is without out(1 − out)


def work(*quantities: str, net: bp.Network = NET, decimals: int | None = None) -> Work:
    return Work(tasks(net, quantities or STEPS), decimals)


# --- what counts ---


@pytest.mark.parametrize("seed", range(20))
def test_answers_worked_out_by_hand_are_right(seed):
    net = practice_network(seed)
    paper, done = Paper(net), work(net=net)
    for place, name in enumerate(STEPS, 1):
        done = done.answered(name, f"{getattr(paper, name):.6g}")
        assert done.score == Score(place, len(STEPS))
    assert done.known == set(STEPS)


@pytest.mark.parametrize(
    ("typed", "verdict", "counts"),
    [
        ("0.082167041", "right", True),
        ("0.0822", "right", True),
        ("0.08216", "rounded", True),  # cut off
        ("0.08", "rounded", False),  # right as far as it goes
        (LEFT_OUT, "slip", False),
        ("7", "unknown", False),
        ("much", "unreadable", False),
        ("", "unreadable", False),
    ],
)
def test_what_counts(typed, verdict, counts):
    done = work("dEtot/dw5").answered("dEtot/dw5", typed)
    assert done.reply("dEtot/dw5").mark.verdict == verdict
    assert done.score == Score(int(counts), 1)


def test_so_many_digits_as_are_carried_count():
    assert work("outh1").answered("outh1", "0.59").score.right == 0
    assert work("outh1", decimals=2).answered("outh1", "0.59").score.right == 1
    assert work("outh1", decimals=3).answered("outh1", "0.59").score.right == 0


def test_the_last_answer_that_can_be_read_counts():
    done = work().answered("h1", "0.3775")
    for text in ("", "much", "<b>1</b>", "9" * 10_000):
        after = done.answered("h1", text)
        assert after.reply("h1").mark.verdict == "unreadable"
        assert after.reply("h1").counted.answer == "0.3775"
        assert after.score == done.score
    assert done.answered("h1", "0.4775").score == (0, 6)


def test_nothing_is_changed_in_place():
    first = work()
    first.answered("h1", "0.3775").hinted("h1").shown("o1")
    assert first == work()
    with pytest.raises(TypeError):
        first.answered("h1", "1").replies["h1"] = None


def test_a_shown_value_does_not_count():
    done = work().shown("h1")
    assert done.known == {"h1"}
    assert done.answered("h1", "0.3775").score.right == 0
    again = done.again("h1")
    assert again.known == set()
    assert again.answered("h1", "0.3775").score.right == 0
    right = work().answered("h1", "0.3775")
    assert right.shown("h1").score.right == 1  # it was found before
    assert right.shown("h1").answered("h1", "0.3775").score.right == 1


def test_new_numbers():
    done = work().answered("h1", "0.3775")
    first = renewed(done)
    assert (first.seed, first.score) == (0, (0, 6))
    assert first.tasks[0].network == practice_network(0)
    assert renewed(first).tasks[0].network == practice_network(1)
    assert first.quantities == done.quantities
    assert renewed(done).decimals == done.decimals


def test_the_numbers_before_come_back_with_what_was_done_on_them():
    done = work().answered("h1", "0.3775")
    assert back(done) == done
    assert back(renewed(done)) == done
    assert back(renewed(renewed(done))) == done  # nothing was done in between
    second = renewed(done).answered("h1", "1").answered("h1", "1,5").hinted("o1")
    assert back(renewed(second)) == second
    assert back(back(renewed(second))) == done
    assert renewed(back(second)) == second  # nor is the newer work lost
    assert back(renewed(back(second).again("h1"))) == done.again("h1")
    assert renewed(renewed(back(back(renewed(second))))).seed == 1


def test_any_numbers_can_be_put_on_view():
    first = work().answered("h1", "0.3775")
    second = renewed(first).answered("h1", "0.4")
    third = renewed(second).answered("h1", "0.5")
    for start in (third, back(third), back(back(third))):
        for seed, there in ((None, first), (0, second), (1, third)):
            found = at(start, seed)
            assert (found, len(found.before)) == (there, [None, 0, 1].index(seed))
            assert len(found.before) + len(found.after) == 2
    new = at(third, 7)
    assert (new.seed, new.replies, back(new)) == (7, {}, third)
    of_seed = Work(tasks(practice_network(4), STEPS), None, 4)
    assert at(of_seed, None) == of_seed  # it has no given numbers


def test_numbers_of_other_conventions_keep_them_on_the_way():
    done = Work(tasks(NET, ["w1_new"], rule="sequential", biases="trained"), 4)
    for there in (renewed(done), back(renewed(done.answered("w1_new", "0.1")))):
        (task,) = there.tasks
        assert (task.rule, task.biases, there.decimals) == ("sequential", "trained", 4)


def test_of_very_much_work_the_oldest_goes(monkeypatch):
    monkeypatch.setattr("bpwidgets.exercise.walk.MOST_LEFT", 100)
    done = work()
    for _ in range(10):
        done = renewed(done.answered("h1", "0.3775"))
    assert 1 <= len(done.before) <= 4
    assert back(done).seed == 8


def test_start_again_and_take_it_back():
    done = work().answered("h1", "0.3775").hinted("o1").shown("E1").answered("o1", "1,5")
    again = done.restarted()
    assert (again.score, again.known, again.replies) == ((0, 6), frozenset(), {})
    assert again.taken_back() == done
    assert again.taken_back().taken_back() == done
    assert again.restarted().taken_back() == done  # pressed twice
    assert work().restarted() == work().taken_back() == work()
    on = again.answered("h1", "0.1")
    assert on.taken_back() == on
    assert again.answered("E1", f"{done.task('E1').value}").score == (1, 6)  # as if never shown


def test_only_what_is_asked_can_be_answered():
    for act in (lambda w: w.answered("h7", "1"), lambda w: w.hinted("w5"), lambda w: w.shown([])):
        with pytest.raises(KeyError, match="no question"):
            act(work())
    with pytest.raises(TypeError, match="answer must be a text or a number"):
        work().answered("h1", None)


# --- hints ---


def test_hints_get_more_specific_and_end_with_the_value():
    done, found = work("dEtot/dw5"), []
    for number in range(1, MOST_HINTS + 2):
        done = done.hinted("dEtot/dw5")
        found.append(hint(done.tasks[0], number))
    assert done.reply("dEtot/dw5").open
    assert [one.name for one in found] == list(HELP)
    rule, formula, filled, value = (one.text for one in found)
    assert "multiply" in rule and not any(letter.isdigit() for letter in rule)
    assert formula == "∂Etot/∂w5 = ∂o1/∂w5·∂outo1/∂o1·∂Etot/∂outo1"
    assert filled == "∂Etot/∂w5 = 0.593269992·0.186815602·0.741365070"
    slope = complex_step(NET)["w5"]
    assert value == f"∂Etot/∂w5 = {slope:.9f}"


@pytest.mark.parametrize(
    ("rule", "biases"), [(rule, biases) for rule in RULES for biases in BIASES]
)
@pytest.mark.parametrize("seed", [None, 3, 8])
def test_every_step_has_its_question_and_its_hints(seed, rule, biases):
    net = NET if seed is None else random_network(seed)
    calc = bp.calculation(net, rule=rule, biases=biases)
    seen = set()
    for task in tasks(net, calc.symbols, rule=rule, biases=biases):
        name = wording.plain(task.quantity)
        assert asked(task) == f"Work out {name}, {meaning(task)}."
        assert "{" not in asked(task)
        seen.add(asked(task))
        for number in range(1, MOST_HINTS + 2):
            text = hint(task, number).text
            assert text.startswith(f"{name} = ") == (number > 1)
        shown = wording.number(calc[task.quantity].value)
        assert hint(task, MOST_HINTS + 1).text == f"{name} = {shown}"
    assert len(seen) == len(calc)


def test_negative_numbers_are_bracketed_in_a_hint():
    (task,) = tasks(NET.replace(w1=-0.5), ["h1"])
    assert hint(task, 3).text == "h1 = (−0.50)·0.05 + 0.20·0.10 + 0.35"


def test_what_the_button_for_help_says():
    offered = [help_offered(n, MOST_HINTS, False) for n in (0, MOST_HINTS)]
    assert offered == ["Hint 1 of 3", "Show the value"]
    assert help_offered(1, MOST_HINTS, True) == "Try again"


# --- progress ---

WALKS = {
    "renewed": renewed,
    "back": back,
    "restarted": Work.restarted,
    "taken back": Work.taken_back,
}
ACTS = st.sampled_from(["answered", "hinted", "shown", "again", *WALKS])
TYPED = st.sampled_from(
    [
        "0.3775",
        "0.593",
        "1e-3",
        "−0.5",
        " +.5 ",
        "0,38",
        "",
        "5;6 | now",
        '"1 open',
        "\ud800\\",
        "9" * 33,
    ]
)


@given(
    acts=st.lists(st.tuples(ACTS, st.sampled_from(STEPS), TYPED), max_size=12),
    seed=st.none() | st.integers(0, 2**63 - 1),
)
def test_progress_is_taken_up_as_it_was(acts, seed):
    """All of it: numbers, answers, hints, what was shown, and the numbers before and after."""
    given = work() if seed is None else Work(tasks(practice_network(seed), STEPS), None, seed)
    done = given
    for act, name, typed in acts:
        if act in WALKS:
            done = WALKS[act](done)
        else:
            done = getattr(done, act)(name, *([typed] if act == "answered" else []))
    text = progress(done)
    assert "\n" not in text
    again = taken_up(given, text)
    assert again == done
    assert (again.before, again.after) == (done.before, done.after)
    assert progress(again) == text
    assert progress(back(again)) == progress(back(done))
    assert progress(renewed(again)) == progress(renewed(done))


def test_the_text_is_short_and_readable():
    done = work().answered("h1", "0.3775").hinted("outh1").shown("o1").answered("E1", "0.5")
    head, _, entries = progress(done).partition(":")
    assert head.startswith("exercise 1, ")
    assert entries == " h1 0.3775; outh1 hints 1; o1 open seen; E1 0.5"


def test_what_was_typed_and_is_no_number_is_kept_too():
    done = work().answered("h1", "0.3775").answered("h1", "0,38").answered("E1", "a; b | c\n")
    done = done.answered("o1", "x" * 10_000)
    _, _, entries = progress(done).partition(":")
    assert entries.startswith(' h1 0.3775 typed "0,38"; o1 typed "xxxx')
    assert entries.endswith(r'xx\u2026"; E1 typed "a\u003b b \u007c c\n"')
    again = taken_up(work(), progress(done))
    assert again.reply("h1") == done.reply("h1")
    assert again.reply("E1").mark.answer == "a; b | c\n"
    assert again.reply("o1").mark.answer == "x" * 32 + "…"


def test_the_numbers_before_and_after_are_told_too():
    first = work().answered("h1", "0.3775")
    second = renewed(first).answered("h1", "0.4")
    third = renewed(second)
    numbers = rf"{HASH}: h1 0.3775 \| seed 0, {HASH}: h1 0.4 \| now seed 1, {HASH}:"
    assert re.fullmatch(f"exercise 1, {numbers}", progress(third))
    text = progress(back(third))
    assert re.fullmatch(
        f"exercise 1, {HASH}: .* \\| now seed 0, {HASH}: .* \\| seed 1, {HASH}:", text
    )
    again = taken_up(work(), text)
    assert (again, back(again), renewed(again).seed) == (second, first, 1)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda text: "", "must be a text that an exercise gave"),
        (lambda text: "h1 0.3775", "must be a text that an exercise gave"),
        (lambda text: text.replace("exercise 1", "exercise 2"), "is of version 2"),
        (lambda text: text.replace("0.3775", "0.3775x"), "an entry that cannot be read"),
        (lambda text: text.replace("h1 ", "h9 "), "an entry that cannot be read"),
        (lambda text: text.replace("hints 2", "hints 4"), "an entry that cannot be read"),
        (lambda text: text + "; <script>", "an entry that cannot be read"),
        (lambda text: text + "; h1 0.3775", "each quantity once"),
        (lambda text: text.replace("0.3775", "0.37.75"), "cannot be read"),
        (lambda text: text.replace(": ", ":  "), "cannot be read"),
        (lambda text: text + " open" * 200_000, "must be a text that an exercise gave"),
        (lambda text: text.replace("exercise 1", "exercise 1, seed 3"), "another exercise"),
        (
            lambda text: text.replace("exercise 1", "exercise 1, seed 9999999999999999999"),
            "seed must be",
        ),
    ],
)
def test_what_is_no_progress_is_refused(change, words):
    text = progress(work().answered("h1", "0.3775").hinted("E1").hinted("E1"))
    assert taken_up(work(), text).score == (1, 6)
    with pytest.raises(ValueError, match=words):
        taken_up(work(), change(text))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda text: text.replace("now ", ""), "which numbers are on view now"),
        (lambda text: text.replace("| seed", "| now seed"), "which numbers are on view now"),
        (lambda text: text.replace("seed 1", "seed 5"), "another exercise"),
        (lambda text: text.replace("h1 0.3775", "h7 0.3775"), "cannot be read"),
        (lambda text: text.replace("h1 0.3775", "h1  0.3775"), "cannot be read"),
        (lambda text: text.replace('"1,5"', '"1,5" x'), "cannot be read"),
        (lambda text: text.replace('"1,5"', '"1\\u002c5"'), "exactly as"),
        (lambda text: text.replace('"1,5"', '"1\\x"'), "cannot be read"),
        (lambda text: text.replace('"1,5"', f'"{"x" * 34}"'), "cannot be read"),
        (lambda text: text.replace("seed 1", "seed 01"), "exactly as"),
        (lambda text: text + " | x", "must be a text that"),
    ],
)
def test_numbers_not_on_view_are_read_as_strictly(change, words):
    done = renewed(work().answered("h1", "0.3775")).answered("E1", "1,5")
    text = progress(back(renewed(done)))
    assert taken_up(work(), text) == done
    assert change(text) != text
    with pytest.raises(ValueError, match=words):
        taken_up(work(), change(text))


def test_the_progress_of_another_exercise_is_refused():
    text = progress(work().answered("h1", "0.3775"))
    for other in (work(net=NET.replace(w1=0.2)), work("h1"), work(decimals=4)):
        with pytest.raises(ValueError, match="another exercise"):
            taken_up(other, text)
    with pytest.raises(TypeError, match="progress must be a text"):
        taken_up(work(), 5)


@given(text=st.text(max_size=60))
def test_any_text_is_refused_in_a_sentence(text):
    with pytest.raises(ValueError, match="progress"):
        taken_up(work(), text)


# --- a calculation with one slip ---


def steps_of(search: Search) -> dict[str, float]:
    return {line.symbol: line.value for line in search.slipped.lines}


@pytest.mark.parametrize("seed", range(60))
def test_one_line_has_a_slip_and_the_others_go_on(seed):
    net = practice_network(seed) if seed % 2 else NET
    search = Search(slipped(net, seed=seed))
    lines, right = steps_of(search), bp.calculation(net).values
    assert tuple(lines) == search.slipped.symbols
    assert len(lines) >= 12
    (where,) = search.slipped.changed
    for line in search.slipped.lines:
        place = list(lines).index(line.symbol)
        before = place < list(lines).index(where)
        assert (line.value == right[line.symbol]) or not before
        if line.symbol != where:  # each other line is right as it stands
            again = bp.calculation(net)[line.symbol].formula.evaluate({**right, **lines})
            assert again == pytest.approx(line.value, rel=1e-12)
    assert abs(lines[where] - right[where]) > 1e-6
    assert lines["w5_new"] != pytest.approx(right["w5_new"], rel=1e-4)


def test_a_slip_by_name_is_that_slip():
    search = Search(slipped(NET, "out(1 − out) left out", "dEtot/dw5"))
    assert steps_of(search)["dEtot/dw5"] == pytest.approx(float(LEFT_OUT), abs=1e-8)
    assert bp.mark(NET, "dEtot/dw5", LEFT_OUT).slips == ("out(1 − out) left out",)


def test_a_seed_gives_the_same_and_seeds_give_different_ones():
    made = [slipped(NET, seed=seed) for seed in range(40)]
    assert [one.slip for one in made] == [slipped(NET, seed=seed).slip for seed in range(40)]
    assert len({one.slip for one in made}) > 15


def test_a_slip_more_in_the_catalogue_changes_no_other_choice(monkeypatch):
    """Notebooks name a seed; a catalogue that grows must not change what their readers see."""
    made = {seed: slipped(NET, seed=seed) for seed in range(12)}
    chosen = {one.slip for one in made.values()}
    fewer = {name: slip for name, slip in bp.SLIPS.items() if name in chosen}
    assert len(fewer) < len(bp.SLIPS) / 2
    monkeypatch.setattr("bpwidgets.exercise.choice.SLIPS", dict(reversed(fewer.items())))
    for seed, one in made.items():
        again = slipped(NET, seed=seed)
        assert (again.slip, again.changed) == (one.slip, one.changed)


def test_the_search():
    search = Search(slipped(NET, "sigmoid left out", seed=1))
    (where,) = search.slipped.changed
    order = search.slipped.symbols
    place = order.index(where)
    before, after = search.marked(order[place - 1]), search.marked(order[place + 1])
    assert before.message.endswith("follows rightly from what stands above it. Look below it.")
    assert after.message.endswith("follows rightly from what stands above it. Look above it.")
    assert not before.is_over and not before.found
    found = after.marked(where)
    assert found.is_over
    assert f"{wording.plain(where)}" in found.message
    assert "the sigmoid is left out" in found.message
    assert f"{bp.calculation(NET)[where].value:.9f}" in found.message
    assert before.shown().message.startswith(f"The slip is in {where}.")
    with pytest.raises(KeyError, match="no line 'h7'"):
        search.marked("h7")


def test_a_search_is_taken_up_as_it_was():
    search = Search(slipped(NET, "sigmoid left out", seed=1))
    (where,) = search.slipped.changed
    first = search.slipped.symbols[0]
    for done in (search, search.marked(first), search.marked(where), search.marked(first).shown()):
        text = slip_progress.progress(done)
        assert re.fullmatch(f"search 1, {HASH}:[ A-Za-z0-9_/]*", text)
        assert slip_progress.taken_up(search, text) == done
    assert slip_progress.progress(search.marked(first).shown()).endswith(f": chosen {first} shown")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda text: "", "must be a text that a search for a slip gave"),
        (lambda text: text + " ", None),
        (lambda text: text + " x", "must be a text that a search for a slip gave"),
        (lambda text: text + " " * 1000, "must be a text that a search for a slip gave"),
        (lambda text: text.replace("search 1", "search 2"), "is of version 2"),
        (lambda text: text.replace("chosen h1", "chosen h7"), "a line that is not there: 'h7'"),
        (lambda text: re.sub(HASH, "00000000", text), "belongs to another calculation"),
    ],
)
def test_what_is_no_progress_of_a_search_is_refused(change, words):
    search = Search(slipped(NET, "sigmoid left out", seed=1))
    text = slip_progress.progress(search.marked("h1"))
    if words is None:
        assert slip_progress.taken_up(search, change(text)) == search.marked("h1")
        return
    with pytest.raises(ValueError, match=words):
        slip_progress.taken_up(search, change(text))


def test_each_search_has_a_progress_of_its_own():
    searches = [
        Search(slipped(net, seed=seed)) for seed in range(8) for net in (NET, NET.replace(w1=1))
    ]
    searches.append(Search(slipped(NET, rule="sequential")))
    texts = {slip_progress.progress(search) for search in searches}
    assert len(texts) == len(searches)
    for search in searches[1:]:
        with pytest.raises(ValueError, match="another calculation, or to another slip"):
            slip_progress.taken_up(search, slip_progress.progress(searches[0]))
    with pytest.raises(TypeError, match="progress must be a text"):
        slip_progress.taken_up(searches[0], None)


def test_a_search_is_started_again_and_taken_back():
    search = Search(slipped(NET, "sigmoid left out", seed=1))
    (where,) = search.slipped.changed
    found = search.marked(where)
    again = found.restarted()
    assert again == search
    assert again.taken_back() == again.restarted().taken_back() == found
    assert again.marked("h1").taken_back() == search.marked("h1")
    assert again.shown().taken_back().given_up
    assert search.restarted() == search.taken_back() == search


def test_the_notes_own_slips():
    """Every one that changes a number can be searched for; its lines have the numbers it leads to."""
    made, compared = [], 0
    for erratum in ERRATA:
        if not erratum.believed and erratum.digits is None:
            with pytest.raises(ValueError, match="changes no number"):
                slipped(NET, erratum.id)
            continue
        made.append(slipped(NET, erratum.id))
        assert len(made[-1].changed) == 1
        for symbol in made[-1].changed:
            line = next(line for line in made[-1].lines if line.symbol == symbol)
            assert wording.number(line.value) != wording.number(made[-1].right[symbol].value)
        search = Search(made[-1]).shown()
        assert erratum.explanation in search.message
        for name, digits in erratum.follows.items():
            if name in steps_of(search):
                assert steps_of(search)[name] == pytest.approx(float(digits), abs=1e-8)
                compared += 1
    assert len(made) >= 19
    assert compared >= 14


@pytest.mark.parametrize(
    ("arguments", "kind", "words"),
    [
        ({"slip": "laziness"}, KeyError, "no slip 'laziness'"),
        ({"quantity": "h7"}, KeyError, "no step of the calculation 'h7'"),
        ({"slip": "eta left out", "quantity": "h1"}, ValueError, "'eta left out' shows in no line"),
        ({"seed": -1}, ValueError, "seed must be"),
        ({"slip": "E21", "net": NET.replace(w1=1)}, ValueError, "the notes' own network"),
    ],
)
def test_what_cannot_be_searched_for(arguments, kind, words):
    with pytest.raises(kind, match=words):
        slipped(**{"net": NET, **arguments})


def test_other_sizes():
    for seed in range(30):
        net = random_network(seed)
        search = Search(slipped(net, seed=seed))
        values = np.array(list(steps_of(search).values()))
        assert np.isfinite(values).all()
        for symbol in search.slipped.changed:
            assert search.marked(symbol).found
