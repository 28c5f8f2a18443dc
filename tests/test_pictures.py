"""The printed figures: their files, and that what they show is where the core says."""

import re
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from itertools import pairwise, product
from threading import Thread
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib import rc_context, rcParams
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.quiver import Quiver

import bpwidgets as bp
from bpwidgets.network import Network
from bpwidgets.pictures import KINDS, ON_SCREEN, curve_picture, saved, slice_picture
from bpwidgets.pictures.diagram import diagram_picture
from bpwidgets.pictures.relief import relief_image, relief_picture
from bpwidgets.pictures.surface import surface_picture
from bpwidgets.plan import LABEL, NODE, plan, route

NET = bp.worked_example()
WALK = bp.train(NET, 50)
WAY = np.stack([WALK["w5"], WALK["w6"]], axis=1)
MAGIC = {"png": b"\x89PNG\r\n\x1a\n", "svg": b"<?xml", "pdf": b"%PDF-"}
PICTURES: dict[str, Callable[[], Figure]] = {
    "surface": partial(surface_picture, NET, "w5", "w6", after=bp.update(NET), walked=WAY),
    "logarithmic surface": partial(surface_picture, NET, "w5", "d1", scale="log"),
    "slice": partial(slice_picture, NET, "w5"),
    "curve": partial(curve_picture, WALK.errors, 20),
    "logarithmic curve": partial(curve_picture, WALK.errors, 20, scale="log"),
    "relief": partial(relief_picture, NET, "w5", "w6"),
    "diagram": partial(diagram_picture, NET, chosen="w1"),
}


def network(sizes: tuple[int, ...], weight: float | None = None) -> Network:
    """Seeded random numbers, or one number everywhere."""
    rng = np.random.default_rng(7)

    def numbers(*shape: int) -> np.ndarray:
        return rng.uniform(-2, 2, shape) if weight is None else np.full(shape, weight)

    return Network(
        weights=[numbers(after, before) for before, after in pairwise(sizes)],
        biases=numbers(len(sizes) - 1),
        inputs=numbers(sizes[0]),
        targets=numbers(sizes[-1]),
    )


def drawn(svg: bytes) -> list[str]:
    """The texts of an SVG: matplotlib notes each in a comment beside its outlines."""
    return [text.strip() for text in re.findall(r"<!--(.*?)-->", svg.decode(), re.DOTALL)]


def line(axes: Axes, label: str) -> Line2D:
    (found,) = [line for line in axes.lines if str(line.get_label()).startswith(label)]
    return found


def place(axes: Axes, label: str) -> tuple[float, float]:
    (x,), (y,) = line(axes, label).get_data()
    return float(x), float(y)


@pytest.mark.parametrize(("name", "kind"), [*product(PICTURES, KINDS)])
def test_every_picture_can_be_saved_and_is_the_same_every_time(name, kind):
    figure = PICTURES[name]()
    first = saved(figure, kind)
    assert first.startswith(MAGIC[kind])
    assert saved(figure, kind) == first
    assert saved(PICTURES[name](), kind) == first
    if kind == "svg":
        assert ElementTree.fromstring(first).tag.endswith("svg")
        assert "nan" not in re.sub(r"base64,[^\"]*", "", first.decode()).lower().split()


@pytest.mark.parametrize(
    ("name", "texts"),
    list(
        {
            "surface": {
                "$w_{5}$",
                "$w_{6}$",
                r"$E_{\mathrm{tot}}$",
                "the network",
                "the way walked",
            },
            "logarithmic surface": {"$w_{5}$", "$d_{1}$", r"$E_{\mathrm{tot}}$"},
            "slice": {"$w_{5}$", r"$E_{\mathrm{tot}}$", "the network"},
            "curve": {"training step", r"$E_{\mathrm{tot}}$"},
            "relief": {"$w_{5}$", "$w_{6}$", r"$E_{\mathrm{tot}}$"},
            "diagram": {"$x_{1}$", "$h_{1}$", "$E_{2}$", "$w_{5}$ 0.4000", "∂ 0.0822", "0.5933"},
        }.items()
    ),
)
def test_the_notes_symbols_are_written(name, texts):
    assert texts <= set(drawn(saved(PICTURES[name](), "svg")))


