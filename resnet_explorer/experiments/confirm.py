"""The real module, counted by independent tools."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.experiments.task import Task
from resnet_explorer.records import ConfirmConfig

if TYPE_CHECKING:
    from resnet_explorer.experiments.task import Report, Stopped
    from resnet_explorer.records import Confirmation


def _run(config: ConfirmConfig, report: Report, stopped: Stopped) -> Confirmation:
    from resnet_explorer.experiments.probes import confirmation  # noqa: PLC0415 - imports torch

    return confirmation.confirm(config, report, stopped)


CONFIRM = Task(name="confirm", title="confirm the counts", config=ConfirmConfig, run=_run)
