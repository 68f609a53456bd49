"""Axes without an answer that experiments share: losses over the steps, losses at the end, values against depth."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from resnet_explorer.experiments.sketch import Sketch
from resnet_explorer.figures.plot import Rule
from resnet_explorer.figures.scale import Axis

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from resnet_explorer.experiments.experiment import Trial

LOSSES = (1e-3, 10.0)
"""What an axis of losses shows at least, in nats."""
END = Axis("training loss at the end, nats (log)", log=True, ends=LOSSES)
BESIDE = 2.0
"""Layers on an axis left and right of the outermost nets."""
MOST_TICKS = 6


def steps(line: str = "", ends: tuple[float, float] = LOSSES, *, residual: bool = False) -> Callable[..., Sketch]:
    """Losses over the steps of these jobs; `line` is the net whose loss one may draw."""

    def made(jobs: Sequence[Trial]) -> Sketch:
        last = max(getattr(job.config, "steps", 2) for job in jobs)
        return Sketch(
            x=Axis("step", ends=(1.0, float(last)), ticks=rounded(last)),
            y=Axis("training loss, nats (log)", log=True, ends=ends),
            line=line,
            residual=residual,
            rules=(chance(jobs[0]),),
        )

    return made


def chance(job: Trial) -> Rule:
    """The loss of a net that only guesses."""
    classes = job.config.net.classes  # type: ignore[attr-defined]
    return Rule(math.log(classes), f"chance, ln {classes} = {math.log(classes):.3f}")


def rounded(last: float) -> tuple[float, ...]:
    """1, and some round numbers up to the last one."""
    size = 10.0 ** math.floor(math.log10(max(last, 1.0)))
    by = next(each for each in (size / 5, size / 2, size, 2 * size) if last / each <= MOST_TICKS)
    by = max(by, 1.0)
    return (1.0, *(by * i for i in range(1, math.floor(last / by) + 1) if by * i > 1))


def rows(jobs: Sequence[Trial], called: Mapping[str, str] | None = None) -> Sketch:
    """Losses at the end beside the names of these jobs, or beside what those are called that have such a name."""
    names = {job.name: job.residual for job in jobs}
    kept = called if called is not None else {name: name for name in names}
    return Sketch(x=END, y=Axis(""), rows=tuple((kept[name], kind) for name, kind in names.items() if name in kept))


def depth(depths: Iterable[int], y: Axis, line: str, *rules: Rule) -> Sketch:
    """Values of nets of those depths, of which one may draw one kind's."""
    every = tuple(sorted(map(float, depths)))
    x = Axis("weighted layers", ticks=every, ends=(every[0] - BESIDE, every[-1] + BESIDE))
    return Sketch(x=x, y=y, line=line, residual=line != "plain", stops=every, rules=rules)
