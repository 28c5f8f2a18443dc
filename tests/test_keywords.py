"""An unknown keyword is answered with what there is instead."""

import inspect

import pytest

import bpwidgets as bp

NET = bp.worked_example()
PARTS = {"weights": [[[0.1]]], "biases": [0.1], "inputs": [0.1], "targets": [0.1]}


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (
            lambda: bp.Network(**PARTS, activation="relu"),
            "“activation”: every unit here has the sig",
        ),
        (lambda: bp.Network(**PARTS, loss="mse"), "Network has no “loss”: the error here is ½ Σ"),
        (lambda: bp.Network(**PARTS, eta=0.1), "Network has no “eta”; did you mean learning_rate?"),
        (lambda: bp.Network(weight=1), "Network has no “weight”; did you mean weights?"),
        (
            lambda: bp.Network(**PARTS, momentum=1),
            "Network has no “momentum”; it has weights, biases, inputs, targets, learning_rate",
        ),
        (
            lambda: bp.update(NET, lr=0.1),
            "update has no “lr”: the learning rate is one of the netw",
        ),
        (lambda: bp.train(NET, epochs=9), "train has no “epochs”; did you mean steps?"),
        (
            lambda: bp.calculation(NET, digits=3),
            "calculation has no “digits”; did you mean decimals?",
        ),
        (
            lambda: bp.error_surface(NET, "w5", n=9),
            "error_surface has no “n”; did you mean points?",
        ),
        (lambda: bp.worked_example(eta=1), "worked_example has no “eta”: the learning rate is one"),
        (lambda: bp.worked_example(w=1), "worked_example has no “w”; it has no keywords"),
        (lambda: bp.forward(NET, **{"a" * 10**6: 1}), f"forward has no “{'a' * 40}”; it has net"),
    ],
)
def test_the_answer(call, words):
    with pytest.raises(TypeError) as refusal:
        call()
    assert words in str(refusal.value)
    assert "unexpected keyword" not in str(refusal.value)


PUBLIC = {name: getattr(bp, name) for name in bp.__all__}
ASKED = {n: c for n, c in PUBLIC.items() if callable(c) and n not in ("Mark", "sigmoid")}


@pytest.mark.parametrize("name", ASKED)
def test_every_public_function_answers(name):
    with pytest.raises(TypeError, match=f"^{name} has no “nonsense”"):
        ASKED[name](nonsense=1)


def test_other_errors_are_left_alone():
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'steps'"):
        bp.train(NET)
    with pytest.raises(TypeError, match="net must be a Network"):
        bp.forward("net")
    with pytest.raises(TypeError, match="steps must be a whole number"):
        bp.train(NET, "10")


def test_help_shows_the_keywords_still():
    assert list(inspect.signature(bp.Network).parameters)[:2] == ["weights", "biases"]
    assert list(inspect.signature(bp.train).parameters)[:2] == ["net", "steps"]
