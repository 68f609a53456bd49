"""The numbers by which whole nets are compared: what is counted, depth, receptive field, memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from resnet_explorer.analysis import formula
from resnet_explorer.analysis.conventions import capital, exact, short, size
from resnet_explorer.analysis.metrics import METRICS, Metric
from resnet_explorer.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Callable

    from resnet_explorer.analysis.report import Report
    from resnet_explorer.analysis.worked import Worked

BATCH = 256
"""Images in the mini-batch of the training memory, unless something else is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A number of a whole net.

    `of(report, batch)` reads it, `made(report, batch)` is the same with its working, `text(number)` writes it.
    `convention` says what is counted and what is not, `brief` the same in a line; `head` is its title over a column.
    """

    name: str
    title: str
    convention: str
    of: Callable[[Report, int], int]
    made: Callable[[Report, int], Worked]
    text: Callable[[int], str] = exact
    unit: str = ""
    head: str = ""
    brief: str = ""

    @property
    def column(self) -> str:
        """What stands over a column of it."""
        return self.head or self.title

    @property
    def meaning(self) -> str:
        """What it counts, as a sentence."""
        return self.brief or f"{capital(self.convention)}."


def _of_metric(metric: Metric) -> Measure:
    name = metric.name
    return Measure(
        name=name,
        title=metric.title,
        convention=metric.convention,
        of=lambda report, _: report.count(name),
        made=lambda report, _: formula.of_stages(report, name),
        text=short,
        brief=metric.brief,
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
            made=lambda report, _: formula.of_depth(report),
            head="layers",
            brief="As the paper counts: convolutions and fc of the main path.",
        ),
        Measure(
            name="blocks",
            title="blocks",
            convention="blocks of all stages",
            of=lambda report, _: len(report.blocks),
            made=lambda report, _: formula.of_blocks(report),
        ),
        Measure(
            name="field_px",
            title="receptive field",
            convention="pixels across of the window in which convolutions and pools let a value of the last map see, "
            "along the longest path",
            of=lambda report, _: report.field_px,
            made=lambda report, _: formula.of_field(report),
            text=lambda number: f"{number:,} px",
            unit="px",
            head="field, px",
        ),
        Measure(
            name="training_memory",
            title="training memory",
            convention="bytes in float32 with SGD and momentum, without the library's workspace",
            of=lambda report, batch: report.training_memory(batch).total,
            made=formula.of_memory,
            text=size,
            brief="Estimate for float32 with SGD and momentum; the formula is below.",
        ),
    ),
)
"""In the order in which they stand in tables."""
COMPARED = tuple(measure for measure in MEASURES if measure.name != "blocks")
"""Those by which two nets are compared: blocks of different nets are not of one size."""
COUNTING = " ".join(f"**{capital(each.title)}**: {each.convention}." for each in METRICS)
"""The conventions of all metrics, as sentences."""


def signed(difference: int, text: Callable[[int], str]) -> str:
    """A difference with its sign, as that kind of number is written."""
    return "the same" if not difference else f"{'+' if difference > 0 else '−'}{text(abs(difference))}"
