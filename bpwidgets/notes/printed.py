"""The numbers that the lecture notes print, in the order of their lines.

PRINTED has those that are right: a number that stands on several lines where the notes give it as a
result, and again where it has another name or fewer places.  The wrong ones are among the errata.
REPEATED has the places where one of either is put in once more.  So the three together are every place
in the notes where a number of the example stands.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Printed:
    """One number as the notes print it: ``Printed("h1", "0.3775", "example, page 1", 293)``.

    ``symbol`` is the kit's key, ``digits`` the number as printed, ``line`` its line in the stored
    text of the notes, counted from 1.
    """

    symbol: str
    digits: str
    place: str
    line: int
    note: str = ""

    @property
    def decimals(self) -> int:
        """How many decimals are printed: 4 for 0.3775."""
        return len(self.digits.partition(".")[2])

    @property
    def value(self) -> float:
        return float(self.digits)


PRINTED: tuple[Printed, ...] = (
    Printed("eta", "0.5", "derivation, page 1", 36),
    Printed("d1", "0.01", "example, page 1", 257, "the page writes t1"),
    Printed("d2", "0.99", "example, page 1", 258, "the page writes t2"),
    Printed("x1", "0.05", "example, page 1", 262),
    Printed("x2", "0.1", "example, page 1", 264),
    Printed("b1", "0.35", "example, page 1", 266),
    Printed("b2", "0.6", "example, page 1", 268),
    Printed("w1", "0.15", "example, page 1", 270),
    Printed("w2", "0.2", "example, page 1", 272),
    Printed("w3", "0.25", "example, page 1", 274),
    Printed("w4", "0.3", "example, page 1", 276),
    Printed("w5", "0.4", "example, page 1", 278),
    Printed("w6", "0.45", "example, page 1", 280),
    Printed("w7", "0.5", "example, page 1", 282),
    Printed("w8", "0.55", "example, page 1", 284),
    Printed("eta", "0.5", "example, page 1", 286),
    Printed("h1", "0.3775", "example, page 1", 293),
    Printed("outh2", "0.596884378", "example, page 1", 299),
    Printed("o1", "1.105905967", "example, page 2", 307, "in the exponent; see E31"),
    Printed("outo1", "0.75136507", "example, page 2", 307),
    Printed("outo2", "0.772928465", "example, page 2", 311),
    Printed(
        "E1",
        "0.274811083",
        "example, page 2",
        317,
        "the eight printed places of outo1 alone would give 0.274811084",
    ),
    Printed("E2", "0.023560026", "example, page 2", 321),
    Printed("Etot", "0.298371109", "example, page 2", 323),
    Printed("douto1/do1", "0.186815602", "example, page 4", 356),
    Printed("do1/dw5", "0.593269992", "example, page 4", 360),
    Printed("dEtot/douto1", "0.74136507", "example, page 4", 362, "as a factor; see E34"),
    Printed("outh1", "0.593269992", "example, page 4", 362, "as a factor; for line 297 see E29"),
    Printed("dEtot/dw5", "0.082167041", "example, page 4", 364),
    Printed("w5_new", "0.35891648", "example, page 4", 370),
    Printed("w6_new", "0.408666186", "example, page 4", 374),
    Printed("w7_new", "0.511301270", "example, page 4", 376),
    Printed("w8_new", "0.561370121", "example, page 4", 378),
    Printed("do1/douth1", "0.4", "example, page 5", 395, "the value of w5, as a factor"),
    Printed("douto1/do1", "0.186815602", "example, page 5", 395, "as a factor"),
    Printed("dE1/douth1", "0.055399425", "example, page 5", 397, "right although E38 is above it"),
    Printed("dEtot/douth1", "0.036350306", "example, page 6", 407),
    Printed("outh1", "0.59326999", "example, page 6", 411, "to eight places"),
    Printed("douth1/dh1", "0.241300709", "example, page 6", 413),
    Printed("dh1/dw1", "0.05", "example, page 6", 415),
    Printed("dEtot/dw1", "0.000438568", "example, page 6", 421),
    Printed("w1_new", "0.149780716", "example, page 6", 427),
    Printed("w2_new", "0.19956143", "example, page 6", 429),
    Printed("w4_new", "0.29950229", "example, page 6", 433),
)

# Where a later line puts in a number of PRINTED or of the errata once more, as it is printed there.
REPEATED: tuple[Printed, ...] = (
    Printed("w1", "0.15", "example, page 1", 292),
    Printed("x1", "0.05", "example, page 1", 292),
    Printed("w2", "0.2", "example, page 1", 292),
    Printed("x2", "0.1", "example, page 1", 292),
    Printed("b1", "0.35", "example, page 1", 292),
    Printed("h1", "0.3775", "example, page 1", 295, "in the exponent"),
    Printed("d1", "0.01", "example, page 2", 317),
    Printed("outo1", "0.75136507", "example, page 2", 317),
    Printed("d1", "0.01", "example, page 3", 346),
    Printed("outo1", "0.75136507", "example, page 3", 346),
    Printed("outo1", "0.75136507", "example, page 4", 354),
    Printed("outo1", "0.75136507", "example, page 4", 354, "in 1 − outo1"),
    Printed("douto1/do1", "0.186815602", "example, page 4", 362),
    Printed("w5", "0.4", "example, page 4", 368),
    Printed("eta", "0.5", "example, page 4", 368),
    Printed("dEtot/dw5", "0.082167041", "example, page 4", 368),
    Printed("dE1/douth1", "0.055399425", "example, page 6", 405),
    Printed("dE2/douth1", "-0.019049119", "example, page 6", 405, "wrong; E40 once more"),
    Printed("outh1", "0.59326999", "example, page 6", 411, "in 1 − outh1"),
    Printed("dh1/dw1", "0.05", "example, page 6", 419),
    Printed("douth1/dh1", "0.241300709", "example, page 6", 419),
    Printed("dEtot/douth1", "0.036350306", "example, page 6", 419),
    Printed("w1", "0.15", "example, page 6", 425),
    Printed("eta", "0.5", "example, page 6", 425),
    Printed("dEtot/dw1", "0.000438568", "example, page 6", 425),
)

# What the hand calculation needs and the notes print no number for, under any name; in its order.
# (w3_new is printed, with a wrong digit: E42.)  The last two rows are the second forward pass.
UNPRINTED: tuple[str, ...] = (
    *("h2", "o2"),
    *("dEtot/dw6", "dE2/douto2", "douto2/do2", "dEtot/dw7", "dEtot/dw8"),
    *("dEtot/dw2", "dE1/douth2", "dE2/douth2", "dEtot/douth2", "douth2/dh2"),
    *("dEtot/dw3", "dEtot/dw4"),
    *("h1_new", "outh1_new", "h2_new", "outh2_new", "o1_new", "outo1_new", "o2_new", "outo2_new"),
    *("E1_new", "E2_new", "Etot_new"),
)
