"""Where a chart becomes plotly's, and its numbers numpy's: what describes charts needs neither."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from resnet_explorer.figures.palette import layout

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go


def chart(
    data: Sequence[dict[str, Any]], x: dict[str, Any], y: dict[str, Any], *, dark: bool, **more: Any
) -> go.Figure:
    """The chart of these traces, laid out as every chart is."""
    import pandas as pd  # noqa: F401, PLC0415 - plotly takes one for whole that another thread is loading
    import plotly.graph_objects as go  # noqa: PLC0415 - heavy, and only drawn charts need it

    return go.Figure({"data": data, "layout": {"template": _empty(), **layout(x, y, dark=dark, **more)}})


def array(values: Sequence[Any]) -> Any:
    """Numbers, or rows of them, as an array, which travels as bytes at a tenth of the cost.

    Of 16 or 32 bits each, where these hold them: whole numbers as they are, others to seven digits, of which three are
    shown.
    """
    import numpy as np  # noqa: PLC0415 - heavy, and only drawn charts need it

    exact = np.asarray(values, dtype=np.float64)
    with np.errstate(invalid="ignore", over="ignore"):
        *wholes, short = (exact.astype(kind) for kind in (np.int16, np.int32, np.float32))
    for whole in wholes:
        if np.array_equal(whole, exact):
            return whole
    return short if np.allclose(short, exact, rtol=1e-6, atol=0) else exact


@functools.cache
def _empty() -> go.layout.Template:
    """Nothing at all: plotly's own template would be most of a small chart's bytes and of the time to make it."""
    import plotly.graph_objects as go  # noqa: PLC0415 - heavy, and only drawn charts need it

    return go.layout.Template()
