"""A question in words, and its hints: the rule, the formula, the formula with its numbers, the value."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bpwidgets import wording
from bpwidgets.calculation import Calculation, Step
from bpwidgets.exercise import MOST_HINTS
from bpwidgets.formula import operands
from bpwidgets.recipe import Line
from bpwidgets.slips.rule import (
    BY_BIAS,
    BY_OUTPUT,
    BY_WEIGHT,
    CHAIN,
    COPY,
    ERROR,
    ERROR_TERM,
    PATHS,
    SIGMOID,
    SLOPE,
    SUM,
    TOTAL,
    UPDATE,
    kind,
)
from bpwidgets.tasks import Task
from bpwidgets.wording import Tree, listed, plain

# By the kind of line: what the quantity is, and the rule that gives it.
ASKED: Mapping[str, str] = {
    SUM: "the weighted sum of unit {unit}",
    SIGMOID: "the output of unit {unit}",
    ERROR: "the error at output {unit}",
    TOTAL: "the total error",
    COPY: "how the total error changes with {by}",
    ERROR_TERM: "how the error {of} changes with the output {by}",
    SLOPE: "how the output {of} changes with its own weighted sum",
    BY_WEIGHT: "how the weighted sum {of} changes with the weight {by}",
    BY_OUTPUT: "how the weighted sum {of} changes with {by}, an output of the layer before",
    BY_BIAS: "how the weighted sum {of} changes with its bias",
    CHAIN: "how {of} changes with {by}",
    PATHS: "how {of} changes with {by}, all paths taken together",
    UPDATE: "the new value of {unit} after one step",
}
RULE_FOR: Mapping[str, str] = {
    SUM: "Multiply each signal that comes in by its own weight, add these products, and add the bias.",
    SIGMOID: "The output is the sigmoid of the weighted sum z: σ(z) = 1/(1 + e to the power −z).",
    ERROR: "Take target minus output, square it, and take half of that.",
    TOTAL: "Add the errors of all outputs.",
    COPY: "Only one error is reached from here, so the total error changes just as this error does.",
    ERROR_TERM: "In ½(target − output)² the 2 of the square takes away the ½, and the inner "
    "derivative brings a minus: the derivative by the output is −(target − output).",
    SLOPE: "The derivative of the sigmoid, from its own output: output times (1 − output).",
    BY_WEIGHT: "In the weighted sum this weight stands beside one signal; the derivative by the "
    "weight is that signal.",
    BY_OUTPUT: "In the weighted sum this output stands beside one weight; the derivative by the "
    "output is that weight.",
    BY_BIAS: "The bias stands in the sum by itself, so the derivative by it is a fixed number.",
    CHAIN: "The chain rule: multiply the derivatives, one for each step of the path.",
    PATHS: "There is more than one path to the error: work out each path, then add them.",
    UPDATE: "Take the old value, and subtract the learning rate times the gradient of this number.",
}
HELP = ("The rule", "The formula", "With numbers", "The value")  # the hints' names


@dataclass(frozen=True, slots=True)
class Hint:
    """One hint: its name, its text, and the formula as MathML; None for a hint in words alone."""

    name: str
    text: str
    tree: Tree | None = None


def asked(task: Task) -> str:
    """The question: "Work out ∂o1/∂w5, how the weighted sum o1 changes with the weight w5."."""
    return f"Work out {plain(task.quantity)}, {meaning(task)}."


def meaning(task: Task) -> str:
    """What the quantity is: "how the weighted sum o1 changes with the weight w5"."""
    step = _step(task)
    upper, _, lower = step.symbol.partition("/")
    of, by = plain(upper.removeprefix("d")), plain(lower.removeprefix("d"))
    unit = plain(step.symbol.removeprefix("out").removesuffix("_new"))
    unit = unit.removeprefix("E") if unit != "Etot" else unit
    what = ASKED[_kind(step)].format(unit=unit, of=of or unit, by=by)
    if step.stage == "second forward":
        what += ", after the update"
    return what


def hint(task: Task, number: int, hidden: Collection[str] = ()) -> Hint:
    """A hint, from 1; after the last comes the value.  ``hidden`` are symbols without their numbers."""
    step, calc = _step(task), task.calculation
    name = HELP[number - 1]
    if number == 1:
        return Hint(name, RULE_FOR[_kind(step)])
    symbol = wording.symbol(step.symbol)
    if number > MOST_HINTS:
        value = wording.number(step.value)
        return Hint(name, f"{plain(step.symbol)} = {value}", _equal(symbol, ["mn", value]))
    if number == 2:
        text, tree = wording.in_line(step.formula), wording.typeset(step.formula)
        return Hint(name, f"{plain(step.symbol)} = {text}", _equal(symbol, tree))

    numbers = operands(step.formula)
    first = [name for name in numbers if name in hidden]
    if first and len(first) == len(numbers):
        return Hint(name, f"First work out {listed(first)}; its number stands here then.")

    def alone(name: str) -> Tree:
        return wording.symbol(name) if name in hidden else ["mn", written(calc, name)]

    def inside(name: str) -> Tree:
        return alone(name) if name in hidden else ["mn", in_words(name)]

    def in_words(name: str) -> str:
        return plain(name) if name in hidden else wording.bracketed(written(calc, name))

    text = wording.in_line(step.formula, in_words)
    tree = wording.typeset(step.formula, inside, alone)
    return Hint(name, f"{plain(step.symbol)} = {text}", _equal(symbol, tree))


def help_offered(hints: int, most: int, is_open: bool) -> str:
    """What the next press on the button for help does."""
    if is_open:
        return "Try again"
    return f"Hint {hints + 1} of {most}" if hints < most else "Show the value"


def written(calc: Calculation, name: str) -> str:
    """The number of a symbol, as short as it is given, or as it is computed."""
    is_given = name in calc.network
    value = calc.values[name]
    return wording.given(value) if is_given else wording.number(value)


def _equal(left: Tree, right: Tree) -> Tree:
    return wording.joined("=", [left, right])


def _kind(step: Step) -> str:
    return TOTAL if step.symbol.startswith("Etot") and "/" not in step.symbol else kind(_line(step))


def _line(step: Step) -> Line:
    return Line(step.symbol, step.formula, step.stage)


def _step(task: Task) -> Step:
    return task.calculation[task.quantity]
