"""When each job begins, as its visitor is told, and whether one more is taken."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from resnet_explorer.errors import Refused
from resnet_explorer.jobs import queue
from resnet_explorer.jobs.admission import duration

if TYPE_CHECKING:
    from collections.abc import Mapping

    from resnet_explorer.jobs.job import Job
    from resnet_explorer.jobs.visitor import Visitor

MOST_EACH = 3
"""Unfinished runs that a visitor may have: one under way and two that wait."""

BETWEEN_PLANS = 0.2


class Plan:
    """What becomes of these jobs by what stands before each and by the `slots` to work on; `longest` presses may wait.

    It is kept a moment, as every page that waits asks for it, until it is `stale`.
    """

    def __init__(self, jobs: Mapping[str, Job], longest: int) -> None:
        self._jobs = jobs
        self._longest = longest
        self._starts: dict[str, queue.Start] = {}
        self._made = 0.0

    def stale(self) -> None:
        """Other jobs wait, or other workers are free, than when it was made."""
        self._made = 0.0

    def starts(self, slots: int) -> dict[str, queue.Start]:
        """When each job that waits begins."""
        if time.monotonic() - self._made > BETWEEN_PLANS:
            self._starts = queue.starts(tuple(self._jobs.values()), slots)
            self._made = time.monotonic()
        return self._starts

    def bound(self, who: Visitor, slots: int) -> None:
        """Whether this visitor may have one more.

        Raises:
            Refused: the queue is full, or has as many runs of this visitor as there may be.
        """
        waiting = {job.press for job in self._jobs.values() if not job.launched}
        own = [job for job in self._jobs.values() if who.name in job.by]
        if (count := len({job.press for job in own})) >= MOST_EACH and not who.teacher:
            raise Refused(
                f"{count} runs of yours are not finished, the most that one visitor has at once; stop one, or wait "
                f"about {duration(min(job.left for job in own))}"
            )
        if len(waiting) >= self._longest:
            seconds = [each.seconds for each in self.starts(slots).values()]
            raise Refused(
                f"{len(waiting)} runs are waiting, the most this machine takes; a place is free in about "
                f"{duration(min(seconds))}, and what takes it starts in about {duration(max(seconds))}"
            )

    def waits(self, job: Job, slots: int) -> tuple[int, str]:
        """How many presses begin before a job that waits, and what its visitor is told."""
        position, seconds = self.starts(slots).get(job.key, (0, 0.0))
        if slots == 1 and any(each.press == job.press and each.launched for each in self._jobs.values()):
            return position, f"one worker carries out one net at a time; starts in about {duration(seconds)}"
        return position, f"{position} ahead; starts in about {duration(seconds)}"
