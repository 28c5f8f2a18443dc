"""What the views say of units whose outputs are practically 1 or 0."""

import math

from oracle import plain_forward

import bpwidgets as bp
from bpwidgets.pictures.diagram import diagram_picture

NET = bp.worked_example()
FLAT = NET.replace(b2=40.0)
SAID = "hardly any error comes back through it."


def test_the_diagram_marks_the_output_and_says_so(explorer):
    diagram = explorer["diagram"]
    assert "practically" not in diagram.scene["spoken"]
    explorer.session.change(network=FLAT)
    assert [diagram.scene["nodes"][unit][1] for unit in ("o1", "o2")] == ["≈1.000", "≈1.000"]
    assert "≈" not in diagram.scene["nodes"]["h1"][1]
    assert diagram.scene["spoken"].endswith(
        "outo1 and outo2 are practically 1: hardly any error comes back through them."
    )
    explorer.session.change(at="outo1")  # outo2 is not reached yet
    away = f"{math.exp(-plain_forward(FLAT)['o1']):.2e}"
    assert f"outo1 is practically 1, only {away} away: {SAID}" in diagram.scene["spoken"]
    assert "outo2" not in diagram.scene["spoken"]
    explorer.session.change(at="outh1")
    assert "practically" not in diagram.scene["spoken"]


def test_the_breakdown_says_so_of_the_units_on_the_way(explorer):
    spoken = lambda: explorer["breakdown"].scene["spoken"]  # noqa: E731
    explorer.session.change(network=FLAT.replace(b1=-40.0), chosen="w5")
    assert "outo1 is practically 1" in spoken() and "outo2" not in spoken()
    assert "outh1" not in spoken()
    explorer.session.change(chosen="w1")
    assert "outo1 and outo2 are practically 1" in spoken() and "outh1 is practically 0" in spoken()
    assert "outh2" not in spoken()
    explorer.session.change(network=NET)
    assert "practically" not in spoken()


def test_the_gradient_itself_is_no_0(explorer):
    explorer.session.change(network=FLAT, chosen="w5")
    assert "The gradient of w5 is 0.000000000" not in explorer["breakdown"].scene["spoken"]
    assert all(
        "e−" in row[1] or "e-" in row[1] for row in explorer["gradients"].scene["rows"].values()
    )


def test_stepping_says_so_at_the_output_and_at_its_slope(explorer):
    steps = explorer["steps"]
    explorer.session.change(network=FLAT)
    for symbol, is_said in {"outh1": False, "outo1": True, "douto1/do1": True, "E1": False}.items():
        explorer.session.change(at=symbol)
        assert steps.scene["spoken"].endswith(SAID) == is_said, symbol
    explorer.session.change(at="do1/douth1")
    assert "practically" not in steps.scene["spoken"]


def test_the_printed_diagram_marks_it_too():
    for net, is_marked in ((FLAT, True), (NET, False)):
        written = [text.get_text() for text in diagram_picture(net).axes[0].texts]
        assert ("≈1.000" in written) == is_marked
        assert any("hardly any error" in text for text in written) == is_marked
