"""The slips in the lecture notes, each with what is right and which numbers it leads to.

Formulas are worded as in the kit (outo1, Etot, w5) unless the name itself is the slip.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from bpwidgets.formula import (
    Constant,
    Difference,
    Formula,
    Negative,
    Product,
    Square,
    Sum,
    Symbol,
)

Kind = Literal[
    "number",  # a printed number is not the quantity's number; only these have digits
    "sign",  # plus and minus exchanged
    "index",  # the right kind of quantity, but another one's index
    "factor",  # a factor, an exponent or a whole derivative wrong or missing
    "lost mark",  # a ∂ or = that is not there
    "symbol",  # a name cut short, garbled or misread
    "omission",  # a step or a reason that is not written down
    "convention",  # a habit stated as a rule, or two names for one thing
]

# "transcription" is the machine that read the handwriting; "unclear" needs the page itself.
Origin = Literal["author", "transcription", "unclear", "published example"]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Erratum:
    """One slip in the notes.

    symbol, digits: for a wrongly printed number, the quantity's key and the number as printed
    believed: formulas to put in place of the right ones, to see what the slip leads to:
        ``calculation(net, changed=slip.believed)``
    follows: the numbers that result, by symbol, with the digits that decide
    """

    id: str
    place: str
    line: int | None
    quantity: str
    printed: str
    correct: str
    kind: Kind
    origin: Origin
    explanation: str
    symbol: str | None = None
    digits: str | None = None
    believed: Mapping[str, Formula] = field(default_factory=dict, hash=False)
    follows: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __repr__(self) -> str:
        return f"<{self.id} {self.place}, {self.quantity}: {self.printed!r} for {self.correct!r}>"

    def __post_init__(self) -> None:
        for name in ("believed", "follows"):
            read_only = MappingProxyType(dict(getattr(self, name)))
            object.__setattr__(self, name, read_only)  # how a frozen dataclass sets its own fields


def _times(*factors: str | Formula) -> Product:
    return Product(tuple(Symbol(f) if isinstance(f, str) else f for f in factors))


def _minus(left: str | Formula, right: str | Formula) -> Difference:
    sides = [Symbol(side) if isinstance(side, str) else side for side in (left, right)]
    return Difference(*sides)


# What lines 109 and 111 print for the derivative of E2 by w8.
_W8_SIGN = _times(
    "outh2", "outo2", _minus(Constant(1), "outo2"), _minus(Negative(Symbol("d2")), "outo2")
)

ERRATA: tuple[Erratum, ...] = (
    Erratum(
        id="E01",
        place="derivation, page 1",
        line=40,
        quantity="the update of each weight",
        printed="W5 = W5 − η·Etot",
        correct="w5_new = w5 − η·∂Etot/∂w5",
        kind="factor",
        origin="author",
        explanation="The derivative is missing, in all eight lines. Without it every weight would "
        "move by the same η·Etot, whatever its gradient.",
        believed={f"w{k}_new": _minus(f"w{k}", _times("eta", "Etot")) for k in range(1, 9)},
        follows={
            "w1_new": "0.000814446",
            "w2_new": "0.050814446",
            "w3_new": "0.100814446",
            "w4_new": "0.150814446",
            "w5_new": "0.250814446",
            "w6_new": "0.300814446",
            "w7_new": "0.350814446",
            "w8_new": "0.400814446",
        },
    ),
    Erratum(
        id="E02",
        place="derivation, page 1",
        line=36,
        quantity="the range of η",
        printed="the value of η is 0-1",
        correct="η > 0; a value up to 1 is usual, not required",
        kind="convention",
        origin="author",
        explanation="Nothing in the derivation needs η ≤ 1. Whether a larger step still helps is "
        "a question to try out on the error surface.",
    ),
    Erratum(
        id="E03",
        place="derivation, page 1",
        line=46,
        quantity="the first factor for w5",
        printed="∂Etot/∂w5 = ∂Etot/∂w5·∂outo1/∂o1·∂Etot/∂outo1",
        correct="∂Etot/∂w5 = ∂o1/∂w5·∂outo1/∂o1·∂Etot/∂outo1",
        kind="factor",
        origin="unclear",
        explanation="The sought derivative stands on both sides. In a chain the neighbouring "
        "names must meet: w5 to o1, o1 to outo1, outo1 to Etot; the next lines have it right.",
    ),
    Erratum(
        id="E04",
        place="derivation, page 1",
        line=50,
        quantity="E1 in place of Etot",
        printed="∂E1/∂w5 (one line above: ∂Etot/∂w5)",
        correct="∂Etot/∂w5 = ∂E1/∂w5, because E2 does not contain w5",
        kind="omission",
        origin="author",
        explanation="True, but the reason is not given: w5 leads to o1 only, so E2 adds 0. The "
        "same silent step is made for w6, w7 and w8.",
    ),
    Erratum(
        id="E05",
        place="derivation, page 1",
        line=60,
        quantity="the sigmoid's derivative",
        printed="outo1(1 − outo1), with no = before it",
        correct="∂outo1/∂o1 = outo1(1 − outo1)",
        kind="lost mark",
        origin="unclear",
        explanation="The result stands alone, without = and without working. It follows from the "
        "quotient rule: e^−o1/(1 + e^−o1)² is outo1 times 1 − outo1.",
    ),
    Erratum(
        id="E06",
        place="derivation, page 1",
        line=72,
        quantity="w5_new, struck out",
        printed="w5 − η·(outh1·outo1(1 − outo1))",
        correct="w5 − η·(outh1·outo1(1 − outo1)(−d1 + outo1))",
        kind="factor",
        origin="author",
        explanation="The last factor, ∂E1/∂outo1, was forgotten; the author saw it, struck the "
        "line out and wrote the right one below. Count the factors: a chain of three links has "
        "three.",
        believed={"dEtot/dw5": _times("do1/dw5", "douto1/do1")},
        follows={"dEtot/dw5": "0.110832091", "w5_new": "0.344583955"},
    ),
    Erratum(
        id="E07",
        place="derivation, page 2",
        line=83,
        quantity="the update of w6",
        printed="w6_new = w6 − η·E1/∂w6",
        correct="w6_new = w6 − η·∂E1/∂w6",
        kind="lost mark",
        origin="unclear",
        explanation="The upper ∂ is missing. A derivative always has one above and one below.",
    ),
    Erratum(
        id="E08",
        place="derivation, page 2",
        line=109,
        quantity="the last factor of ∂E2/∂w8",
        printed="(−d2 − outo2)",
        correct="(−d2 + outo2)",
        kind="sign",
        origin="author",
        explanation="−(d2 − outo2) opens to −d2 + outo2. The direction comes out right by luck "
        "and the step about eight times too long; compare the same factor for w7.",
        believed={"dE2/dw8": _W8_SIGN, "dEtot/dw8": Symbol("dE2/dw8")},
        follows={"dEtot/dw8": "-0.184682991", "w8_new": "0.642341496"},
    ),
    Erratum(
        id="E09",
        place="derivation, page 2",
        line=111,
        quantity="the last factor in w8_new",
        printed="(−d2 − outo2)",
        correct="(−d2 + outo2)",
        kind="sign",
        origin="author",
        explanation="The slip of E08, copied into the update. A look at the size finds it: d2 and "
        "outo2 lie between 0 and 1, so their difference cannot come near −2.",
        believed={"w8_new": _minus("w8", _times("eta", _W8_SIGN))},
        follows={"w8_new": "0.642341496"},
    ),
    Erratum(
        id="E10",
        place="derivation, page 3",
        line=132,
        quantity="the left side of the update of w1",
        printed="ω_new = ω1 − …",
        correct="w1_new = w1 − …",
        kind="index",
        origin="unclear",
        explanation="The 1 is missing on the left. The right side shows which weight is meant.",
    ),
    Erratum(
        id="E11",
        place="derivation, page 3",
        line=134,
        quantity="∂h1/∂w1",
        printed="(w1·x1 + w2·x2 + b1)/∂w1",
        correct="∂(w1·x1 + w2·x2 + b1)/∂w1",
        kind="lost mark",
        origin="unclear",
        explanation="The upper ∂ is missing. The result below, x1, is right.",
    ),
    Erratum(
        id="E12",
        place="derivation, page 3",
        line=142,
        quantity="∂o1/∂outh1",
        printed="(outh1·w5 + outh2·w6 + b2)/∂outh1",
        correct="∂(outh1·w5 + outh2·w6 + b2)/∂outh1",
        kind="lost mark",
        origin="unclear",
        explanation="The upper ∂ is missing. The result below, w5, is right.",
    ),
    Erratum(
        id="E13",
        place="derivation, page 3",
        line=150,
        quantity="∂E1/∂outo1",
        printed="E1/∂outo1 = (½(d1 − outo1)²)/∂outo1",
        correct="∂E1/∂outo1 = ∂(½(d1 − outo1)²)/∂outo1",
        kind="lost mark",
        origin="unclear",
        explanation="The upper ∂ is missing on both sides. The result below, −d1 + outo1, is "
        "right.",
    ),
    Erratum(
        id="E14",
        place="derivation, page 3",
        line=154,
        quantity="∂o2/∂outh1",
        printed="(outh1·w7 + outh2·w8 + b2)/∂outh1",
        correct="∂(outh1·w7 + outh2·w8 + b2)/∂outh1",
        kind="lost mark",
        origin="unclear",
        explanation="The upper ∂ is missing. The result below, w7, is right.",
    ),
    Erratum(
        id="E15",
        place="derivation, pages 3 and 5",
        line=126,
        quantity="∂E1/∂outh1 and ∂E1/∂outo1",
        printed="E1/∂outh1, E1/∂outo1",
        correct="∂E1/∂outh1, ∂E1/∂outo1",
        kind="lost mark",
        origin="unclear",
        explanation="The upper ∂ is missing, here twice, below it once, and for E2 on page 5.",
    ),
    Erratum(
        id="E16",
        place="derivation, page 4",
        line=174,
        quantity="the second term of ∂Etot/∂w2",
        printed="∂E2/∂outh2",
        correct="∂E2/∂outh1",
        kind="index",
        origin="author",
        explanation="w2 leads into h1 and reaches both outputs through outh1; outh2 does not see "
        "it. Line 182 then gives this term with w7, so that the final formula for w2 is right "
        "again.",
        # ∂E2/∂outh2 comes later in the calculation, so it is written out here.
        believed={
            "dEtot/dw2": _times(
                "dh1/dw2",
                "douth1/dh1",
                Sum((Symbol("dE1/douth1"), _times("w8", "douto2/do2", "dE2/douto2"))),
            )
        },
        follows={"dEtot/dw2": "0.000831170", "w2_new": "0.199584415"},
    ),
    Erratum(
        id="E17",
        place="derivation, page 4",
        line=182,
        quantity="the left side of ∂E2/∂outh1",
        printed="∂E2/∂outh2 = w7·…",
        correct="∂E2/∂outh1 = w7·…",
        kind="index",
        origin="author",
        explanation="The slip of E16 again: w7 joins h1 to o2, so the right side belongs to "
        "outh1. Harmless for w2; whoever takes it for ∂E2/∂outh2 gets w3 and w4 wrong.",
        believed={"dE2/douth2": _times("w7", "douto2/do2", "dE2/douto2")},
        follows={
            "dE2/douth2": "-0.019049118",
            "dEtot/dw3": "0.000520630",
            "dEtot/dw4": "0.001041260",
        },
    ),
    Erratum(
        id="E18",
        place="derivation, page 4",
        line=180,
        quantity="the outputs' names",
        printed="out1(1 − out1), out2(1 − out2)",
        correct="outo1(1 − outo1), outo2(1 − outo2)",
        kind="symbol",
        origin="unclear",
        explanation="The o is missing on three formulas in a row. Since outh1 exists too, out1 "
        "alone does not say which unit is meant.",
    ),
    Erratum(
        id="E19",
        place="derivation, page 5",
        line=208,
        quantity="∂o1/∂outh2 and ∂outo1/∂o1",
        printed="u6/(outo1(1 − outo1)), one fraction",
        correct="∂o1/∂outh2 = w6 and ∂outo1/∂o1 = outo1(1 − outo1)",
        kind="symbol",
        origin="transcription",
        explanation="Two results, one below the other, were read as one fraction. The left side "
        "of the second stands alone just below.",
    ),
    Erratum(
        id="E20",
        place="derivation, page 5",
        line=212,
        quantity="∂E1/∂outo1",
        printed="2E1/2ω1 = −d1 + ω1 a2",
        correct="∂E1/∂outo1 = −d1 + outo1",
        kind="symbol",
        origin="transcription",
        explanation="The names are garbled. E1 contains d1 and outo1 only, which settles it; page "
        "3 has the same derivative clearly.",
    ),
    Erratum(
        id="E21",
        place="derivation, page 5",
        line=214,
        quantity="∂o2/∂outh2",
        printed="ω3",
        correct="w8",
        kind="index",
        origin="transcription",
        explanation="An 8 read as a 3, on lines 214 and 216. The weight from h2 to o2 is w8, as "
        "the formula on page 6 has it; w3 leads into h2.",
        believed={"do2/douth2": Symbol("w3")},
        follows={"dEtot/dw3": "0.000635217", "w3_new": "0.249682392"},
    ),
    Erratum(
        id="E22",
        place="derivation, page 5",
        line=224,
        quantity="∂E2/∂outo2, the power rule",
        printed="2·½(d2 − outo2)²·(−1)",
        correct="2·½(d2 − outo2)·(−1) = −(d2 − outo2)",
        kind="factor",
        origin="unclear",
        explanation="The exponent must fall by one when it comes down as a factor. For E1 on line "
        "64 the notes write 2−1, and the result below is right here too.",
        believed={"dE2/douto2": Negative(Square(_minus("d2", "outo2")))},
        follows={"dE2/douto2": "-0.047120051"},
    ),
    Erratum(
        id="E23",
        place="derivation, page 6",
        line=230,
        quantity="the page number",
        printed="(8)",
        correct="6",
        kind="symbol",
        origin="transcription",
        explanation="A circled 6 read as an 8: the page goes on with the formula that page 5 ends "
        "with. The numbers of derivation page 2 and example page 3 were not read at all.",
    ),
    Erratum(
        id="E24",
        place="derivation, page 6",
        line=238,
        quantity="∂Etot/∂w4",
        printed="the procedure is the same (no formula)",
        correct="x2·outh2(1 − outh2)(w6·outo1(1 − outo1)(−d1 + outo1) "
        "+ w8·outo2(1 − outo2)(−d2 + outo2)), so ∂Etot/∂w4 = 0.000995425",
        kind="omission",
        origin="author",
        explanation="The formula for w4 is left to the reader. One thing changes from w3: the "
        "input is x2, not x1.",
    ),
    Erratum(
        id="E25",
        place="derivation, page 6",
        line=245,
        quantity="h2_new",
        printed="w3_new·x1 + w4_new·x2 + b2",
        correct="w3_new·x1 + w4_new·x2 + b1",
        kind="index",
        origin="author",
        explanation="Both hidden units have the bias b1, as on page 1; b2 belongs to the outputs.",
        believed={
            "h2_new": Sum((_times("w3_new", "x1"), _times("w4_new", "x2"), Symbol("b2"))),
        },
        follows={"h2_new": "0.642437786", "Etot_new": "0.293164782"},
    ),
    Erratum(
        id="E26",
        place="derivation, page 6",
        line=249,
        quantity="the second forward pass",
        printed="ends with outh2_new",
        correct="goes on to o1_new, o2_new, their outputs and Etot_new = 0.291027774",
        kind="omission",
        origin="author",
        explanation="The notes stop before the reward: the error has gone down. Without this last "
        "number nobody sees that the step was a good one.",
    ),
    Erratum(
        id="E27",
        place="derivation and example",
        line=None,
        quantity="the gradients of the biases",
        printed="absent",
        correct="∂Etot/∂b1 = 0.018725609, ∂Etot/∂b2 = 0.100400325",
        kind="omission",
        origin="author",
        explanation="The biases stay fixed, and the notes do not say so. A shared bias sums over "
        "the units of its layer; trained as well, one step leads to Etot_new = 0.285750887.",
    ),
    Erratum(
        id="E28",
        place="example, page 1",
        line=297,
        quantity="outh1, first number",
        printed="0.596884378",
        correct="0.593269992",
        kind="number",
        origin="author",
        explanation="This is outh2, two lines early; the right digits follow at once. A sigmoid "
        "of 0.3775 cannot equal two different numbers.",
        symbol="outh1",
        digits="0.596884378",
        believed={"outh1": Constant(0.596884378)},
        follows={"o1": "1.107351721", "Etot": "0.298502541"},
    ),
    Erratum(
        id="E29",
        place="example, page 1",
        line=297,
        quantity="outh1, second number",
        printed="593269992",
        correct="0.593269992",
        kind="number",
        origin="unclear",
        explanation="The digits are right, the leading 0 and the point are missing. A sigmoid "
        "lies between 0 and 1.",
        symbol="outh1",
        digits="593269992",
    ),
    Erratum(
        id="E30",
        place="example, page 1",
        line=299,
        quantity="h2",
        printed="not printed",
        correct="h2 = 0.3925",
        kind="omission",
        origin="author",
        explanation="The weighted sum of h2 is skipped on the way to outh2.",
    ),
    Erratum(
        id="E31",
        place="example, page 2",
        line=305,
        quantity="o1",
        printed="0.105905967",
        correct="1.105905967",
        kind="number",
        origin="unclear",
        explanation="The leading 1 became a 0. The exponent two lines below has it right; and b2 "
        "alone is 0.6, so that o1 cannot be near 0.1.",
        symbol="o1",
        digits="0.105905967",
        believed={"o1": Constant(0.105905967)},
        follows={"outo1": "0.526451773"},
    ),
    Erratum(
        id="E32",
        place="example, page 2",
        line=311,
        quantity="o2",
        printed="not printed",
        correct="o2 = 1.224921404",
        kind="omission",
        origin="author",
        explanation="The weighted sum of o2 is skipped on the way to outo2.",
    ),
    Erratum(
        id="E33",
        place="example, page 2 or 3",
        line=330,
        quantity="the weight's name",
        printed="w15",
        correct="w5",
        kind="index",
        origin="transcription",
        explanation="A 5 read as 15, six times on lines 330 to 336. There are only eight weights.",
    ),
    Erratum(
        id="E34",
        place="example, page 3",
        line=348,
        quantity="∂Etot/∂outo1",
        printed="0.74136505",
        correct="0.74136507",
        kind="number",
        origin="unclear",
        explanation="The last digit is wrong: 0.75136507 − 0.01 ends in 7, and the product on "
        "page 4 has the right number.",
        symbol="dEtot/douto1",
        digits="0.74136505",
        believed={"dEtot/douto1": Constant(0.74136505)},
        follows={"dEtot/dw5": "0.082167038"},
    ),
    Erratum(
        id="E35",
        place="example, page 3 or 4",
        line=350,
        quantity="∂outo1/∂o1",
        printed="2out0/2o1 = out0(1 − out0)",
        correct="∂outo1/∂o1 = outo1(1 − outo1)",
        kind="symbol",
        origin="transcription",
        explanation="The o1 was read as a 0. The numbers put in just below show that outo1 "
        "is meant.",
    ),
    Erratum(
        id="E36",
        place="example, page 5",
        line=393,
        quantity="the first factor of ∂E1/∂outh1",
        printed="0.15",
        correct="w5 = 0.4",
        kind="number",
        origin="unclear",
        explanation="0.15 is w1. The weight from h1 to o1 is w5, and the next line puts in its 0.4.",
        symbol="do1/douth1",
        digits="0.15",
        believed={"do1/douth1": Constant(0.15)},
        follows={"dE1/douth1": "0.020774784"},
    ),
    Erratum(
        id="E37",
        place="example, page 5",
        line=393,
        quantity="the last factor of ∂E1/∂outh1",
        printed="(−d1 + outo2)",
        correct="(−d1 + outo1)",
        kind="index",
        origin="unclear",
        explanation="d1 is the target of outo1, and E1 does not contain outo2.",
        believed={
            "dE1/douth1": _times(
                "do1/douth1", "douto1/do1", Sum((Negative(Symbol("d1")), Symbol("outo2")))
            )
        },
        follows={"dE1/douth1": "0.057010776"},
    ),
    Erratum(
        id="E38",
        place="example, page 5",
        line=395,
        quantity="∂E1/∂outo1, as a factor",
        printed="0.79136507",
        correct="0.74136507",
        kind="number",
        origin="unclear",
        explanation="A 4 became a 9. Multiply again: the product printed below belongs to the "
        "number with the 4.",
        symbol="dE1/douto1",
        digits="0.79136507",
        believed={"dE1/douth1": _times("do1/douth1", "douto1/do1", Constant(0.79136507))},
        follows={"dE1/douth1": "0.059135737"},
    ),
    Erratum(
        id="E39",
        place="example, page 5",
        line=391,
        quantity="the left side of ∂E1/∂outh1",
        printed="∂Etot/∂outh1 = ∂o1/∂outh1·∂outo1/∂o1·∂E1/∂outo1",
        correct="∂E1/∂outh1 = ∂o1/∂outh1·∂outo1/∂o1·∂E1/∂outo1",
        kind="index",
        origin="author",
        explanation="The right side is ∂E1/∂outh1 alone; the sum above it adds ∂E2/∂outh1. "
        "Whoever follows this line forgets the second path from h1 to the error.",
        believed={
            "dEtot/douth1": _times("do1/douth1", "douto1/do1", "dE1/douto1"),
        },
        follows={
            "dEtot/douth1": "0.055399425",
            "dEtot/dw1": "0.000668396",
            "w1_new": "0.149665802",
        },
    ),
    Erratum(
        id="E40",
        place="example, page 5",
        line=401,
        quantity="∂E2/∂outh1",
        printed="-0.019049119",
        correct="-0.019049118",
        kind="number",
        origin="published example",
        explanation="The next digit is a 2, so the number rounds to …118; the published example "
        "has …119 too, and the sum on page 6 repeats it. Its result is not touched.",
        symbol="dE2/douth1",
        digits="-0.019049119",
        believed={"dE2/douth1": Constant(-0.019049119)},
        follows={"dEtot/douth1": "0.036350306"},
    ),
    Erratum(
        id="E41",
        place="example, page 4",
        line=381,
        quantity="the weights still to update",
        printed="u1, u2, u3, u4, u5",
        correct="w1, w2, w3, w4",
        kind="index",
        origin="author",
        explanation="w5 has its new value already, further up on the page. The four weights "
        "into the hidden layer are left.",
    ),
    Erratum(
        id="E42",
        place="example, page 6",
        line=431,
        quantity="w3_new",
        printed="0.24995114",
        correct="0.24975114",
        kind="number",
        origin="unclear",
        explanation="A 7 became a 9. w3 must move half as far as w4, because x1 is half of x2; "
        "the error after the step hardly shows the difference.",
        symbol="w3_new",
        digits="0.24995114",
        believed={"w3_new": Constant(0.24995114)},
        follows={"Etot_new": "0.291027861"},
    ),
    Erratum(
        id="E43",
        place="derivation, page 1, to example, page 4",
        line=52,
        quantity="the sign ∂",
        printed="2 or Δ, as in 2outo1/2o1 or ΔEtot/2ω1",
        correct="∂",
        kind="symbol",
        origin="transcription",
        explanation="A handwritten ∂ looks like a 2. On many lines, above and below alike, a "
        "leading 2 that seems to cancel is a ∂.",
    ),
    Erratum(
        id="E44",
        place="derivation, pages 3 and 5; example, pages 4 and 5",
        line=122,
        quantity="the names w and out",
        printed="ωh1, ω_out O1, ω2 a2, u3, u5",
        correct="outh1, outo1, outo2, w3, w5",
        kind="symbol",
        origin="transcription",
        explanation="w was read as ω or u, and out as ω. The chain shows which is meant: each "
        "name above must be the name below in the next factor.",
    ),
    Erratum(
        id="E45",
        place="derivation and example",
        line=257,
        quantity="the targets' name",
        printed="t1, t2 (in the derivation d1, d2)",
        correct="d1, d2 throughout",
        kind="convention",
        origin="author",
        explanation="The example renames the targets, goes back to d1 on page 5, and writes "
        "target_i and output_i in its sum on page 2.",
    ),
    Erratum(
        id="E46",
        place="example, page 5",
        line=395,
        quantity="the product for ∂E1/∂outh1",
        printed="0.4·0.186815602·0.79136507, with no = before it",
        correct="= 0.4·0.186815602·0.74136507",
        kind="lost mark",
        origin="unclear",
        explanation="The line with the numbers put in has no =, although it goes on from line "
        "393. (Its last factor is E38.)",
    ),
    Erratum(
        id="E47",
        place="derivation and example",
        line=40,
        quantity="names with two spellings",
        printed="w5 and W5, x1 and X1, o1 and O1, E1 and E_O1, Etot and Etotal",
        correct="one spelling each: w5, x1, o1, E1, Etot",
        kind="convention",
        origin="author",
        explanation="Capital and small letters mean the same here. Only O1 needs care: it is the "
        "unit in the sentence about the targets, and its weighted sum in the derivatives after it.",
    ),
)
