"""What matplotlib draws: the frame of the live surface."""

import gc
import re
import sys
import weakref
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib import rc_context, rcParams
from matplotlib.figure import Figure

from bpwidgets import figures, worked_example

SVG = "{http://www.w3.org/2000/svg}"
ENDS = (-4.0, 4.0), (-2.0, 2.0)


@pytest.fixture(scope="module")
def frame() -> figures.Frame:
    return figures.surface_frame("w5", "x1", *ENDS)


def test_the_picture_is_one_svg_without_a_script_a_date_or_a_link_to_elsewhere(frame):
    root = ElementTree.fromstring(frame.svg)
    assert root.tag == f"{SVG}svg"
    tags = {node.tag.removeprefix(SVG) for node in root.iter()}
    assert not tags & {"script", "foreignObject", "image", "a", "animate", "set"}
    names = {name for node in root.iter() for name in node.attrib}
    assert not [name for name in names if name.lower().startswith("on")]
    links = [value for node in root.iter() for name, value in node.items() if "href" in name]
    assert links
    assert all(link.startswith("#") for link in links)
    assert "javascript:" not in frame.svg
    assert "date>" not in frame.svg
    assert not re.search(r"\b20\d\d-\d\d-\d\d", frame.svg)


def numbers(texts: list[str]) -> list[float]:
    return [float(text.replace("−", "-")) for text in texts if re.fullmatch(r"−?[\d.]+", text)]


def comments(svg: str) -> list[str]:
    """The texts that matplotlib drew: it notes each in a comment."""
    return [text.strip() for text in re.findall(r"<!--(.*?)-->", svg, re.DOTALL)]


def test_the_picture_shows_both_names_and_the_ranges(frame):
    drawn = comments(frame.svg)
    assert {"$w_{5}$", "$x_{1}$", r"$E_{\mathrm{tot}}$"} <= set(drawn)
    assert {-4.0, 4.0, -2.0, 2.0} <= set(numbers(drawn))


def test_the_boxes_are_where_the_axes_are(frame):
    """The frames that matplotlib drew around map and colour bar, in parts of the picture."""
    root = ElementTree.fromstring(frame.svg)
    *_, width, height = map(float, root.attrib["viewBox"].split())
    boxes = []
    for axes in ("axes_1", "axes_2"):
        group = next(node for node in root.iter() if node.attrib.get("id") == axes)
        patch = [node for node in group.iter(f"{SVG}path") if "stroke-linecap" in str(node.attrib)]
        points = np.array(
            [
                [float(number) for number in pair]
                for path in patch
                for pair in re.findall(r"[ML] ([\d.]+) ([\d.]+)", path.attrib["d"])
            ]
        )
        low, high = points.min(axis=0), points.max(axis=0)
        boxes.append((*(low / (width, height)), *((high - low) / (width, height))))
    assert boxes[0] == pytest.approx(frame.map_box, abs=1e-4)
    assert boxes[1] == pytest.approx(frame.bar_box, abs=1e-4)
    for left, top, wide, tall in (frame.map_box, frame.bar_box):
        assert 0 < left < left + wide < 1
        assert 0 < top < top + tall < 1


def test_nothing_of_pyplot_and_no_figure_stays():
    alive = weakref.WeakSet()
    init = Figure.__init__

    def counted(self, *args, **options):
        init(self, *args, **options)
        alive.add(self)
        made.append(1)

    made: list[int] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Figure, "__init__", counted)
        for name in ("b1", "b2", "b1", "d1"):  # drawn once each
            figures.surface_frame("w1000", name, *ENDS)
    gc.collect()
    assert len(made) == 3
    assert not alive
    if "matplotlib.pyplot" in sys.modules:
        assert not sys.modules["matplotlib.pyplot"].get_fignums()


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


def test_the_settings_of_whoever_draws_beside_do_not_matter(frame):
    figures.surface_frame.cache_clear()
    mine = {
        "savefig.bbox": "tight",
        "axes.grid": True,
        "xtick.labelsize": 30,
        "svg.fonttype": "none",
    }
    with rc_context(mine):
        again = figures.surface_frame("w5", "x1", *ENDS)
        assert {name: rcParams[name] for name in mine} == mine
    ids = re.compile(r"[pm][0-9a-f]{10}")  # matplotlib draws these by lot
    assert ids.sub("", again.svg) == ids.sub("", frame.svg)
    assert again[1:] == frame[1:]


@pytest.mark.parametrize("low", [0.0, -1e6, 123456.0])
@pytest.mark.parametrize("spread", [1e-6, 1.0, 1e6])
def test_any_range_is_drawn(low, spread):
    ends = (low, low + spread)
    drawn = figures.surface_frame("w5", "w6", ends, ends)
    assert ElementTree.fromstring(drawn.svg).tag == f"{SVG}svg"
