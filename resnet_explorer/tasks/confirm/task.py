"""The real module, counted by independent tools."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.tasks.records import ConfirmConfig
from resnet_explorer.tasks.task import Task

if TYPE_CHECKING:
    from resnet_explorer.tasks.records import Confirmation
    from resnet_explorer.tasks.task import Report, Stopped


def _run(config: ConfirmConfig, report: Report, stopped: Stopped) -> Confirmation:
    from resnet_explorer.tasks.confirm import run as confirmation  # noqa: PLC0415 - imports torch

    return confirmation.confirm(config, report, stopped)


CONFIRM = Task(name="confirm", title="confirm the counts", config=ConfirmConfig, run=_run)
