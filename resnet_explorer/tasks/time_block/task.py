"""The time that a bottleneck takes against two 3x3 convolutions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.tasks.records import BlockConfig
from resnet_explorer.tasks.task import Task

if TYPE_CHECKING:
    from resnet_explorer.tasks.records import BlockTime
    from resnet_explorer.tasks.task import Report, Stopped


def _run(config: BlockConfig, report: Report, stopped: Stopped) -> tuple[BlockTime, ...]:
    from resnet_explorer.tasks.time_block import run as blocks  # noqa: PLC0415 - imports torch

    return blocks.time_blocks(config, report, stopped)


TIME_BLOCK = Task(name="time_block", title="time a block", config=BlockConfig, run=_run)
