"""The devices of this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.model.device import available

if TYPE_CHECKING:
    from resnet_explorer.tasks.devices import DevicesConfig
    from resnet_explorer.tasks.task import Report, Stopped


def devices(config: DevicesConfig, report: Report, stopped: Stopped) -> tuple[str, ...]:  # noqa: ARG001 - as any task
    """What torch can compute on here, by the names that configs use."""
    return available()
