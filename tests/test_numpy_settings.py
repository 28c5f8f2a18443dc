"""What a notebook tells numpy about floating-point errors changes nothing here."""

import numpy as np
import pytest

import bpwidgets as bp
from bpwidgets.gradient_check import central_difference
from bpwidgets.pictures import curve_picture, saved, slice_picture
from bpwidgets.pictures.diagram import diagram_picture
from bpwidgets.pictures.surface import surface_picture

NET = bp.worked_example()
TINY = dict.fromkeys(NET.names, 1e-300)
NETS = {
    "the notes": NET,
    "sums of −800": NET.replace(b1=-800.0, b2=-800.0),
    "sums of 800": NET.replace(b1=800.0, b2=800.0, d1=1.0),
    "sums of 1e12": NET.replace(w1=9e5, w2=-9e5, x1=1e6, x2=1e6, eta=1e-6),
    "sums of −1e12": NET.replace(w1=-9e5, w3=9e5, x1=1e6),
    "tiny": NET.replace(**TINY),
    "tiny gaps": NET.replace(**TINY | {"d1": 0.5, "d2": 0.5, "w5": 9e5}),
    "all of 0": NET.replace(**dict.fromkeys(NET.names, 0.0)),
}


DRAWN = ("sums of 800", "tiny gaps")  # since drawing takes its time


def sheet(net: bp.Network) -> bytes:
    return saved(bp.worksheet(network=net).page(), "png", 30)


CALLS = {
    "sigmoid": lambda net: bp.sigmoid(np.array([-1e6, -740.0, 0.0, 740.0, 1e6])).tolist(),
    "forward": lambda net: dict(bp.forward(net)),
    "backward": lambda net: dict(bp.backward(net)),
    "backward of a run": lambda net: dict(bp.backward(net, bp.forward(net), rule="sequential")),
    "update": lambda net: dict(bp.update(net, biases="trained")),
    "train": lambda net: bp.train(net, 20, biases="trained", rule="sequential").errors.tolist(),
    "calculation": lambda net: dict(bp.calculation(net).values),
    "breakdown": lambda net: repr(bp.breakdown(net, "w1")),
    "error_surface": lambda net: bp.error_surface(net, "w1", "w5").error.tolist(),
    "error_surface along one": lambda net: bp.error_surface(net, "x1").error.tolist(),
    "check_gradient": lambda net: repr(bp.check_gradient(net)),
    "central_difference": lambda net: central_difference(net, "w1"),
    "carried": lambda net: repr(bp.carried(net, 4)),
    "mark": lambda net: [bp.mark(net, q, "0.1234") for q in ("outh1", "dEtot/dw1", "w1_new")],
    "slips": lambda net: len(bp.cases(net, "dEtot/dw1")),
    "session": lambda net: repr(bp.Session(net).train(5)),
}
FIGURES = {
    "sheet": sheet,
    "diagram": lambda net: saved(diagram_picture(net), "png", 30),
    "map": lambda net: saved(surface_picture(net, "w1", "w5", scale="log"), "png", 30),
    "slice": lambda net: saved(slice_picture(net, "w5"), "png", 30),
    "curve": lambda net: saved(curve_picture(bp.train(net, 5).errors, scale="log"), "png", 30),
    "explorer": lambda net: [view.scene for view in shown(net).views],
}


def shown(net: bp.Network) -> bp.Explorer:
    explorer = bp.Explorer(net, strict=True)
    explorer.session.change(chosen="w1", colours="log", curve="log")
    explorer.session.train(5)
    return explorer


@pytest.mark.parametrize("call", [*CALLS, *FIGURES])
def test_nothing_is_raised_and_nothing_is_different(call):
    made = {**CALLS, **FIGURES}[call]
    for name in NETS if call in CALLS else DRAWN:
        usual = made(NETS[name])
        with np.errstate(all="raise"):
            assert repr(made(NETS[name])) == repr(usual), name


def test_a_complex_step_too():
    with np.errstate(all="raise"):
        for name in ("the notes", "tiny"):
            net = NETS[name]
            total = bp.calculation(net, given={"w1": net["w1"] + 1e-200j})["Etot"].value
            assert total.imag / 1e-200 == pytest.approx(bp.backward(net)["w1"], rel=1e-12)
