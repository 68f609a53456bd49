"""How far the gradients of different mini-batches agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.experiments.task import Task
from resnet_explorer.records import AgreementConfig

if TYPE_CHECKING:
    from resnet_explorer.experiments.task import Report, Stopped
    from resnet_explorer.records import Agreement


def _run(config: AgreementConfig, report: Report, stopped: Stopped) -> Agreement:
    from resnet_explorer.experiments.probes import agreement  # noqa: PLC0415 - imports torch

    return agreement.agree(config, report, stopped)


AGREEMENT = Task(name="agreement", title="compare the gradients of mini-batches", config=AgreementConfig, run=_run)
