"""Admission: a job's cost is known before anything is allocated, and what is too much is refused with a way out."""

from __future__ import annotations

import bisect
import dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from resnet_explorer.errors import InvalidOption, Refused, TooMuch
from resnet_explorer.jobs.machine import cores, memory_bytes, number
from resnet_explorer.options import Whole, options_of
from resnet_explorer.spec.kinds import Extent
from resnet_explorer.tasks import TASKS
from resnet_explorer.tasks.speed import Calibration

if TYPE_CHECKING:
    from resnet_explorer.tasks.task import Config, Estimate

SECONDS = "RESNET_EXPLORER_MAX_SECONDS"
BYTES = "RESNET_EXPLORER_MAX_BYTES"
WALL = "RESNET_EXPLORER_WALL_SECONDS"
WORKERS = "RESNET_EXPLORER_WORKERS"


def workers() -> int:
    """How many worker processes this machine is to run: as many as cores, or what the environment says.

    On a single core there are two, so that the nets of a race take turns there and advance together.
    """
    return max(1, int(number(WORKERS, max(2, cores()))))


def _bytes() -> int:
    return int(number(BYTES, min(4e9, memory_bytes() / 2 / workers())))


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one job may take: estimated `seconds` and `bytes`, then `wall` seconds before it is ended in any case.

    `waiting` is the length of the queue, `grace` the seconds a stopping job has before its worker is restarted.
    """

    seconds: float = field(default_factory=lambda: number(SECONDS, 300))
    bytes: int = field(default_factory=_bytes)
    wall: float = field(default_factory=lambda: number(WALL, 2 * number(SECONDS, 300)))
    waiting: int = 64
    grace: float = 5.0


def estimate(config: Config, speed: Calibration | None = None) -> Estimate:
    """What a job will take on one core, from the closed form.

    Raises:
        UnknownName: no such task.
    """
    return TASKS[config.task].estimate(config, speed or Calibration())


def admit(config: Config, limits: Limits, speed: Calibration | None = None) -> Estimate:
    """The estimate of a job that may run.

    Raises:
        Refused: it takes more than the limits; the message names number, limit, and the nearest setting that fits.
        UnknownName: no such task.
    """
    needs = estimate(config, speed)
    if needs.seconds > limits.seconds:
        what = f"this would take about {duration(needs.seconds)} on one core; the limit is {duration(limits.seconds)}"
    elif needs.bytes > limits.bytes:
        what = f"this needs about {_memory(needs.bytes)} of memory; the limit is {_memory(limits.bytes)}"
    else:
        return needs
    raise _refusal(what, config, limits, speed)


def _refusal(what: str, config: Config, limits: Limits, speed: Calibration | None) -> Refused:
    """That it is too much, with a way out."""
    for name in TASKS[config.task].eased_by:
        fits = _largest(config, name, limits, speed)
        if fits is not None:
            return TooMuch(what, config.task, name, fits)
    return Refused(f"{what}. Choose {'a smaller network' if hasattr(config, 'net') else 'smaller values'}.")


def _largest(config: Config, name: str, limits: Limits, speed: Calibration | None) -> str | None:
    """The largest allowed value of a setting, below the present one, with which the job fits, in words."""
    owner: Any = config if hasattr(config, name) else config.net  # type: ignore[attr-defined]
    kind = next(each.kind for each in options_of(owner.__class__) if each.field == name)
    assert isinstance(kind, Whole | Extent)  # noqa: S101 - a cost is eased by whole numbers only
    present = getattr(owner, name)

    def having(value: int) -> Any:
        return owner.within(value) if isinstance(present, tuple) else dataclasses.replace(owner, **{name: value})

    def fits(value: int) -> bool:
        try:
            changed = having(value)
        except InvalidOption:  # too small an image for this net, say: it would cost less
            return True
        eased = changed if owner is config else dataclasses.replace(config, net=changed)  # type: ignore[call-arg]
        needs = estimate(eased, speed)
        return needs.seconds <= limits.seconds and needs.bytes <= limits.bytes

    most = max(present) if isinstance(present, tuple) else present
    allowed = range(kind.low, most, getattr(kind, "step", 1))
    count = bisect.bisect_left(allowed, True, key=lambda value: not fits(value))  # noqa: FBT003 - what is looked for
    if not count:
        return None
    try:
        found = getattr(having(allowed[count - 1]), name)
    except InvalidOption:
        return None
    return f"{found:,}" if isinstance(found, int) else "x".join(map(str, found))


def duration(seconds: float) -> str:
    """Seconds in words: 0.4 s, 12 s, 3 minutes, 2 hours."""
    if seconds < 1:
        return f"{max(0.1, seconds):.1f} s"
    if seconds < 120:
        return f"{seconds:.0f} s"
    if seconds < 7200:
        return f"{seconds / 60:.0f} minutes"
    return f"{seconds / 3600:,.0f} hours"


def _memory(count: int) -> str:
    return f"{count / 1e9:,.1f} GB" if count >= 1e8 else f"{count / 1e6:,.0f} MB"