@pytest.mark.parametrize("name", [name for name in PICTURES if name != "relief"])
def test_no_text_is_cut_off(name):
    figure = PICTURES[name]()
    box = figure.get_tightbbox()
    width, height = figure.get_size_inches()
    assert box.x0 > -0.01
    assert box.y0 > -0.01
    assert box.x1 < width + 0.01
    assert box.y1 < height + 0.01


def test_a_pdf_has_real_text_and_no_file_has_a_date():
    figure = PICTURES["diagram"]()
    assert b"/TrueType" in saved(figure, "pdf") or b"/Type0" in saved(figure, "pdf")
    for kind in KINDS:
        assert not re.search(rb"CreationDate|<dc:date>|20\d\d-\d\d-\d\d", saved(figure, kind))


def test_other_kinds_scales_and_names_are_refused():
    with pytest.raises(ValueError, match="kind must be 'png' or 'svg' or 'pdf', got 'exe'"):
        saved(PICTURES["curve"](), "exe")
    with pytest.raises(ValueError, match="scale must be"):
        surface_picture(NET, "w5", "w6", scale="cubic")
    with pytest.raises(ValueError, match="scale must be"):
        curve_picture([1.0], scale="cubic")
    with pytest.raises(ValueError, match="step must be a whole number from 0 to 1"):
        curve_picture([1.0, 0.5], 2)
    with pytest.raises(ValueError, match="errors must be a row"):
        curve_picture([])
    with pytest.raises(ValueError, match="walked must have the shape"):
        surface_picture(NET, "w5", "w6", walked=[1.0, 2.0])
    with pytest.raises(KeyError, match="no weight or bias 'x1'"):
        slice_picture(NET, "x1")
    with pytest.raises(KeyError, match="no weight or bias 'w9'"):
        diagram_picture(NET, chosen="w9")
    with pytest.raises(ValueError, match="decimals must be a whole number from 0 to 9"):
        diagram_picture(NET, decimals=10)
    saved(PICTURES["curve"](), "png")  # whatever was refused left the drawing free


def test_the_map_shows_the_point_the_next_one_and_the_way():
    axes = PICTURES["surface"]().axes[0]
    after = bp.update(NET)
    assert place(axes, "the network") == (NET["w5"], NET["w6"])
    assert place(axes, "after the next") == (after["w5"], after["w6"])
    assert np.array_equal(np.transpose(line(axes, "the way").get_data()), WAY)
    assert axes.get_xlim() == axes.get_ylim() == (-4.0, 4.0)


def test_a_mark_outside_the_map_is_not_shown():
    axes = surface_picture(NET, "w5", "w6", x_range=(1, 2), after=bp.update(NET)).axes[0]
    assert not axes.lines


@pytest.mark.parametrize("scale", ["linear", "log"])
def test_the_colours_hold_every_error_of_the_map(scale):
    for net, x, y in ((NET, "w5", "d1"), (NET, "w1", "b1"), (network((2, 3, 1)), "w1", "w7")):
        figure = surface_picture(net, x, y, scale=scale)
        bands = figure.axes[0].collections[0]
        error = bp.error_surface(net, x, y, points=161).error
        heights = np.log10(error) if scale == "log" else error
        assert bands.levels[0] <= heights.min() + 1e-12
        assert heights.max() <= bands.levels[-1] + 1e-12
        assert 5 <= len(bands.levels) <= 15


