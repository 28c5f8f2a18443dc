"""The exercises: what the page sends is what code does, and what the page is told."""

import json

import pytest
from by_hand import Paper
from frontend import filled, heard, move, page, texts, updates
from strategies import random_network

import bpwidgets as bp
from bpwidgets import wording
from bpwidgets.notes import erratum
from bpwidgets.tasks import practice_network
from bpwidgets.widgets.exercise import MOST, NOTE

NET = bp.worked_example()
LEFT_OUT = "0.43982965"  # what w5's gradient is without out(1 − out)
HOSTILE = [
    "",
    "nan",
    "inf",
    "1e999",
    "1,5",
    "½",
    "٣٫١٤",
    "0x10",
    "1/2",
    "__import__('os').system('true')",
    "<img src=x onerror=alert(1)>",
    "</textarea><script>alert(1)</script>",
    "{{constructor.constructor('alert(1)')()}}",
    "$\\href{javascript:alert(1)}{x}$",
    "0.3775\n0.5",
    "\x00",
    "\ud800",
    "x" * 10_000,
    "9" * 10_000,
    "<b>" * 3_334,
]


@pytest.fixture(autouse=True)
def _page():
    with page():
        yield


# --- a question ---


def test_a_question_from_first_to_last():
    question = bp.Question(NET, "dEtot/dw5")
    assert repr(question) == "<Question dEtot/dw5: not answered>"
    assert question.mark is None
    assert question.answer(LEFT_OUT).verdict == "slip"
    assert repr(question) == "<Question dEtot/dw5: slip, out(1 − out) left out>"
    assert "multiply" in question.hint()
    assert question.hint().startswith("∂Etot/∂w5 = ∂o1/∂w5·")
    assert question.hint().startswith("∂Etot/∂w5 = 0.593269992·")
    mark = question.answer("0.0822")
    assert mark == question.mark == bp.mark(NET, "dEtot/dw5", "0.0822")
    assert repr(question) == "<Question dEtot/dw5: right, 3 digits>"
    assert question.hint() == question.reveal() == "∂Etot/∂w5 = 0.082167041"
    question.again()
    assert repr(question) == "<Question dEtot/dw5: not answered>"
    question.reveal()
    assert repr(question) == "<Question dEtot/dw5: shown>"
    question.close()
    assert repr(question) == "<Question, closed>"


def test_the_page_and_code_take_the_same_path():
    by_page, by_code = bp.Question(NET, "dEtot/dw5"), bp.Question(NET, "dEtot/dw5")
    move(by_page, answer=["dEtot/dw5", LEFT_OUT])
    by_code.answer(LEFT_OUT)
    answered = move(by_page, hint=["dEtot/dw5", 1])
    by_code.hint()
    assert heard(by_page) == answered  # the later one
    assert (by_page.part.scene, by_page.mark) == (by_code.part.scene, by_code.mark)
    move(by_page, show="dEtot/dw5")
    by_code.reveal()
    assert by_page.part.scene == by_code.part.scene
    move(by_page, again="dEtot/dw5")
    by_code.again()
    assert by_page.part.scene == by_code.part.scene
    assert by_page.part.message == ""


def test_what_the_page_is_told():
    question = bp.Question(NET, "dEtot/dw5")
    updates(question)
    move(question, answer=["dEtot/dw5", LEFT_OUT])
    (sent,) = updates(question)
    assert set(sent) == {"scene", "record", "heard"}  # the drawing stays
    asked = sent["scene"]["asked"]
    assert asked["form"] == f"✗ {LEFT_OUT}: a slip, out(1 − out) left out."
    assert asked["said"] == question.mark.message
    assert (asked["answer"], asked["verdict"]) == (LEFT_OUT, "slip")
    move(question, hint=["dEtot/dw5", 3])
    names = [name for name, _, _ in question.part.scene["asked"]["hints"]]
    assert names == ["The rule", "The formula", "With numbers"]
    assert question.part.scene["asked"]["next"] == ["show"]
    updates(question)
    move(question, hint=["dEtot/dw5", 2])  # again, as after a lost answer
    assert [set(each) for each in updates(question)] == [{"heard"}]


def test_a_question_gives_nothing_away():
    """Neither its drawing nor its words have the number, before it is right or shown."""
    value = bp.calculation(NET)["outo1"].value
    question = bp.Question(NET, "outo1")
    told = list(texts([question.part.frame, question.part.scene, question.part.in_words()]))
    assert not any(f"{value:.4f}"[:5] in text for text in told)
    assert question.part.scene["network"]["nodes"]["o1"] == ["", "?"]
    assert question.part.scene["network"]["nodes"]["h1"] == ["", ""]
    question.answer("0.7514")
    assert question.part.scene["network"]["nodes"]["o1"] == ["", "0.7514"]


