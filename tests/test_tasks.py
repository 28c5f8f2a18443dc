"""Questions as data, and networks to calculate with."""

import pytest

from bpwidgets.calculation import calculation
from bpwidgets.network import Network
from bpwidgets.notes import worked_example
from bpwidgets.tasks import Task, practice_network, tasks

NOTES = worked_example()


def test_a_task_knows_its_number_and_marks_an_answer():
    task = Task(NOTES, "dEtot/dw5")
    assert task.value == pytest.approx(0.082167041, abs=1e-9)
    assert task.mark("0.0822").verdict == "right"
    assert task.mark("0.43982965").slips == ("out(1 − out) left out",)
    assert repr(task) == "<Task ∂Etot/∂w5>"
    sequential = Task(NOTES, "Etot_new", rule="sequential")
    assert sequential.mark("0.291027924").verdict == "right"
    assert Task(NOTES, "b2_new", biases="trained").value == pytest.approx(0.549799838, abs=1e-9)


def test_the_usual_tasks_go_as_the_notes_go():
    wanted = (
        "h1 outh1 h2 outh2 o1 outo1 o2 outo2 E1 E2 Etot dE1/douto1 douto1/do1 do1/dw5 dEtot/dw5 "
        "dE1/douth1 dE2/douth1 dEtot/douth1 douth1/dh1 dh1/dw1 dEtot/dw1 w5_new w1_new"
    )
    assert [task.quantity for task in tasks(NOTES)] == wanted.split()


@pytest.mark.parametrize("sizes", [(1, 1), (3, 1), (1, 1, 1), (3, 4, 2), (2, 2, 2, 2)])
def test_usual_tasks_for_other_sizes_are_steps_in_order(sizes):
    net = practice_network(4, sizes)
    asked = [task.quantity for task in tasks(net)]
    steps = list(calculation(net).symbols)
    assert asked == sorted(asked, key=steps.index)
    assert {"Etot", "dEtot/dw1", "w1_new"} <= set(asked)


def test_tasks_of_ones_own():
    asked = tasks(NOTES, ["w1_new", "h1"], rule="sequential")
    assert [task.quantity for task in asked] == ["h1", "w1_new"]
    assert {task.rule for task in asked} == {"sequential"}
    with pytest.raises(KeyError, match="no step of the calculation 'h9'"):
        tasks(NOTES, ["h9"])


def test_practice_networks_are_fit_for_hand_work_and_all_different():
    found = [practice_network(seed) for seed in range(300)]
    assert len(set(found)) == 300
    assert found[7] == practice_network(7)
    for net in found:
        assert net.sizes == (2, 2, 2)
        assert all(round(value, 2) == value for value in net.values())
        weights = [abs(value) for name, value in net.items() if name[0] == "w"]
        assert len(set(weights)) == 8 and min(weights) >= 0.1
        assert net["x1"] != net["x2"] and net["d1"] != net["d2"] and net["b1"] != net["b2"]
        assert 0.1 <= net["eta"] <= 0.9 and 0.05 <= net["d1"] <= 0.95
    assert {value < 0 for net in found for name, value in net.items() if name[0] == "w"} == {
        True,
        False,
    }


def test_practice_networks_of_any_size():
    assert practice_network(0, (1, 1)).sizes == (1, 1)
    assert isinstance(practice_network(0, (16, 16, 16, 16, 16)), Network)
    for wrong in ((2,), (), (0, 2), (17, 2), (2,) * 6):
        with pytest.raises(ValueError, match="must be"):
            practice_network(0, wrong)
    with pytest.raises(ValueError, match="seed must be"):
        practice_network(-1)
    with pytest.raises(TypeError, match="seed must be"):
        practice_network("7")
