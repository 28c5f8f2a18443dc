"""One value for many views: each is shown every value, whatever happens in the others."""

import gc
import logging
import weakref

import pytest

from bpwidgets.shared import Shared, each_in_turn


class Interrupt(BaseException):
    pass


def raising(failure: BaseException):
    def call() -> None:
        raise failure

    return call


@pytest.mark.parametrize(
    ("failures", "wanted"),
    [
        ([ValueError("a"), KeyError("b")], 0),
        ([ValueError("a"), Interrupt("b"), KeyboardInterrupt("c")], 1),
        ([KeyboardInterrupt("a"), ValueError("b")], 0),
    ],
)
def test_all_are_called_and_the_first_interrupt_or_error_is_raised(failures, wanted):
    called: list[int] = []
    calls = [lambda: called.append(1)]
    for number, failure in enumerate(failures, 2):
        calls += [raising(failure), lambda number=number: called.append(number)]
    with pytest.raises(BaseException) as raised:
        each_in_turn(calls)
    assert raised.value is failures[wanted]
    assert called == list(range(1, len(failures) + 2))


def test_nothing_is_raised_where_nothing_failed():
    each_in_turn([])
    each_in_turn(iter([lambda: 5]))


def test_a_failure_is_not_kept_alive_once_it_was_handled():
    class Held:
        pass

    def call() -> None:
        held = Held()
        left.append(weakref.ref(held))
        raise ValueError

    left: list = []
    gc.disable()
    try:
        each_in_turn([call])
    except ValueError:
        pass
    finally:
        gc.enable()
    assert left[0]() is None  # without the collector of circles


def test_one_who_subscribes_twice_leaves_once_at_a_time():
    shared, seen = Shared(0), []
    leave, leave_too = shared.subscribe(seen.append), shared.subscribe(seen.append)
    leave()
    leave()
    shared.put(1)
    assert seen == [0, 0, 1]
    leave_too()
    shared.put(2)
    assert seen == [0, 0, 1]


@pytest.mark.parametrize("strict", [False, True])
def test_the_same_value_again_heals_a_view_that_failed(strict, caplog):
    shared, fails, seen = Shared(0, strict=strict), [], []

    def show(value: int) -> None:
        if fails:
            raise fails.pop()
        seen.append(value)

    others: list[int] = []
    shared.subscribe(show)
    shared.subscribe(others.append)
    fails.append(ZeroDivisionError("once"))
    with caplog.at_level(logging.ERROR):
        if strict:
            with pytest.raises(ZeroDivisionError, match="once"):
                shared.put(1)
        else:
            shared.put(1)
    assert (seen, others) == ([0], [0, 1])
    shared.put(1)
    assert (seen, others) == ([0, 1], [0, 1])
    assert len(caplog.records) == 1


def test_an_interrupt_and_an_error_at_once(caplog):
    shared, fails = Shared(0), []

    def show(value: int) -> None:
        if fails:
            raise fails.pop()

    seen: list[int] = []
    for each in (show, seen.append, show, seen.append):
        shared.subscribe(each)
    fails += [Interrupt(), ValueError()]
    with pytest.raises(Interrupt):
        shared.put(1)
    assert seen == [0, 0, 1, 1]
    assert [record.exc_info[0] for record in caplog.records] == [ValueError]


def test_a_view_that_puts_what_is_there_is_shown_it_once():
    shared, seen = Shared(0, strict=True), []

    def show(value: int) -> None:
        seen.append(value)
        shared.put(value)

    shared.subscribe(show)
    shared.subscribe(seen.append)
    shared.put(1)
    assert seen == [0, 0, 1, 1]


def test_who_subscribes_while_another_is_shown_something():
    shared, seen = Shared(0, strict=True), []

    def show(value: int) -> None:
        if value == 1:
            shared.subscribe(seen.append)
            with pytest.raises(RuntimeError, match="must not change"):  # still being shown
                shared.put(5)

    shared.subscribe(show)
    shared.put(1)
    shared.put(2)
    assert seen == [1, 2]
