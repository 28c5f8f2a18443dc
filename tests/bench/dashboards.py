"""The dashboards that are measured, as a teacher would write them today.

Each is one notebook: the network where it is needed, then the dashboard.  All move the same weight by
the same steps; those with pictures compute the error's grid once, before anything moves.
"""

from dataclasses import dataclass

NETWORK = """
import numpy as np

x1, x2, d1, d2 = 0.05, 0.10, 0.01, 0.99
w1, w2, w3, w4, w7, w8, b1, b2 = 0.15, 0.20, 0.25, 0.30, 0.50, 0.55, 0.35, 0.60


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


outh1 = sigmoid(w1 * x1 + w2 * x2 + b1)
outh2 = sigmoid(w3 * x1 + w4 * x2 + b1)
outo2 = sigmoid(w7 * outh1 + w8 * outh2 + b2)


def first_output(w5, w6):
    return sigmoid(w5 * outh1 + w6 * outh2 + b2)


def error(w5, w6):
    return (d1 - first_output(w5, w6)) ** 2 / 2 + (d2 - outo2) ** 2 / 2


line = np.linspace(-4, 4, 61)
W5, W6 = np.meshgrid(line, line)
ERROR = error(W5, W6)
"""

ECHO = """
from ipywidgets import FloatSlider, Label, VBox

slider = FloatSlider(value=0.4, min=-4, max=4, step=0.01, description="w5")
label = Label("0.4")


def show(change):
    label.value = str(change["new"])


slider.observe(show, "value")
VBox([slider, label])
"""

INTERACT = """
import matplotlib.pyplot as plt
from IPython.display import Markdown, Math, display
from ipywidgets import FloatSlider, interact


@interact(
    w5=FloatSlider(value=0.4, min=-4, max=4, step=0.01),
    w6=FloatSlider(value=0.45, min=-4, max=4, step=0.01),
)
def dashboard(w5, w6):
    figure = plt.figure(figsize=(10, 4))
    flat = figure.add_subplot(1, 2, 1)
    figure.colorbar(flat.contourf(W5, W6, ERROR, levels=20))
    flat.plot(w5, w6, "ro")
    flat.set_xlabel("w5")
    flat.set_ylabel("w6")
    solid = figure.add_subplot(1, 2, 2, projection="3d")
    solid.plot_surface(W5, W6, ERROR, cmap="viridis", alpha=0.8)
    solid.scatter(w5, w6, error(w5, w6), color="red")
    plt.show()
    out = first_output(w5, w6)
    slope = -(d1 - out) * out * (1 - out) * outh1
    display(Markdown(f"**Total error** {error(w5, w6):.9f}"))
    display(Math(
        r"\\frac{\\partial E}{\\partial w_5} = -(d_1 - out_1)\\, out_1 (1 - out_1)\\, out_{h1} = "
        rf"-({d1} - {out:.9f}) \\cdot {out:.9f} \\cdot {1 - out:.9f} \\cdot {outh1:.9f} = {slope:.9f}"
    ))
    display(Math(rf"w_5^{{new}} = {w5} - 0.5 \\cdot {slope:.9f} = {w5 - 0.5 * slope:.9f}"))
"""

IPYMPL = """
%matplotlib widget
import matplotlib.pyplot as plt
from ipywidgets import FloatSlider, VBox

with plt.ioff():
    figure, axes = plt.subplots(figsize=(5, 4))
figure.colorbar(axes.contourf(W5, W6, ERROR, levels=20))
(point,) = axes.plot(0.4, 0.45, "ro")
title = axes.set_title(f"error {error(0.4, 0.45):.9f}")
slider = FloatSlider(value=0.4, min=-4, max=4, step=0.01, description="w5")


def move(change):
    point.set_data([change["new"]], [0.45])
    title.set_text(f"error {error(change['new'], 0.45):.9f}")
    figure.canvas.draw_idle()


slider.observe(move, "value")
VBox([slider, figure.canvas])
"""

PLOTLY = """
import plotly.graph_objects as go
from ipywidgets import FloatSlider, VBox

figure = go.FigureWidget([
    go.Contour(x=line, y=line, z=ERROR, colorscale="Viridis"),
    go.Scatter(x=[0.4], y=[0.45], mode="markers", marker={"color": "red", "size": 10}),
])
figure.update_layout(width=520, height=420, title=f"error {error(0.4, 0.45):.9f}")
slider = FloatSlider(value=0.4, min=-4, max=4, step=0.01, description="w5")


def move(change):
    with figure.batch_update():
        figure.data[1].x = [change["new"]]
        figure.layout.title.text = f"error {error(change['new'], 0.45):.9f}"


slider.observe(move, "value")
VBox([slider, figure])
"""

EXPLORER = """
import bpwidgets as bp

bp.Explorer()
"""


@dataclass(frozen=True)
class Dashboard:
    """One contender.

    cells: the notebook's sources; the last one shows the dashboard
    slider: the element that takes the keys and the mouse
    control: the element around it, which changes before Python has heard anything
    needs: what it imports beside the kit's own dependencies
    """

    name: str
    cells: tuple[str, ...]
    slider: str = ".noUi-handle"
    control: str = ".widget-slider"
    needs: str = "ipywidgets"


ECHO_NAME, INTERACT_NAME, EXPLORER_NAME = "echo", "interact", "Explorer"
DASHBOARDS = (
    Dashboard(ECHO_NAME, (ECHO,)),
    Dashboard(EXPLORER_NAME, (EXPLORER,), 'input[aria-label="w5"]', ".bp-controls"),
    Dashboard("ipympl", (NETWORK, IPYMPL), needs="ipympl"),
    Dashboard("plotly", (NETWORK, PLOTLY), needs="plotly"),
    Dashboard(INTERACT_NAME, (NETWORK, INTERACT)),
)
