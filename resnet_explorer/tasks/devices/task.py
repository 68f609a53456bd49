"""The devices of a worker, by the names that configs use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.tasks.records import DevicesConfig
from resnet_explorer.tasks.task import Task

if TYPE_CHECKING:
    from resnet_explorer.tasks.task import Report, Stopped


def _run(_config: DevicesConfig, _report: Report, _stopped: Stopped) -> tuple[str, ...]:
    from resnet_explorer.model.device import available  # noqa: PLC0415 - imports torch

    return available()


DEVICES = Task(name="devices", title="name the devices", config=DevicesConfig, run=_run)