@pytest.mark.parametrize("names", [("w5", "w6"), ("w1", "b2"), ("x1", "d1"), ("w8", "x2")])
def test_the_arrow_starts_at_the_point_and_points_along_the_gradient(names):
    """Its direction is that of a finite difference of the error, in the numbers on the axes."""
    axes = surface_picture(NET, *names, x_range=(-3, 3), y_range=(-5, 5)).axes[0]
    (arrow,) = [artist for artist in axes.collections if isinstance(artist, Quiver)]
    assert arrow.XY.ravel().tolist() == [NET[name] for name in names]
    small = 1e-5
    slopes = []
    for name in names:
        ends = [bp.forward(NET.replace(**{name: NET[name] + d})) for d in (-small, small)]
        slopes.append((ends[1].total_error - ends[0].total_error) / (2 * small))
    along = np.array([arrow.U.item(), arrow.V.item()])
    unit = along / np.hypot(*along)
    assert unit == pytest.approx(np.array(slopes) / np.hypot(*slopes), abs=1e-5)
    assert np.hypot(*(along / [6, 10])) == pytest.approx(0.18)


def test_without_a_gradient_there_is_no_arrow():
    axes = surface_picture(NET.replace(x1=0, x2=0), "w1", "w2").axes[0]
    assert not [artist for artist in axes.collections if isinstance(artist, Quiver)]


@pytest.mark.parametrize("name", ["w1", "w5", "b1", "b2"])
def test_the_tangent_goes_through_the_point_with_the_gradient_as_its_slope(name):
    axes = slice_picture(NET, name, span=(-2, 3)).axes[0]
    total, gradient = bp.forward(NET).total_error, bp.backward(NET)[name]
    assert place(axes, "the network") == (NET[name], total)
    tangent = line(axes, "slope")
    (x1, x2), (y1, y2) = tangent.get_data()
    assert (x1, x2) == (-2, 3)
    assert (y2 - y1) / (x2 - x1) == pytest.approx(gradient, rel=1e-12)
    assert y1 + gradient * (NET[name] - x1) == pytest.approx(total, rel=1e-12)
    assert bp.backward(NET)[name] == pytest.approx(
        float(str(tangent.get_label()).split()[-1]), 1e-2
    )
    hill = bp.error_surface(NET, name, x_range=(-2, 3), points=161)
    curve = [line for line in axes.lines if len(line.get_xdata()) == 161]
    assert np.array_equal(curve[0].get_data(), (hill.x, hill.error))


def test_the_curve_is_the_history_with_its_mark():
    axes = curve_picture(WALK.errors, 20).axes[0]
    assert np.array_equal(axes.lines[0].get_data(), (np.arange(51), WALK.errors))
    assert place(axes, "step 20") == (20, WALK.errors[20])


@pytest.mark.parametrize("scale", ["linear", "log"])
@pytest.mark.parametrize(
    "errors", [[0.0], [0.0, 0.0], [0.5], [1.0, 0.0, 1e-30], [5e11, 1e-9], [0.2] * 5]
)
def test_any_errors_are_drawn(scale, errors):
    axes = curve_picture(errors, len(errors) - 1, scale=scale).axes[0]
    assert np.isfinite([*axes.get_xlim(), *axes.get_ylim()]).all()
    assert saved(curve_picture(errors, 0, scale=scale), "svg")


def test_the_relief_has_the_point_at_its_height():
    figure = relief_picture(NET, "w5", "w6", azimuth=20, elevation=40, points=21)
    axes = figure.axes[0]
    (x,), (y,), (z,) = axes.lines[-1].get_data_3d()
    assert (x, y, z) == (NET["w5"], NET["w6"], bp.forward(NET).total_error)
    assert (axes.azim, axes.elev) == (20, 40)
    assert len(axes.collections[0].get_facecolor()) == 20 * 20


