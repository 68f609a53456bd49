"""Charts of training runs: the loss, and the first/last ratio of the weight-gradient norms, over the steps."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from resnet_explorer.analysis.frozen import NOTHING, frozen
from resnet_explorer.figures import hover
from resnet_explorer.figures.chart import array, chart
from resnet_explorer.figures.palette import colour, look, rule
from resnet_explorer.figures.scale import POWER_PX
from resnet_explorer.spec import title
from resnet_explorer.spec.ops import NORMALISING, WEIGHTED

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go

    from resnet_explorer.spec import NetSpec
    from resnet_explorer.tasks.train import Step

MOST_TICKS = 6
QUOTIENT = "%{customdata[0]:.3g} ÷ %{customdata[1]:.3g} = %{y:.3g}"
"""A ratio as the quotient of two norms."""


def outer(spec: NetSpec, freeze: str = NOTHING) -> tuple[int, int]:
    """The places, among the layers with weights, of the main path's first and last convolution that is not frozen."""
    paths = [node.path for node in spec.graph if node.op.kind in WEIGHTED]
    held = frozen(spec.graph, freeze)
    convs = [node for node in spec.graph.convolutions if node.path not in held] or spec.graph.convolutions
    return paths.index(convs[0].path), paths.index(convs[-1].path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """One net's run so far, of which some layers may be frozen. The norms of a step follow `paths`."""

    spec: NetSpec
    steps: Sequence[Step]
    freeze: str = NOTHING

    @property
    def title(self) -> str:
        """What the net is called."""
        return title(self.spec)

    @property
    def residual(self) -> bool:
        """Whether it has shortcuts."""
        return self.spec.plain != self.spec

    @property
    def normed(self) -> bool:
        """Whether it has normalisation."""
        return any(node.op.kind in NORMALISING for node in self.spec.graph)

    @property
    def paths(self) -> tuple[str, ...]:
        """Its convolutions and fully connected layers, in order."""
        return tuple(node.path for node in self.spec.graph if node.op.kind in WEIGHTED)

    @property
    def outer(self) -> tuple[int, int]:
        """The places, among the norms of a step, of the first and of the last convolution of the main path."""
        return outer(self.spec, self.freeze)

    def ends(self, step: int) -> tuple[float, float]:
        """The norms of these two, at one step."""
        norms = self.steps[step].norms
        first, last = self.outer
        return norms[first], norms[last]


_Told = tuple[Curve, list[float], dict[str, Any]]
"""A run, its values, and what they say of themselves."""


def ratios(curves: Sequence[Curve], *, last: int, dark: bool = False) -> go.Figure:
    """First over last convolution's weight-gradient norm against the step, on a log axis; 1 means balanced."""
    lines = [(curve, [step.ratio for step in curve.steps], _quotients(curve)) for curve in curves]
    y = {"title": "first / last gradient norm (log)", "how": "quotient of two measured norms"}
    return _figure(lines, y, last, dark=dark, shapes=[rule(y=1)])


def _quotients(curve: Curve) -> dict[str, Any]:
    """What the ratios say of themselves; the norms travel as bytes."""
    first, last = curve.outer
    norms = array([(step.norms[first], step.norms[last]) for step in curve.steps])
    return {"customdata": norms, "hovertemplate": QUOTIENT}


def _figure(lines: Sequence[_Told], y: dict[str, str], last: int, *, dark: bool, **more: Any) -> go.Figure:
    """The whole run's steps are on the axis from the start, so that a growing curve does not move it."""
    told = hover.heading("step of SGD", y["title"], y["how"])
    x = {"title": "step of SGD", "range": [1, max(2, last + 1)], **told}
    legend = {"orientation": "h", "y": 1.02, "x": 0, "yanchor": "bottom"}
    data = [_line(curve, values, dark=dark) | told for curve, values, told in lines]
    y_axis = {"title": y["title"], **_log(lines, more)}
    return chart(data, x, y_axis, dark=dark, showlegend=True, legend=legend, **more)


def _log(lines: Sequence[_Told], more: dict[str, Any]) -> dict[str, Any]:
    """A log axis with a tick at each decade, or at every second, third, ... where there are many."""
    rules = [shape["y0"] for shape in more.get("shapes", ())]
    shown = [
        math.log10(v) for v in (*rules, *(v for _, values, _ in lines for v in values)) if math.isfinite(v) and v > 0
    ]
    decades = max(shown, default=1.0) - min(shown, default=0.0)
    fine = {"tickmode": "auto", "nticks": MOST_TICKS} if decades < 2 else {"dtick": math.ceil(decades / MOST_TICKS)}
    return {"type": "log", "exponentformat": "power", "tickfont": {"size": POWER_PX}, **fine}


def _line(curve: Curve, values: list[float], *, dark: bool) -> dict[str, Any]:
    """What a log axis cannot show is left out."""
    return {
        "type": "scatter",
        "mode": "lines",
        "name": curve.title,
        "x": [step.step + 1 for step in curve.steps],
        "y": [value if math.isfinite(value) and value > 0 else None for value in values],
        "line": {
            "color": colour(residual=curve.residual, dark=dark),
            "dash": look(residual=curve.residual).dash,
            "width": 2.5,
        },
    }
