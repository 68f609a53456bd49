"""What runs on the bench have found, as their experiment has it; kept, since a page asks for it on every run."""

from __future__ import annotations

import functools
import math
import re
from typing import TYPE_CHECKING, Any

import streamlit as st

from resnet_explorer.experiments import RECORDED
from resnet_explorer.figures.still import Still
from resnet_explorer.ui import canvas
from resnet_explorer.ui.parts import live
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.view import link

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    import plotly.graph_objects as go

    from resnet_explorer.experiments.experiment import Drawable
    from resnet_explorer.ui.canvas import Described
    from resnet_explorer.ui.parts.bench import Jobs, RunProgress

_held = functools.partial(re.compile("(?<=×) | (?=%)").sub, "\u00a0")
"""A text with spaces at which no line ends beside these signs."""


@functools.lru_cache(maxsize=64)
def reading(now: RunProgress) -> str:
    """What the numbers so far show."""
    text = RECORDED[now.name].read(now.runs)
    return text.shown(lambda number: parts.inline(_held(number.text), _held(number.working)), _held)


@functools.lru_cache(maxsize=64)
def chart(now: RunProgress, name: str, *, dark: bool) -> tuple[go.Figure, str] | None:
    """One of its charts, and its words; None as long as there is nothing to show."""
    found = _chart(now, name)
    return (Still(found.figure(dark=dark)), found.words()) if found else None


@functools.lru_cache(maxsize=64)
def drawn(now: RunProgress, name: str) -> tuple[Described, str] | None:
    """The same of lines without bands, which is drawn without plotly."""
    found = _chart(now, name)
    return (canvas.described(found.figure()), found.words()) if found else None


def _chart(now: RunProgress, name: str) -> Drawable | None:
    return next(each for each in RECORDED[now.name].charts if each.name == name).draw(now.runs)


def frame(rows: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """Numbers as a table, in which what is not finite is left empty."""
    import pandas as pd  # noqa: PLC0415 - heavy, and only tables need it

    made = pd.DataFrame(rows)
    return made.mask(made.isin([math.inf, -math.inf]))


def missing(it: Jobs, run: str, query: str) -> None:
    """That the run which the link names, by that query, is not there."""
    if run == it.run:
        st.info(live.GONE, icon=":material/history:")
    elif link.arrived(query):
        st.info(live.ELSE, icon=":material/history:")
