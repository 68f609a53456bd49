"""The other way to show a run: its three figures by plotly, sent anew twice a second. A page for `benchmarks.live`."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from benchmarks.live import NET, POLL_SECONDS
from resnet_explorer import jobs as service
from resnet_explorer import preset
from resnet_explorer.figures.palette import colour, layout
from resnet_explorer.figures.runs import Curve, ratios
from resnet_explorer.tasks.train import TrainConfig
from resnet_explorer.ui.pages.gradients import reading as outcome
from resnet_explorer.ui.parts import text as parts

engine = service.engine()
net = preset(NET)
configs = [
    TrainConfig(net=each, steps=int(st.query_params["steps"]), seed=int(st.query_params["seed"]))
    for each in (net.plain, net)
]


def profile(curves: list[Curve]) -> go.Figure:
    """The norm of every layer at the newest step."""
    norms = [(curve, list(curve.paths), list(curve.steps[-1].norms)) for curve in curves]
    return lines(norms, "layer", "gradient norm (log)")


def losses(curves: list[Curve]) -> go.Figure:
    """The loss of each step."""
    found = [(curve, [step.step + 1 for step in curve.steps], [step.loss for step in curve.steps]) for curve in curves]
    return lines(found, "step", "training loss, nats (log)")


def lines(found: Sequence[tuple[Curve, Sequence[Any], list[float]]], x: str, y: str) -> go.Figure:
    """A line for each net."""
    data = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": curve.title,
            "x": at,
            "y": values,
            "line": {"color": colour(residual=curve.residual, dark=False)},
            "hovertemplate": "%{y:.3g}",
        }
        for curve, at, values in found
    ]
    return go.Figure({"data": data, "layout": layout({"title": x}, {"title": y, "type": "log"}, dark=False)})


@st.fragment(run_every=POLL_SECONDS)
def figures(keys: list[str]) -> None:
    """The run so far."""
    now = [found.records for key in keys if (found := engine.snapshot(key))]
    curves = [Curve(spec=config.net, steps=records) for config, records in zip(configs, now, strict=True)]
    parts.chart(profile(curves), key="norms", alt="The gradient norm of every layer.")
    parts.chart(losses(curves), key="losses", alt=outcome.alt_losses(curves))
    parts.chart(ratios(curves, last=configs[0].steps - 1), key="ratios", alt=outcome.alt_ratios(curves))
    st.markdown(f"shown: step {len(now[0])}")


if st.button("Run") or "keys" in st.session_state:
    if "keys" not in st.session_state:
        st.session_state["keys"] = list(map(engine.submit, configs))
    figures(st.session_state["keys"])
