"""Stand-ins for the real tasks, as workers import them: what a training does is chosen by its seed."""

from __future__ import annotations

import time
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from resnet_explorer.errors import ExplorerError
from resnet_explorer.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Callable

SLOW, DEAF, RAISES, REFUSES, DIVERGES, GREEDY = 1000, 2000, 3000, 3001, 3002, 3003


@dataclass(frozen=True)
class Result:
    status: str
    message: str = ""


def train(config: Any, report: Callable[[Any], object], stopped: Callable[[], bool]) -> Result:
    if config.seed == RAISES:
        raise ValueError
    if config.seed == REFUSES:
        raise ExplorerError("a sentence for people")
    held = b""
    while config.seed == GREEDY:
        held += b"x" * 50_000_000
    for step in range(config.steps):
        report(step)
        if config.seed >= SLOW:
            time.sleep(60 if SLOW * 2 <= config.seed < RAISES else 0.01)
        if stopped():
            return Result("stopped")
        if config.seed == DIVERGES and step == 2:
            return Result("diverged", "not finite at step 2")
    return Result("done")


TASKS = Registry(
    "task",
    (
        SimpleNamespace(name="train", carry_out=train),
        SimpleNamespace(name="devices", carry_out=lambda *_: ("cpu", "mps")),
    ),
)
