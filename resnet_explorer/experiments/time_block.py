"""The time that a bottleneck takes against two 3x3 convolutions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.experiments.task import Task
from resnet_explorer.records import BlockConfig

if TYPE_CHECKING:
    from resnet_explorer.experiments.task import Report, Stopped
    from resnet_explorer.records import BlockTime


def _run(config: BlockConfig, report: Report, stopped: Stopped) -> tuple[BlockTime, ...]:
    from resnet_explorer.experiments.probes import blocks  # noqa: PLC0415 - imports torch

    return blocks.time_blocks(config, report, stopped)


TIME_BLOCK = Task(name="time_block", title="time a block", config=BlockConfig, run=_run)
