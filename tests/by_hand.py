"""One pass of a 2-2-2 network in plain floats, each slip written out as somebody makes it on paper.

Nothing here uses the package's formulas: a slip's number is worked out anew, so that the catalogue can
be held to it.
"""

from math import exp, tanh

from bpwidgets.network import Network


def s(z: float) -> float:
    return 1 / (1 + exp(-z))


class Paper:
    """All numbers of one network, right ones, under the notes' symbols with _ for what is no letter."""

    def __init__(self, net: Network) -> None:
        for name in net.names:
            setattr(self, name, net[name])
        self.h1 = self.w1 * self.x1 + self.w2 * self.x2 + self.b1
        self.h2 = self.w3 * self.x1 + self.w4 * self.x2 + self.b1
        self.outh1, self.outh2 = s(self.h1), s(self.h2)
        self.o1, self.o2 = self.sums(self.outh1, self.outh2)
        self.outo1, self.outo2 = s(self.o1), s(self.o2)
        self.E1 = (self.d1 - self.outo1) ** 2 / 2
        self.E2 = (self.d2 - self.outo2) ** 2 / 2
        self.Etot = self.E1 + self.E2
        self.term1, self.term2 = self.outo1 - self.d1, self.outo2 - self.d2
        self.slope1, self.slope2 = self.outo1 * (1 - self.outo1), self.outo2 * (1 - self.outo2)
        self.slopeh1 = self.outh1 * (1 - self.outh1)
        self.g5 = self.term1 * self.slope1 * self.outh1
        self.g6 = self.term1 * self.slope1 * self.outh2
        self.g7 = self.term2 * self.slope2 * self.outh1
        self.g8 = self.term2 * self.slope2 * self.outh2
        self.way1 = self.term1 * self.slope1 * self.w5  # dE1/douth1
        self.way2 = self.term2 * self.slope2 * self.w7
        self.g1 = (self.way1 + self.way2) * self.slopeh1 * self.x1

    def sums(self, outh1: float, outh2: float) -> tuple[float, float]:
        return (
            self.w5 * outh1 + self.w6 * outh2 + self.b2,
            self.w7 * outh1 + self.w8 * outh2 + self.b2,
        )

    def after(self, *, trained: bool = False, old_second_layer: bool = False) -> float:
        """The error after one step, with a habit that is not the notes'."""
        way_h2 = self.term1 * self.slope1 * self.w6 + self.term2 * self.slope2 * self.w8
        in2 = way_h2 * self.outh2 * (1 - self.outh2)
        in1 = (self.way1 + self.way2) * self.slopeh1
        outer = self.term1 * self.slope1 + self.term2 * self.slope2
        b1 = self.b1 - trained * self.eta * (in1 + in2)
        b2 = self.b2 - trained * self.eta * outer
        w = [
            self.w1 - self.eta * in1 * self.x1,
            self.w2 - self.eta * in1 * self.x2,
            self.w3 - self.eta * in2 * self.x1,
            self.w4 - self.eta * in2 * self.x2,
        ]
        grads = (self.g5, self.g6, self.g7, self.g8)
        upper = [self.w5, self.w6, self.w7, self.w8]
        if not old_second_layer:
            upper = [weight - self.eta * g for weight, g in zip(upper, grads)]
        a = s(w[0] * self.x1 + w[1] * self.x2 + b1)
        b = s(w[2] * self.x1 + w[3] * self.x2 + b1)
        out1, out2 = s(upper[0] * a + upper[1] * b + b2), s(upper[2] * a + upper[3] * b + b2)
        return ((self.d1 - out1) ** 2 + (self.d2 - out2) ** 2) / 2


