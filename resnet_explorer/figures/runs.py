"""Charts of training runs: the loss, and the first/last ratio of the weight-gradient norms, over the steps."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import plotly.graph_objects as go

from resnet_explorer.figures.palette import colour, layout, look, rule
from resnet_explorer.spec import title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.records import Step
    from resnet_explorer.spec import NetSpec

LOG = {"type": "log", "exponentformat": "power", "dtick": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """One net's run so far."""

    spec: NetSpec
    steps: Sequence[Step]

    @property
    def title(self) -> str:
        """What the net is called."""
        return title(self.spec)

    @property
    def residual(self) -> bool:
        """Whether it has shortcuts."""
        return self.spec != self.spec.plain


def losses(curves: Sequence[Curve], classes: int, *, last: int, dark: bool = False) -> go.Figure:
    """Mini-batch loss in nats against the step, on a log axis, with the line of pure chance, ln(classes)."""
    chance = math.log(classes)
    label = {
        "x": 1,
        "xref": "paper",
        "y": math.log10(chance) if chance else 0,
        "text": f"chance: ln {classes:,} = {chance:.3f}",
        "showarrow": False,
        "xanchor": "right",
        "yanchor": "bottom",
    }
    lines = [(curve, [step.loss for step in curve.steps]) for curve in curves]
    more = {"shapes": [rule(y=chance)], "annotations": [label]} if chance else {}
    return _figure(lines, "training loss, nats (log)", last, dark=dark, **more)


def ratios(curves: Sequence[Curve], *, last: int, dark: bool = False) -> go.Figure:
    """First over last convolution's weight-gradient norm against the step, on a log axis; 1 means balanced."""
    lines = [(curve, [step.ratio for step in curve.steps]) for curve in curves]
    return _figure(lines, "first / last gradient norm (log)", last, dark=dark, shapes=[rule(y=1)])


def _figure(lines: Sequence[tuple[Curve, list[float]]], y: str, last: int, *, dark: bool, **more: Any) -> go.Figure:
    """The whole run's steps are on the axis from the start, so that a growing curve does not move it."""
    x = {"title": "step of SGD", "range": [0, max(1, last)]}
    legend = {"orientation": "h", "y": 1.02, "x": 0, "yanchor": "bottom"}
    return go.Figure(
        {
            "data": [_line(curve, values, dark=dark) for curve, values in lines],
            "layout": layout(x, {"title": y, **LOG}, dark=dark, showlegend=True, legend=legend, **more),
        }
    )


def _line(curve: Curve, values: list[float], *, dark: bool) -> dict[str, Any]:
    """What a log axis cannot show is left out."""
    return {
        "type": "scatter",
        "mode": "lines",
        "name": curve.title,
        "x": [step.step for step in curve.steps],
        "y": [value if math.isfinite(value) and value > 0 else None for value in values],
        "line": {
            "color": colour(residual=curve.residual, dark=dark),
            "dash": look(residual=curve.residual).dash,
            "width": 2.5,
        },
        "hovertemplate": "%{y:.3g}",
    }
