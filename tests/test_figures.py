"""What matplotlib's figures and the live pictures share."""

import numpy as np
import pytest

from bpwidgets import figures, worked_example


def test_the_colours_are_256_from_dark_to_light():
    table = np.frombuffer(figures.colour_table(), np.uint8).reshape(-1, 3)
    assert table.shape == (256, 3)
    assert table[0].tolist() == [68, 1, 84]  # viridis, as published
    assert table[-1].tolist() == [253, 231, 37]
    luminance = table @ [0.2126, 0.7152, 0.0722]
    assert (np.diff(luminance) > -1.0).all()  # within the rounding to a byte
    assert (luminance[16:] > luminance[:-16]).all()


@pytest.mark.parametrize("name", [*worked_example().names[:-1], "w1000", "Etot"])
def test_every_name_can_be_a_label(name):
    letter, index = (name[:1], name[1:])
    expected = r"$E_{\mathrm{tot}}$" if name == "Etot" else f"${letter}_{{{index}}}$"
    assert figures.mathtext(name) == expected
