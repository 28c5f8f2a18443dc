"""The notes' symbols: for 2-2-2 they are the notes' own, for other sizes the same rule goes on."""

import pytest
from hypothesis import given
from strategies import layer_sizes

from bpwidgets.symbols import Symbols, canonical, derivative, symbols_of, updated

NOTES = symbols_of((2, 2, 2))


def test_the_notes_network_has_the_notes_names():
    assert NOTES.inputs == ("x1", "x2")
    assert NOTES.weights == ((("w1", "w2"), ("w3", "w4")), (("w5", "w6"), ("w7", "w8")))
    assert NOTES.biases == ("b1", "b2")
    assert NOTES.targets == ("d1", "d2")
    assert NOTES.preactivations == (("h1", "h2"), ("o1", "o2"))
    assert NOTES.activations == (("outh1", "outh2"), ("outo1", "outo2"))
    assert NOTES.errors == ("E1", "E2")


def test_settable_names_stand_in_the_order_of_the_notes():
    order = "x1 x2 w1 w2 w3 w4 w5 w6 w7 w8 b1 b2 d1 d2 eta".split()
    assert list(NOTES.parameters) == order
    assert [NOTES.positions[name] for name in order] == list(range(15))
    assert NOTES.trainable == tuple(order[2:12])


def test_numbering_goes_on_from_layer_to_layer():
    deep = symbols_of((3, 2, 1, 2))
    assert deep.weights[0] == (("w1", "w2", "w3"), ("w4", "w5", "w6"))
    assert deep.weights[1:] == ((("w7", "w8"),), (("w9",), ("w10",)))
    assert deep.preactivations == (("h1", "h2"), ("h3",), ("o1", "o2"))
    assert deep.biases == ("b1", "b2", "b3")


def test_a_single_layer_has_no_hidden_units():
    assert symbols_of((2, 1)).preactivations == (("o1",),)


@given(layer_sizes())
def test_places_and_slices_find_every_name(sizes):
    symbols = Symbols(tuple(sizes))
    names, slices = symbols.parameters, symbols.slices
    assert len(set(names)) == len(names)
    assert names[slices.inputs] == symbols.inputs
    assert names[slices.biases] == symbols.biases
    assert names[slices.trainable] == symbols.trainable
    assert names[slices.targets] == symbols.targets
    for layer, grid in enumerate(symbols.weights):
        assert names[slices.weights[layer]] == tuple(name for row in grid for name in row)
    for name, (layer, row, column) in symbols.weight_places.items():
        assert symbols.weights[layer][row][column] == name
    for name, (kind, layer, unit) in symbols.run_places.items():
        rows = {"sum": symbols.preactivations, "out": symbols.activations, "E": [symbols.errors]}
        assert rows[kind][layer][unit] == name


def test_symbols_of_the_same_sizes_are_made_once():
    assert symbols_of((4, 3, 2)) is symbols_of((4, 3, 2))


@pytest.mark.parametrize(
    ("name", "key"), [("t1", "d1"), ("t16", "d16"), ("d1", "d1"), ("t", "t"), ("total", "total")]
)
def test_the_example_pages_targets_are_the_derivations(name, key):
    assert canonical(name) == key


@pytest.mark.parametrize("name", [None, 5, ("t1",)])
def test_what_is_no_text_stays_as_it_is(name):
    assert canonical(name) is name


def test_keys_of_derivatives_and_of_what_the_update_leaves():
    assert derivative("E1", "outo1") == "dE1/douto1"
    assert updated("w5") == "w5_new"
