"""The record of a task: what a worker, or the command line, can be asked to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from resnet_explorer.tasks.records import Config

Report: TypeAlias = Callable[[Any], object]
"""Takes each record as it comes."""

Stopped: TypeAlias = Callable[[], bool]
"""Whether somebody asked the task to stop; asked at every step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A task: `run(config, report, stopped)` carries a config out and returns its result.

    Naming a task imports no torch; running it does. Results and records are those of `resnet_explorer.tasks.records`.
    """

    name: str
    title: str
    config: type[Config]
    run: Callable[[Any, Report, Stopped], Any]
