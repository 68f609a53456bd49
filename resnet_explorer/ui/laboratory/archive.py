"""Recorded runs on the page: shown as what they are, with what made them and the command that repeats them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from resnet_explorer.laboratory.recorded import recorded
from resnet_explorer.ui.laboratory.bench import Seen

if TYPE_CHECKING:
    from resnet_explorer.laboratory.recorded import Recorded
    from resnet_explorer.ui.laboratory.bench import Bench


def kept(it: Bench) -> Recorded | None:
    """The recorded runs of exactly these choices, if there are any."""
    found = recorded(it.experiment) if it.choices == type(it.choices)() else None
    return found if found and tuple(run.job for run in found.runs) == it.jobs else None


def seen(it: Bench, runs: Recorded) -> Seen:
    """Recorded runs, as if they had just ended."""
    stamp = tuple((key, len(run.records), runs.date) for key, run in zip(it.keys, runs.runs, strict=True))
    return Seen(it.experiment.name, stamp, runs.runs, finished=True, messages=())


def label(it: Bench, runs: Recorded, *, hidden: bool) -> None:
    """What is shown, and how to get it again."""
    seeds = sorted({run.job.seed for run in runs.runs})
    what = "A recorded run waits behind the question" if hidden else "**This is a recorded run**"
    threads = "one thread" if runs.threads == 1 else f"{runs.threads} threads"
    st.caption(
        f"{what}: made by this code on {runs.date}, {runs.processor}, {threads}, PyTorch {runs.torch}, "
        f"Python {runs.python}, seed{'s' if len(seeds) > 1 else ''} {', '.join(map(str, seeds))}. "
        f"Press Run to measure it here and now, or repeat it by `python -m resnet_explorer rerun {it.experiment.name}`."
    )
