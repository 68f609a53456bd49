"""Gradient norms on their way to the browser: all steps of a run at once, so that it is replayed there."""

from __future__ import annotations

import base64
import functools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from resnet_explorer.analysis import analyse
from resnet_explorer.diagrams import WITH_NORMS, Drawing, axis
from resnet_explorer.ui.canvas.written import Json, array, fields, record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.analysis import Report
    from resnet_explorer.spec.imports import Net
    from resnet_explorer.tasks.train import Step

MOST_VALUES = 30_000
"""Norms that are sent of one run; of a longer one, every second step, or third, ..."""
ZERO, BROKEN = -32768, 32767
"""What stands for a norm of 0, and for one that is not finite; all others are 700 times their logarithm."""
DECADE = 700
"""As many as 16 bits allow for all that a 32-bit float can be, from 1.4e-45 to 3.4e38."""


class Shown(NamedTuple):
    """What the row under the net shows: its name, of what, and its short name.

    `still`: of one moment, without a slider; `note` stands where the lines will be as long as there are none; `none`
    says what a number that is none means.
    """

    title: str
    unit: str
    short: str
    still: bool = False
    note: str = ""
    none: str = "not finite"


GRADIENT = Shown("gradient norm", "of each weight", "gradient")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RunFrames:
    """A net's run so far, equal to none but itself.

    The norms of each step follow `report.weighted`, or hold so many `rows` of numbers that do, one after the other;
    `weight` is from 0, a thin line, to 1; `ended` tells that no more steps will come.
    """

    title: str
    report: Report
    steps: Sequence[Step] = ()
    weight: float = 1.0
    ended: bool = True
    rows: int = 1

    @property
    def residual(self) -> bool:
        """Whether the net has shortcuts: solid blue, against dashed vermilion."""
        return self.report.graph.joined

    @property
    def paths(self) -> tuple[str, ...]:
        """The layers that are columns."""
        return tuple(layer.path for layer in self.report.weighted if layer.node.main)


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """A run that goes on: its number of `steps`, the loss of pure `chance` in nats, and the stream that tells of it.

    `source` is the address of server-sent events, relative to the page.
    """

    steps: int
    chance: float
    source: str


def norms_drawings(series: Sequence[RunFrames]) -> list[tuple[Drawing, list[int]]]:
    """The axes on which these runs are drawn, and which runs stand on each.

    Nets with the same layers share one axis, that of the residual one; others get one each.
    """
    groups: dict[tuple[str, ...], list[int]] = {}
    for index, each in enumerate(series):
        groups.setdefault(each.paths, []).append(index)
    return [
        (_axis(max((series[i] for i in group), key=lambda one: one.residual).report.spec), group)
        for group in groups.values()
    ]


@functools.lru_cache(maxsize=32)
def _axis(spec: Net) -> Drawing:
    """Kept, since a run asks for it twice a second."""
    return axis(analyse(spec), (), folded=(), form=WITH_NORMS)


def encoded(series: Sequence[RunFrames]) -> Json:
    """The runs as the browser reads them, thinned where they are long."""
    values = sum(len(each.steps) * len(each.paths) * each.rows for each in series)
    stride = max(1, math.ceil(values / MOST_VALUES))
    return array(_encoded(each, stride) for each in series)


@functools.lru_cache(maxsize=16)
def _encoded(series: RunFrames, stride: int) -> Json:
    kept = [step for i, step in enumerate(series.steps) if i % stride == 0 or i == len(series.steps) - 1]
    places = columns(series.report, series.rows)
    named = {
        "title": series.title,
        "residual": series.residual,
        "columns": len(places),
        "width": round(1 + series.weight, 2),
        "ended": series.ended,
    }
    return record(fields(named | numbers(kept, places)))


def columns(report: Report, rows: int = 1) -> tuple[int, ...]:
    """Which of the weighted layers are columns of the drawing: their places in `report.weighted`, for each row."""
    own = tuple(i for i, layer in enumerate(report.weighted) if layer.node.main)
    return tuple(row * len(report.weighted) + i for row in range(rows) for i in own)


def numbers(steps: Sequence[Step], places: Sequence[int]) -> dict[str, Any]:
    """Steps as the browser reads them: numbers of steps, losses in nats, first/last ratios, norms of those layers."""
    return {
        "steps": [step.step for step in steps],
        "loss": [_rounded(step.loss) for step in steps],
        "ratio": [_rounded(step.ratio) for step in steps],
        "norms": packed([step.norms for step in steps], places),
    }


def packed(norms: Sequence[Sequence[float]], columns: Sequence[int]) -> str:
    """The norms of those columns, step after step: 16 bits each, in base64."""
    if not norms:
        return ""
    values = np.asarray(norms, dtype=np.float64)[:, columns]
    with np.errstate(divide="ignore", invalid="ignore"):
        scaled = np.clip(np.round(DECADE * np.log10(values)), ZERO + 1, BROKEN - 1)
    scaled = np.where(values == 0, ZERO, np.where(np.isfinite(values), scaled, BROKEN))
    return base64.b64encode(scaled.astype("<i2").tobytes()).decode("ascii")


def _rounded(value: float) -> float | None:
    return float(f"{value:.4g}") if math.isfinite(value) else None
