"""The table of every operation, when somebody opens it, with the working of each number on a click."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import streamlit as st

from resnet_explorer.analysis import formula, shapes
from resnet_explorer.analysis.measures import MEASURES
from resnet_explorer.analysis.metrics import METRICS
from resnet_explorer.spec import reference, title
from resnet_explorer.ui.parts import cells
from resnet_explorer.ui.view import cached

if TYPE_CHECKING:
    from resnet_explorer.spec.imports import Net

FIELD, SHAPE = "field_px", "output_shape"


def table(spec: Net) -> None:
    """Every operation of a net, in the order in which they run."""
    cells.behind(
        "Every operation, to sort and to search",
        functools.partial(cached.arrow, spec),
        functools.partial(_row, spec),
        key="layers",
        of=reference(spec),
        height=360,
        column_config={
            **cells.counts(METRICS.names),
            FIELD: st.column_config.NumberColumn(MEASURES[FIELD].column),
            SHAPE: "output",
        },
        alt=f"Every operation of {title(spec)}: path, kernel, stride, output shape, parameters, MACs",
    )


def _row(spec: Net, at: int) -> cells.RowWorkings:
    report = cached.report(spec)
    layer = report.layers[at]
    counts = {name: (MEASURES[name].title, formula.of_layer(report, layer, name)) for name in (*METRICS.names, FIELD)}
    return cells.RowWorkings(layer.path, {**counts, SHAPE: ("output", shapes.of_shape(layer))})