@pytest.mark.parametrize("quantity", ["dEtot/dw5", "dEtot/db2", "w8_new", "o2", "E1"])
def test_what_is_asked_has_its_place_in_the_drawing(quantity):
    question = bp.Question(NET, quantity)
    frame, scene = question.part.frame["network"], question.part.scene["network"]
    nodes = {each["name"]: each["symbols"].split() for each in frame["nodes"]}
    edges = {each["name"]: each["symbols"].split() for each in frame["edges"]}
    assert scene["now"] == quantity
    assert any(quantity in symbols for symbols in [*nodes.values(), *edges.values()])


@pytest.mark.parametrize(
    ("arguments", "kind", "words"),
    [
        ((NET, "h7"), KeyError, "no step of the calculation 'h7'"),
        ((NET, "w5"), KeyError, "no step of the calculation 'w5'"),
        ((NET, "h1", "often"), TypeError, "positional"),
    ],
)
def test_what_cannot_be_asked(arguments, kind, words):
    with pytest.raises(kind, match=words):
        bp.Question(*arguments)
    with pytest.raises(ValueError, match="rule must be"):
        bp.Question(NET, "h1", rule="often")
    with pytest.raises(ValueError, match="decimals must be"):
        bp.Question(NET, "h1", decimals=99)


def test_the_conventions_count():
    sequential = bp.Question(NET, "w1_new", rule="sequential")
    value = bp.update(NET, rule="sequential")["w1"]
    assert sequential.answer(f"{value:.9f}").verdict == "right"
    assert bp.Question(NET, "w1_new").answer(f"{value:.9f}").verdict == "slip"


# --- an exercise ---


def test_an_exercise_of_the_forward_pass():
    exercise, paper = bp.Exercise(), Paper(NET)
    assert repr(exercise) == "<Exercise of 11 steps: 0 right>"
    names = "h1 outh1 h2 outh2 o1 outo1 o2 outo2 E1 E2 Etot".split()
    assert [row["quantity"] for row in exercise.part.frame["rows"]] == names
    for place, name in enumerate(names):
        assert exercise.part.scene["network"]["now"] == name
        move(exercise, answer=[name, f"{getattr(paper, name):.9f}"])
        assert exercise.score == (place + 1, 11)
    assert repr(exercise) == "<Exercise of 11 steps: 11 right>"
    assert exercise.part.scene["network"]["now"] == ""
    assert list(exercise.answers) == names
    assert exercise.part.scene["score"] == "11 of 11 right"
    assert NOTE in list(texts(exercise.part.frame))


def test_progress_is_kept():
    exercise = bp.Exercise(seed=4, quantities=["h1", "o1", "dEtot/dw5"])
    exercise.answer("h1", f"{Paper(practice_network(4)).h1:.6f}")
    exercise.answer("o1", "7")
    exercise.hint("o1")
    again = bp.Exercise(
        seed=4,
        quantities=["h1", "o1", "dEtot/dw5"],
        progress=exercise.part.scene["kept"]["progress"],
    )
    assert again.part.scene == exercise.part.scene
    assert (again.score, again.answers) == (exercise.score, exercise.answers)
    with pytest.raises(ValueError, match="another exercise"):
        bp.Exercise(seed=4, progress=exercise.progress)


def test_new_numbers():
    exercise = bp.Exercise()
    exercise.answer("h1", "0.3775")
    move(exercise, new=exercise.part.frame["numbers"])
    assert exercise.network == practice_network(0)
    assert exercise.score == (0, 11)
    move(exercise, new="")  # an old message once more
    assert exercise.network == practice_network(0)
    exercise.renew()
    assert exercise.part.frame["numbers"] == "Numbers of seed 1"
    assert bp.Exercise(progress=exercise.progress).network == practice_network(1)


def test_a_hint_without_any_number_says_what_comes_first():
    """The third hint would be the second once more; it gets its numbers when they are found."""
    exercise = bp.Exercise(quantities=["h1", "outh1", "o1"])
    for quantity in ("outh1", "o1"):
        move(exercise, hint=[quantity, 3])

    def hint(quantity):
        row = exercise.part.scene["rows"][exercise.work.quantities.index(quantity)]
        return row["hints"][2][1]

    assert hint("outh1") == "First work out h1; its number stands here then."
    assert "0.40·outh1 + 0.45·" in hint("o1")  # the weights are numbers enough
    exercise.answer("h1", "0.3775")
    assert hint("outh1") == "outh1 = σ(0.377500000)"


