"""What a stage does to small changes of the signal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.experiments.task import Task
from resnet_explorer.records import JacobianConfig

if TYPE_CHECKING:
    from resnet_explorer.experiments.task import Report, Stopped
    from resnet_explorer.records import Spectrum


def _run(config: JacobianConfig, report: Report, stopped: Stopped) -> Spectrum:
    from resnet_explorer.experiments.probes import jacobian  # noqa: PLC0415 - imports torch

    return jacobian.spectrum(config, report, stopped)


JACOBIAN = Task(name="jacobian", title="singular values of a stage", config=JacobianConfig, run=_run)