@pytest.mark.parametrize("azimuth", [-150, -60, 0, 45, 120])
@pytest.mark.parametrize("elevation", [5, 30, 75])
def test_nothing_of_the_relief_is_cut_off_from_wherever_it_is_seen(azimuth, elevation):
    figure = relief_picture(NET, "w5", "x1", azimuth=azimuth, elevation=elevation, points=5)
    box = figure.get_tightbbox()
    width, height = figure.get_size_inches()
    assert min(box.x0, box.y0, width - box.x1, height - box.y1) > -0.01


def edges(figure: Figure) -> dict[str, Line2D]:
    return {str(line.get_gid()): line for line in figure.axes[0].lines}


@pytest.mark.parametrize("chosen", ["w1", "w5", "b1", None])
def test_the_diagram_marks_the_ways_of_the_chosen_parameter(chosen):
    found = edges(diagram_picture(NET, chosen=chosen))
    plain = edges(diagram_picture(NET))
    ways = route(NET.sizes, chosen) if chosen else set()
    assert set(found) == set(plain)
    marked = {name for name in found if found[name].get_color() != plain[name].get_color()}
    assert marked == {f"{start}-{end}" for start, end in ways}
    for name in found:
        thicker = found[name].get_linewidth() > plain[name].get_linewidth() + 1
        assert thicker == (name in marked)


def test_edges_are_as_thick_as_their_weight_and_dashed_below_zero():
    net = NET.replace(w1=-0.1, w2=0.0, w3=3.0)
    found = edges(diagram_picture(net))
    assert found["x1-h1"].get_linestyle() == "--"
    assert found["x2-h1"].get_linestyle() == found["x1-h2"].get_linestyle() == "-"
    widths = {
        abs(net[name]): found["-".join(edge)].get_linewidth()
        for name, edge in plan(net.sizes).edges.items()
    }
    assert [widths[weight] for weight in sorted(widths)] == sorted(set(widths.values()))


@pytest.mark.parametrize("sizes", [(1, 1), (2, 2, 2), (4, 4, 4), (16, 16, 16, 16, 16), (16, 1)])
def test_a_diagram_of_any_size_has_every_number_or_says_that_it_has_not(sizes):
    net = network(sizes)
    figure = diagram_picture(net, chosen=net.symbols.weights[0][0][0])
    texts = [text.get_text() for text in figure.axes[0].texts]
    written = {text.split("$")[1] for text in texts if "$" in text}
    for name in (*net.symbols.inputs, *net.symbols.errors, *net.symbols.biases):
        assert f"{name[0]}_{{{name[1:]}}}" in written
    for name in plan(sizes).edges:
        labelled = f"w_{{{name[1:]}}}" in written
        assert labelled == (name in plan(sizes).label_places)
    assert ("too many to be written" in " ".join(texts)) == (not all(plan(sizes).labelled))
    assert saved(figure, "png", dpi=50)


@pytest.mark.parametrize("decimals", [0, 4, 9])
@pytest.mark.parametrize("net", [NET, network((2, 3, 2), 1e6), network((3, 2, 2), -1e6)], ids=repr)
def test_every_text_of_a_diagram_fits_where_it_stands(net, decimals):
    figure = diagram_picture(net, decimals=decimals)
    axes = figure.axes[0]
    placed = plan(net.sizes)
    columns = {x for x, _ in placed.units.values()}
    figure.draw_without_rendering()
    for text in axes.texts:
        box = text.get_window_extent().transformed(axes.transData.inverted())
        x, y = text.get_position()
        room = NODE[0] if x in columns else LABEL[0]
        assert abs(box.width) <= (placed.width if y > placed.height else room), text.get_text()
        assert abs(box.height) <= 18


