"""What a stage does to small changes of the signal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.tasks.records import JacobianConfig
from resnet_explorer.tasks.task import Task

if TYPE_CHECKING:
    from resnet_explorer.tasks.records import Spectrum
    from resnet_explorer.tasks.task import Report, Stopped


def _run(config: JacobianConfig, report: Report, stopped: Stopped) -> Spectrum:
    from resnet_explorer.tasks.jacobian import run as jacobian  # noqa: PLC0415 - imports torch

    return jacobian.spectrum(config, report, stopped)


JACOBIAN = Task(name="jacobian", title="singular values of a stage", config=JacobianConfig, run=_run)