def test_back_to_the_numbers_before():
    exercise = bp.Exercise()
    exercise.answer("h1", "0.3775")
    assert not exercise.part.frame["back"]
    exercise.renew()
    assert exercise.part.frame["back"]
    move(exercise, back="")  # an old message
    assert exercise.network == practice_network(0)
    move(exercise, back="Numbers of seed 0")
    assert exercise.network == bp.worked_example()
    assert exercise.score == (1, 11)
    assert not exercise.part.frame["back"]


def test_the_network_is_never_changed():
    exercise = bp.Exercise()
    for text in ("0.3775", "0.4", LEFT_OUT):
        exercise.answer("h1", text)
    assert exercise.network == bp.worked_example()


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:12]))
def test_hostile_texts(text):
    """Each gets a sentence; nothing of it is more than a text; the score stays."""
    exercise = bp.Exercise()
    exercise.answer("h1", "0.3775")
    for quantity in ("h1", "outh1"):
        move(exercise, answer=[quantity, text])
        assert exercise.part.message == ""
        row = next(
            scene
            for frame, scene in zip(exercise.part.frame["rows"], exercise.part.scene["rows"])
            if frame["quantity"] == quantity
        )
        assert row["verdict"] == "unreadable"
        assert row["said"].endswith(".")
        assert len(row["said"]) < 300 and len(row["answer"]) < 50
    assert exercise.score == (1, 11)
    assert exercise.progress == exercise.part.scene["kept"]["progress"]
    assert dict(exercise.answers) == {"h1": "0.3775"}
    json.dumps(exercise.part.scene, ensure_ascii=False).encode("utf-8")  # as it is sent


@pytest.mark.parametrize(
    "change",
    [
        {"answer": ["h9", "1"]},
        {"answer": "h1"},
        {"answer": ["h1", 5]},
        {"answer": [["h1"], "5"]},
        {"hint": ["h1", 99]},
        {"hint": ["h1", "1"]},
        {"hint": 3},
        {"show": "<script>"},
        {"again": None},
        {"show": {}},
    ],
)
def test_what_the_page_may_not_ask_for(change):
    exercise = bp.Exercise()
    before = exercise.part.scene
    move(exercise, **change)
    assert exercise.part.message.startswith("The page asked for something that is not allowed")
    assert exercise.part.scene == before
    move(exercise, answer=["h1", "0.3775"])
    assert (exercise.part.message, exercise.score) == ("", (1, 11))


def test_what_cannot_be_an_exercise():
    with pytest.raises(ValueError, match="not both"):
        bp.Exercise(NET, seed=1)
    with pytest.raises(ValueError, match=f"1 to {MOST} questions, got 0"):
        bp.Exercise(quantities=[])
    with pytest.raises(KeyError, match="no step"):
        bp.Exercise(quantities=["h1", "h7"])
    with pytest.raises(ValueError, match="progress must be a text that"):
        bp.Exercise(progress="")


@pytest.mark.parametrize("seed", range(5))
def test_other_sizes(seed):
    net = random_network(seed)
    exercise = bp.Exercise(net)
    calc = bp.calculation(net)
    for name in exercise.work.quantities:
        exercise.answer(name, f"{calc[name].value:.12f}")
    right, of = exercise.score
    assert right == of
    exercise.renew()
    assert exercise.network.sizes == net.sizes


# --- a slip to find ---


def test_a_slip_from_first_to_last():
    search = bp.FindTheSlip(seed=2)
    assert repr(search) == "<FindTheSlip in 12 lines: not found>"
    assert search.slip is None and not search.found
    (where,) = search.search.slipped.changed
    other = next(line.symbol for line in search.lines if line.symbol != where)
    assert search.choose(other) is False
    assert search.slip is None
    assert search.part.scene["marks"] == []
    move(search, choose=where)
    assert search.found and search.slip in bp.SLIPS
    assert search.part.scene["marks"] == [where]
    assert search.part.scene["form"] == "✓"
    assert search.part.scene["said"].startswith("Found, in ")
    assert repr(search) == "<FindTheSlip in 12 lines: found>"


def test_a_slip_is_shown():
    search = bp.FindTheSlip()
    move(search, show=True)
    assert repr(search) == "<FindTheSlip in 12 lines: shown>"
    assert search.slip in bp.SLIPS
    assert search.part.scene["said"] == search.reveal()


