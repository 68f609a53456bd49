"""The numbers by which whole nets are compared: what is counted, depth, receptive field, memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from resnet_explorer.analysis.conventions import exact, short, size
from resnet_explorer.analysis.metrics import METRICS, Metric
from resnet_explorer.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Callable

    from resnet_explorer.analysis.report import Report

BATCH = 256
"""Images in the mini-batch of the training memory, unless something else is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A number of a whole net: `of(report, batch)` reads it, `text(number)` writes it."""

    name: str
    title: str
    convention: str
    of: Callable[[Report, int], int]
    text: Callable[[int], str]


def _of_metric(metric: Metric) -> Measure:
    name = metric.name
    return Measure(
        name=name,
        title=metric.title,
        convention=metric.convention,
        of=lambda report, _: report.count(name),
        text=short,
    )


MEASURES = Registry(
    "measure",
    (
        *map(_of_metric, sorted(METRICS, key=lambda metric: metric.name != "params")),
        Measure(
            name="layers",
            title="weighted layers",
            convention="convolutions and fully connected layers of the main path; projections are not counted",
            of=lambda report, _: report.depth,
            text=exact,
        ),
        Measure(
            name="field_px",
            title="receptive field",
            convention="pixels across of the window in which convolutions and pools let a value of the last map see, "
            "along the longest path",
            of=lambda report, _: report.field_px,
            text=lambda number: f"{number:,} px",
        ),
        Measure(
            name="training_memory",
            title="training memory",
            convention="bytes in float32 with SGD and momentum, without the library's workspace",
            of=lambda report, batch: report.training_memory(batch).total,
            text=size,
        ),
    ),
)


def signed(difference: int, text: Callable[[int], str]) -> str:
    """A difference with its sign, as that kind of number is written."""
    return "the same" if not difference else f"{'+' if difference > 0 else '−'}{text(abs(difference))}"