# slip, quantity, the number that the slip leads to
BY_HAND = [
    ("wrong sign of the error term", "dEtot/dw5", lambda p: -p.g5),
    ("wrong sign of the error term", "w5_new", lambda p: p.w5 + p.eta * p.g5),
    (
        "wrong sign of the error term",
        "dEtot/dw1",  # at one output only
        lambda p: (-p.way1 + p.way2) * p.slopeh1 * p.x1,
    ),
    ("d plus out", "dEtot/dw8", lambda p: (-p.d2 - p.outo2) * p.slope2 * p.outh2),
    ("d plus out", "E1", lambda p: (p.d1 + p.outo1) ** 2 / 2),
    ("out(1 − out) left out", "dEtot/dw5", lambda p: p.term1 * p.outh1),
    ("out(1 − out) left out", "dEtot/dw1", lambda p: (p.way1 + p.way2) * p.x1),
    (
        "out(1 − out) left out",
        "dEtot/dw1",  # at both outputs
        lambda p: (p.term1 * p.w5 + p.term2 * p.w7) * p.slopeh1 * p.x1,
    ),
    (
        "out(1 − out) left out",
        "dEtot/dw1",  # everywhere
        lambda p: (p.term1 * p.w5 + p.term2 * p.w7) * p.x1,
    ),
    ("plus in out(1 − out)", "dEtot/dw5", lambda p: p.term1 * p.outo1 * (1 + p.outo1) * p.outh1),
    ("half of out(1 − out)", "dEtot/dw5", lambda p: p.term1 * (1 - p.outo1) * p.outh1),
    ("slope of tanh", "douth1/dh1", lambda p: 1 - p.outh1 * p.outh1),
    ("extra 2", "w7_new", lambda p: p.w7 - p.eta * 2 * p.g7),
    ("half kept", "dE2/douto2", lambda p: p.term2 / 2),
    ("half left out", "Etot", lambda p: 2 * p.Etot),
    ("square left out", "E2", lambda p: (p.d2 - p.outo2) / 2),
    ("square left out", "E1", lambda p: p.outo1 - p.d1),
    ("square kept", "dE1/douto1", lambda p: -((p.d1 - p.outo1) ** 2)),
    ("error for its derivative", "w5_new", lambda p: p.w5 - p.eta * p.Etot),
    ("error for its derivative", "dEtot/dw5", lambda p: p.E1 * p.slope1 * p.outh1),
    ("error term left out", "dEtot/dw6", lambda p: p.slope1 * p.outh2),
    ("the other output", "dE1/douto1", lambda p: p.outo2 - p.d1),
    ("only one error", "Etot", lambda p: p.E2),
    ("mean of the errors", "Etot", lambda p: (p.E1 + p.E2) / 2),
    ("bias left out", "h1", lambda p: p.w1 * p.x1 + p.w2 * p.x2),
    ("bias of the other layer", "outh2", lambda p: s(p.w3 * p.x1 + p.w4 * p.x2 + p.b2)),
    ("preactivation for activation", "o1", lambda p: p.sums(p.h1, p.h2)[0]),
    ("preactivation for activation", "dEtot/dw5", lambda p: p.term1 * p.slope1 * p.h1),
    ("preactivation for activation", "dEtot/dw5", lambda p: p.term1 * p.o1 * (1 - p.o1) * p.outh1),
    ("activation of the other unit", "dEtot/dw5", lambda p: p.g6),
    ("activation of the other unit", "o2", lambda p: p.w7 * p.outh2 + p.w8 * p.outh1 + p.b2),
    ("neighbour weight", "dE1/douth1", lambda p: p.term1 * p.slope1 * p.w6),
    ("neighbour weight", "h1", lambda p: p.h2),
    ("transposed weights", "o1", lambda p: p.w5 * p.outh1 + p.w7 * p.outh2 + p.b2),
    ("transposed weights", "dE2/douth1", lambda p: p.term2 * p.slope2 * p.w6),
    ("weight of another layer", "dE1/douth1", lambda p: p.term1 * p.slope1 * p.w1),
    ("activation of the other layer", "o1", lambda p: p.w5 * p.x1 + p.w6 * p.x2 + p.b2),
    ("input left out", "h1", lambda p: p.w1 + p.w2 + p.b1),
    ("input left out", "dEtot/dw1", lambda p: (p.way1 + p.way2) * p.slopeh1),
    ("term left out", "h2", lambda p: p.w4 * p.x2 + p.b1),
    ("sign of a term", "h1", lambda p: p.w1 * p.x1 - p.w2 * p.x2 + p.b1),
    ("sign of the exponent", "outh1", lambda p: 1 / (1 + exp(p.h1))),
    ("sigmoid of the wrong sum", "outo1", lambda p: s(p.o2)),
    ("sigmoid left out", "o1", lambda p: p.w5 * p.h1 + p.w6 * p.outh2 + p.b2),
    ("sigmoid twice", "outh1", lambda p: s(s(p.h1))),
    ("bias for its derivative", "do1/db2", lambda p: p.b2),
    ("weight left out on the way back", "dE1/douth1", lambda p: p.term1 * p.slope1),
    ("weight for activation", "dEtot/dw5", lambda p: p.term1 * p.slope1 * p.w5),
    (
        "updated for old weight",
        "dEtot/douth1",
        lambda p: (
            p.term1 * p.slope1 * (p.w5 - p.eta * p.g5) + p.term2 * p.slope2 * (p.w7 - p.eta * p.g7)
        ),
    ),
    ("only one path", "dEtot/dw1", lambda p: p.way1 * p.slopeh1 * p.x1),
    ("only one path", "dEtot/db2", lambda p: p.term2 * p.slope2),
    ("paths multiplied", "dEtot/dw1", lambda p: p.way1 * p.way2 * p.slopeh1 * p.x1),
    ("sign of a path", "dEtot/dw1", lambda p: (p.way1 - p.way2) * p.slopeh1 * p.x1),
    (
        "neighbour's path",
        "dEtot/douth1",
        lambda p: p.way1 + p.term2 * p.slope2 * p.w8,
    ),
    ("factors added", "dEtot/dw5", lambda p: p.term1 + p.slope1 + p.outh1),
    ("sign dropped", "dEtot/dw7", lambda p: -p.g7),
    ("eta left out", "w5_new", lambda p: p.w5 - p.g5),
    ("eta twice", "w5_new", lambda p: p.w5 - p.eta * p.eta * p.g5),
    ("step added", "w6_new", lambda p: p.w6 + p.eta * p.g6),
    ("only the step", "w6_new", lambda p: p.eta * p.g6),
    ("neighbour's gradient", "w5_new", lambda p: p.w5 - p.eta * p.g6),
    ("old value in the second pass", "h1_new", lambda p: p.h1),
    ("old value in the second pass", "Etot_new", lambda p: p.after(old_second_layer=True)),
    ("bias trained", "Etot_new", lambda p: p.after(trained=True)),
    ("gradient for the new value", "w5_new", lambda p: p.g5),
    ("step left out", "w6_new", lambda p: p.w6),
    ("step left out", "h1_new", lambda p: p.h1 - p.eta * p.g1 * p.x1),  # of w2
    ("step for the gradient", "dEtot/dw5", lambda p: p.eta * p.g5),
    (
        "step for the gradient",
        "dEtot/db2",
        lambda p: p.eta * (p.term1 * p.slope1 + p.term2 * p.slope2),
    ),
    ("target left out", "dE1/douto1", lambda p: p.outo1),
    ("target left out", "dEtot/dw5", lambda p: p.outo1 * p.slope1 * p.outh1),
    ("target left out", "E2", lambda p: p.outo2**2 / 2),
    ("errors multiplied", "Etot", lambda p: p.E1 * p.E2),
    ("errors subtracted", "Etot", lambda p: p.E1 - p.E2),
    ("errors subtracted", "Etot", lambda p: p.E2 - p.E1),
    ("difference of squares", "E1", lambda p: (p.d1**2 - p.outo1**2) / 2),
    ("term for its derivative", "do1/dw5", lambda p: p.w5 * p.outh1),
    ("term for its derivative", "dE2/douth1", lambda p: p.term2 * p.slope2 * p.w7 * p.outh1),
    ("2 for ½", "E1", lambda p: 2 * (p.d1 - p.outo1) ** 2),
    ("gaps added before squaring", "Etot", lambda p: (p.term1 + p.term2) ** 2 / 2),
    (
        "another output's error added",
        "dEtot/dw5",
        lambda p: (p.term1 + p.term2) * p.slope1 * p.outh1,
    ),
    ("slope of another layer", "dEtot/dw5", lambda p: p.term1 * p.slopeh1 * p.outh1),
    ("slope of another layer", "dEtot/dw1", lambda p: (p.way1 + p.way2) * p.slope1 * p.x1),
    ("activation of the own unit", "dEtot/dw1", lambda p: (p.way1 + p.way2) * p.slopeh1 * p.outh1),
    ("bias multiplied", "h1", lambda p: (p.w1 * p.x1 + p.w2 * p.x2) * p.b1),
    ("sums multiplied", "o1", lambda p: (p.w5 + p.w6) * (p.outh1 + p.outh2) + p.b2),
    ("tanh for the sigmoid", "outh1", lambda p: tanh(p.h1)),
    ("out squared", "dEtot/dw5", lambda p: p.term1 * p.outo1**2 * p.outh1),
    ("sigmoid before the slope", "douto1/do1", lambda p: s(p.outo1) * (1 - s(p.outo1))),
    ("bias in each term", "h1", lambda p: p.w1 * p.x1 + p.b1 + p.w2 * p.x2 + p.b1),
    ("products multiplied", "h1", lambda p: p.w1 * p.x1 * p.w2 * p.x2 + p.b1),
    ("weight and input added", "h2", lambda p: p.w3 + p.x1 + p.w4 + p.x2 + p.b1),
    ("reciprocal left out", "outh1", lambda p: 1 / 1 + exp(-p.h1)),
    ("power of e alone", "outh1", lambda p: exp(-p.h1)),
    ("power of e alone", "outo1", lambda p: exp(p.o1)),
    ("slope for the sigmoid", "outh2", lambda p: p.outh2 * (1 - p.outh2)),
    ("another quantity", "h1", lambda p: p.Etot),
    ("another quantity", "dEtot/dw5", lambda p: p.g8),
    ("rounded too early", "E1", lambda p: (p.d1 - round_output(p, 2)) ** 2 / 2),
]


def round_output(p: Paper, places: int) -> float:
    """The first output with every step rounded, given numbers as they are."""
    outh1, outh2 = (round(s(round(h, places)), places) for h in (p.h1, p.h2))
    return round(s(round(p.sums(outh1, outh2)[0], places)), places)
