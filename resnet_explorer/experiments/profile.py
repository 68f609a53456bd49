"""Every probe on a network at initialisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.experiments.task import Task
from resnet_explorer.records import ProfileConfig

if TYPE_CHECKING:
    from resnet_explorer.experiments.task import Report, Stopped
    from resnet_explorer.records import Profile


def _run(config: ProfileConfig, report: Report, stopped: Stopped) -> Profile:
    from resnet_explorer.experiments.probes import profile  # noqa: PLC0415 - imports torch

    return profile.profile(config, report, stopped)


PROFILE = Task(name="profile", title="every probe at initialisation", config=ProfileConfig, run=_run)