@pytest.mark.parametrize(
    "net",
    [
        network((2, 2, 2), 1e6),
        network((2, 2, 2), -1e6),
        network((2, 2, 2), 0.0),
        NET.replace(d1=bp.forward(NET)["outo1"], d2=bp.forward(NET)["outo2"]),
        network((1, 1)),
    ],
    ids=["1e6", "-1e6", "zero", "no error", "1-1"],
)
@pytest.mark.parametrize("scale", ["linear", "log"])
def test_extreme_networks_are_drawn_without_a_warning(net, scale):
    y = "d1" if net.sizes == (1, 1) else "w2"
    pictures = [
        surface_picture(net, "w1", y, scale=scale, after=bp.update(net)),
        surface_picture(net, "w1", "x1", scale=scale, x_range=(-1e6, 1e6), y_range=(0, 1e-6)),
        slice_picture(net, "w1"),
        slice_picture(net, "b1", span=(1e6 - 1e-3, 1e6)),
        relief_picture(net, "w1", y, points=11),
        diagram_picture(net, chosen="b1"),
    ]
    for figure in pictures:
        svg = saved(figure, "svg").decode()
        assert not re.search(r"\bnan\b|\binf\b", svg, re.IGNORECASE)
        for axes in figure.axes:
            assert np.isfinite([*axes.get_xlim(), *axes.get_ylim()]).all()


def test_the_quick_relief_is_a_small_webp_of_the_size_asked_for():
    hill = bp.error_surface(NET, "w5", "w6")
    point = NET["w5"], NET["w6"], bp.forward(NET).total_error
    light = relief_image(hill, point)
    assert light[:4] + light[8:12] == b"RIFFWEBP"
    assert light == relief_image(hill, point)
    others = [
        relief_image(hill, point, dark=True),
        relief_image(hill, point, azimuth=10),
        relief_image(hill, point, elevation=60),
        relief_image(hill, (0.0, 0.0, 0.3)),
        relief_image(hill, point, size=(300, 200)),
    ]
    assert len({light, *others}) == 6
    assert max(map(len, [light, *others])) < 15_000
    assert webp_size(light) == (420, 340)
    assert webp_size(others[-1]) == (300, 200)


def webp_size(data: bytes) -> tuple[int, int]:
    """From the header of a WebP with transparency: three bytes each, less one."""
    assert data[12:16] == b"VP8X"
    return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")


def test_the_settings_of_whoever_draws_beside_do_not_matter():
    expected = saved(PICTURES["surface"](), "svg")
    mine = {"savefig.bbox": "tight", "axes.grid": True, "font.size": 30, "svg.fonttype": "none"}
    with rc_context(mine):
        assert saved(PICTURES["surface"](), "svg") == expected
        assert {name: rcParams[name] for name in mine} == mine


def test_any_number_of_threads_may_draw(busy_threads):
    expected = saved(PICTURES["curve"](), "svg")
    found: list[bytes] = []
    threads = [
        Thread(target=lambda: found.append(saved(PICTURES["curve"](), "svg"))) for _ in "1234"
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 4


@pytest.mark.parametrize("name", PICTURES)
def test_a_notebook_shows_it_as_it_is_saved(name):
    figure = PICTURES[name]()
    content, size = figure._repr_png_()
    assert content.startswith(MAGIC["png"])
    # twice as many pixels as it is shown with, so that it is sharp on a fine screen
    width, height = (int.from_bytes(content[at : at + 4]) for at in (16, 20))
    assert abs(width - 2 * size["width"]) <= 2 and abs(height - 2 * size["height"]) <= 2
    assert content == saved(figure, "png", 2 * ON_SCREEN)


def test_nothing_needs_pyplot():
    look = """
import sys
import bpwidgets as bp
from bpwidgets import pictures
from bpwidgets.pictures import diagram, relief, surface
net = bp.worked_example()
pictures.saved(surface.surface_picture(net, "w5", "w6"), "pdf")
pictures.saved(diagram.diagram_picture(net), "svg")
pictures.saved(pictures.slice_picture(net, "w5"), "png")
pictures.saved(pictures.curve_picture([1, 0.5]), "png")
pictures.saved(relief.relief_picture(net, "w5", "w6"), "png")
relief.relief_image(bp.error_surface(net, "w5", "w6"), (0, 0, 0))
print("matplotlib.pyplot" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