def test_a_slip_of_the_notes():
    search = bp.FindTheSlip(slip="E21")
    assert search.choose("do2/douth2")
    assert search.slip == "E21"
    assert erratum("E21").place in search.part.scene["said"]


@pytest.mark.parametrize("seed", range(10))
def test_the_lines_say_what_is_written_and_not_where_it_is_wrong(seed):
    search = bp.FindTheSlip(seed=seed)
    assert len(search.part.frame["lines"]) == len(search.lines)
    for line, shown in zip(search.lines, search.part.frame["lines"]):
        assert shown["symbol"] == line.symbol
        end = filled(shown["pieces"][-1], []).removeprefix("=").replace("−", "-")
        assert float(end) == pytest.approx(line.value, abs=1e-9)
        assert set(shown) == {"symbol", "pieces", "words"}
    hidden = search.search.slipped.slip
    assert hidden not in " ".join(texts([search.part.frame, search.part.scene]))


@pytest.mark.parametrize("change", [{"choose": "h9"}, {"choose": None}, {"choose": ["h1"]}])
def test_a_line_that_is_not_there(change):
    search = bp.FindTheSlip()
    move(search, **change)
    assert search.part.message.startswith("The page asked for something that is not allowed")
    assert search.search.chosen == ""


# --- all three ---

MADE = {
    "question": lambda **options: bp.Question(NET, "dEtot/dw5", **options),
    "exercise": lambda **options: bp.Exercise(**options),
    "slip": lambda **options: bp.FindTheSlip(**options),
}


@pytest.mark.parametrize("kind", MADE)
def test_large_type_stays(kind):
    assert not MADE[kind]().large
    made = MADE[kind](large=True)
    move(made, **({"choose": "h1"} if kind == "slip" else {}))
    assert made.large


@pytest.mark.parametrize("kind", MADE)
def test_nothing_is_left_alive(kind):
    made = MADE[kind]()
    made.close()
    assert made.comm is None and made.layout.comm is None
    with pytest.raises(RuntimeError, match="closed; make a new one"):
        made.show(made.shared.state)


# --- what the page says and what it keeps to itself ---


def test_the_page_says_under_which_conventions_it_asks():
    """The right number depends on them."""
    ways = [{}, {"rule": "sequential"}, {"biases": "trained"}, {"decimals": 2}]
    for kind in (lambda **way: bp.Question(NET, "w1_new", **way), lambda **way: bp.Exercise(**way)):
        given = [kind(**way).part.frame["given"] for way in ways]
        assert len(set(given)) == len(ways)
        assert "Each layer is updated before the one below." in given[1]
        assert "The biases are updated too." in given[2]
        assert "Round every step to 2 decimals." in given[3]
        assert "Carry six digits or more." in given[0]
    assert "old weights" in bp.FindTheSlip().part.frame["given"]


def test_no_hint_is_the_number_of_a_question_that_is_asked():
    exercise = bp.Exercise(quantities=["h1", "outh1", "o1", "outo1", "do1/dw5", "do1/db2"])
    for quantity in exercise.work.quantities:
        while exercise.work.reply(quantity).hints < exercise.work.most_hints(quantity):
            exercise.hint(quantity)
    assert not any(reply.seen for reply in exercise.work.replies.values())
    shown = " ".join(texts([row["hints"] for row in exercise.part.scene["rows"]]))
    values = bp.calculation(NET).values
    for quantity in ("h1", "outh1", "o1", "outo1", "do1/dw5"):
        assert wording.number(values[quantity]) not in shown
    assert {row["help"] for row in exercise.part.scene["rows"]} == {"Show the value"}
    exercise.answer("h1", "0.3775")  # what is known may be shown
    assert "0.377500000" in " ".join(texts([row["hints"] for row in exercise.part.scene["rows"]]))
    exercise.hint("do1/dw5")  # the next one is the value
    assert exercise.work.reply("do1/dw5").seen


def test_as_many_decimals_as_are_asked_for_count_and_are_called_so():
    exercise = bp.Exercise(quantities=["outh1"], decimals=2)
    mark = exercise.answer("outh1", "0.59")
    assert exercise.score == (1, 1)
    assert mark.message.startswith("Right within rounding")
    assert "at least" not in mark.message


def test_what_is_said_names_the_answer_that_it_belongs_to():
    question = bp.Question(NET, "dEtot/dw5")
    forms = []
    for answer in ("0.55512", "-0.66612"):
        question.answer(answer)
        forms.append(question.part.scene["asked"]["form"])
    assert forms == ["✗ 0.55512:", "✗ −0.66612:"]
