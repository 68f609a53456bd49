"""How long runs really take against their estimates: a speed that was measured once, under load, is corrected."""

from __future__ import annotations

import dataclasses
import statistics
from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from resnet_explorer.jobs.job import Job
    from resnet_explorer.tasks.speed import Calibration

LAST = 9
SHORTEST_SECONDS = 0.3
"""What is shorter tells more of starting than of working."""

MOST = 10.0


class Slowdown:
    """The factor between what runs took and what was estimated: the median of the last ones, 1 before there are any."""

    def __init__(self) -> None:
        self._ratios: deque[float] = deque(maxlen=LAST)

    @property
    def factor(self) -> float:
        """How much longer runs take than the calibration says."""
        return statistics.median(self._ratios) if self._ratios else 1.0

    def ended(self, job: Job, seconds: float) -> None:
        """Take in a run that is done: one of steps, that was long enough to tell."""
        if hasattr(job.config, "steps") and seconds >= SHORTEST_SECONDS and job.needs.seconds > 0:
            raw = job.needs.seconds / job.factor
            self._ratios.append(min(MOST, max(1 / MOST, seconds / raw)))

    def correct(self, job: Job) -> None:
        """Estimate a job that waits by what is known now."""
        seconds = job.needs.seconds / job.factor * self.factor
        job.needs, job.factor = dataclasses.replace(job.needs, seconds=seconds), self.factor

    def corrected(self, speed: Calibration) -> Calibration:
        """The speed of the workers, as their runs have shown it."""
        return dataclasses.replace(
            speed,
            layer_seconds=speed.layer_seconds * self.factor,
            macs_per_second=speed.macs_per_second / self.factor,
        )
