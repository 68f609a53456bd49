"""The other way to show a run: its three figures by plotly, sent anew twice a second. A page for `benchmarks.live`."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from benchmarks.live import NET, POLL_SECONDS
from resnet_explorer import analyse, preset
from resnet_explorer import jobs as service
from resnet_explorer.experiments import TrialRun, pairs
from resnet_explorer.experiments.training import RATIOS
from resnet_explorer.figures.palette import colour, layout
from resnet_explorer.ui.pages.gradients import reading as outcome
from resnet_explorer.ui.parts import text as parts

engine = service.engine()
LAYERS = analyse(NET).weighted
jobs = pairs.jobs(preset(NET), steps=int(st.query_params["steps"]), seed=int(st.query_params["seed"]))


def profile(runs: list[TrialRun]) -> go.Figure:
    """The norm of every layer at the newest step."""
    norms = [(run, [layer.path for layer in LAYERS], list(run.steps[-1].norms)) for run in runs]
    return lines(norms, "layer", "gradient norm (log)")


def losses(runs: list[TrialRun]) -> go.Figure:
    """The loss of each step."""
    found = [(run, [step.step + 1 for step in run.steps], [step.loss for step in run.steps]) for run in runs]
    return lines(found, "step", "training loss, nats (log)")


def lines(found: Sequence[tuple[TrialRun, Sequence[Any], list[float]]], x: str, y: str) -> go.Figure:
    """A line for each net."""
    data = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": run.job.name,
            "x": at,
            "y": values,
            "line": {"color": colour(residual=run.job.residual, dark=False)},
            "hovertemplate": "%{y:.3g}",
        }
        for run, at, values in found
    ]
    return go.Figure({"data": data, "layout": layout({"title": x}, {"title": y, "type": "log"}, dark=False)})


@st.fragment(run_every=POLL_SECONDS)
def figures(keys: list[str]) -> None:
    """The run so far."""
    now = [found.records for key in keys if (found := engine.snapshot(key))]
    runs = [TrialRun(job=job, records=records) for job, records in zip(jobs, now, strict=True)]
    if not all(run.steps for run in runs):
        return
    parts.chart(profile(runs), key="norms", alt="The gradient norm of every layer.")
    parts.chart(losses(runs), key="losses", alt=outcome.alt_losses(runs))
    if ratios := RATIOS.draw(runs):
        parts.chart(ratios.figure(), key="ratios", alt=ratios.words())
    st.markdown(f"shown: step {len(now[0])}")


if st.button("Run") or "keys" in st.session_state:
    if "keys" not in st.session_state:
        st.session_state["keys"] = [engine.submit(job.config) for job in jobs]
    figures(st.session_state["keys"])
