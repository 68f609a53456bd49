"""How far the gradients of different mini-batches agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.tasks.records import AgreementConfig
from resnet_explorer.tasks.task import Task

if TYPE_CHECKING:
    from resnet_explorer.tasks.records import Agreement
    from resnet_explorer.tasks.task import Report, Stopped


def _run(config: AgreementConfig, report: Report, stopped: Stopped) -> Agreement:
    from resnet_explorer.tasks.agreement import run as agreement  # noqa: PLC0415 - imports torch

    return agreement.agree(config, report, stopped)


AGREEMENT = Task(name="agreement", title="compare the gradients of mini-batches", config=AgreementConfig, run=_run)
