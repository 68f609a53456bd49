"""Who is next: a fair order of what waits, and when each begins. Pure: it reads jobs and changes none.

What is submitted by one press waits and begins together, where there are as many workers as it has jobs; otherwise its
jobs begin one after the other. Visitors take turns: whoever has fewest presses under way is next, and the teacher
before all of them.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.jobs.job import Job


class Start(NamedTuple):
    """How many presses begin before a job, and in how many seconds it begins itself."""

    position: int
    seconds: float


def at_work(jobs: Sequence[Job]) -> list[Job]:
    """Those that workers have, whether or not they were heard to begin."""
    return [job for job in jobs if job.launched and not job.over]


def groups(jobs: Sequence[Job], slots: int) -> list[list[Job]]:
    """What waits, in the order in which it is to begin; what stands in one list begins at once."""
    waiting: dict[str, list[Job]] = {}
    for job in jobs:
        if not job.launched:
            waiting.setdefault(job.press, []).append(job)
    begun = {job.press: job for job in at_work(jobs)}
    load: Counter[str] = Counter()
    for job in begun.values():
        load.update(job.by)
    ordered = []
    while waiting:
        press = min(waiting.values(), key=lambda each: (not each[0].teacher, _load(load, each)))
        first = press[0]
        size = len(press) if len(press) <= slots and first.press not in begun else 1
        ordered.append(press[:size])
        begun[first.press] = first
        load.update(first.by)
        del press[:size]
        if not press:
            del waiting[first.press]
    return ordered


def _load(load: Counter[str], press: Sequence[Job]) -> int:
    """How much comes before this press that its visitor has already; of several who want it, the one with least."""
    return min((load[name] for job in press for name in job.by), default=0)


def starts(jobs: Sequence[Job], slots: int) -> dict[str, Start]:
    """When each waiting job begins, if nothing else comes: by what stands before it."""
    ends = [job.left for job in at_work(jobs)]
    free = sorted([*ends, *[0.0] * (slots - len(ends))])[-max(1, slots) :] or [0.0]
    before: dict[str, int] = {}
    found: dict[str, Start] = {}
    for group in groups(jobs, slots):
        at = free[len(group) - 1]
        free = sorted([*free[len(group) :], *(at + job.needs.seconds for job in group)])
        position = before.setdefault(group[0].press, len(before))
        found.update({job.key: Start(position, at) for job in group})
    return found


def next_of(jobs: Sequence[Job], slots: int, spare: int) -> list[Job]:
    """Jobs that begin now: the first that have room. Others may go before them if they will be done by then.

    The teacher's jobs have `spare` workers besides, on which they begin while others are held.
    """
    working = at_work(jobs)
    ends = sorted(job.left for job in working)
    theirs = sum(job.teacher for job in working)
    horizon = float("inf")
    for group in groups(jobs, slots):
        free = slots - len(working)
        room = min(slots - theirs, free + spare) if group[0].teacher else free
        if len(group) <= room and max(job.needs.seconds for job in group) <= horizon:
            return group
        lacking = min(len(ends), len(group) - room)
        horizon = min(horizon, ends[lacking - 1] if lacking > 0 else horizon)
    return []


def to_hold(jobs: Sequence[Job], slots: int) -> list[Job]:
    """Those that are held while the teacher's jobs go first: as many as work beyond the number of slots.

    Those that take longest, so that whoever is let go on first is done soon.
    """
    working = at_work(jobs)
    others = [job for job in working if not job.teacher and job.place]
    beyond = max(0, len(working) - slots) if len(others) < len(working) else 0
    return sorted(others, key=lambda job: (not job.held, -job.needs.seconds))[:beyond]
