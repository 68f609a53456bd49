"""Charts of training runs: the loss, and the first/last ratio of the weight-gradient norms, over the steps."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import plotly.graph_objects as go

from resnet_explorer.figures.palette import INK, colour, layout, look
from resnet_explorer.spec import title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.records import Step
    from resnet_explorer.spec import NetSpec


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
        return bool(self.spec.options.residual)


def losses(curves: Sequence[Curve], classes: int, *, last: int, dark: bool = False) -> go.Figure:
    """Mini-batch loss in nats against the step, on a log axis, with the line of pure chance, ln(classes)."""
    figure = _figure(curves, [[_drawn(step.loss) for step in c.steps] for c in curves], dark=dark)
    figure.update_layout(layout("step of SGD", "training loss, nats (log)", **_range(last)))
    figure.update_yaxes(type="log", exponentformat="power", dtick=1)
    chance = math.log(classes)
    figure.add_hline(
        y=chance,
        line={"color": INK, "width": 1, "dash": "dot"},
        annotation={"text": f"chance: ln {classes:,} = {chance:.3f}", "font": {"size": 12}, "yanchor": "bottom"},
        annotation_position="top right",
    )
    return figure


def ratios(curves: Sequence[Curve], *, last: int, dark: bool = False) -> go.Figure:
    """First over last convolution's weight-gradient norm against the step, on a log axis; 1 means balanced."""
    figure = _figure(curves, [[_drawn(step.ratio) for step in c.steps] for c in curves], dark=dark)
    figure.update_layout(layout("step of SGD", "first / last gradient norm (log)", **_range(last)))
    figure.update_yaxes(type="log", exponentformat="power", dtick=1)
    figure.add_hline(y=1, line={"color": INK, "width": 1, "dash": "dot"})
    return figure


def _figure(curves: Sequence[Curve], values: list[list[float | None]], *, dark: bool) -> go.Figure:
    return go.Figure(
        [
            {
                "type": "scatter",
                "mode": "lines",
                "name": curve.title,
                "x": [step.step for step in curve.steps],
                "y": series,
                "line": {
                    "color": colour(residual=curve.residual, dark=dark),
                    "dash": look(residual=curve.residual).dash,
                    "width": 2.5,
                },
                "hovertemplate": "%{y:.3g}",
            }
            for curve, series in zip(curves, values, strict=True)
        ]
    )


def _range(last: int) -> dict[str, Any]:
    """The whole run's steps on the axis from the start, so that a growing curve does not move it; named curves."""
    return {
        "xaxis_range": [0, max(1, last)],
        "showlegend": True,
        "legend": {"orientation": "h", "y": 1.12, "x": 0, "yanchor": "top"},
    }


def _drawn(value: float) -> float | None:
    """What a log axis can show; nothing where it cannot."""
    return value if math.isfinite(value) and value > 0 else None
