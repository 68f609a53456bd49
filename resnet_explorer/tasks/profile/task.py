"""Every probe on a network at initialisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.tasks.records import ProfileConfig
from resnet_explorer.tasks.task import Task

if TYPE_CHECKING:
    from resnet_explorer.tasks.records import Profile
    from resnet_explorer.tasks.task import Report, Stopped


def _run(config: ProfileConfig, report: Report, stopped: Stopped) -> Profile:
    from resnet_explorer.tasks.profile import run as profile  # noqa: PLC0415 - imports torch

    return profile.profile(config, report, stopped)


PROFILE = Task(name="profile", title="every probe at initialisation", config=ProfileConfig, run=_run)
