"""Nets of an experiment while they train: the picture hears of their steps itself, the page tells how many are done."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from resnet_explorer.tasks.train import TrainConfig
from resnet_explorer.ui import canvas
from resnet_explorer.ui.canvas import stream
from resnet_explorer.ui.pages.laboratory import start
from resnet_explorer.ui.parts import live
from resnet_explorer.ui.parts.bench import progress
from resnet_explorer.ui.view import cached

if TYPE_CHECKING:
    from resnet_explorer.ui.pages.laboratory.bench import Bench


def can(it: Bench) -> bool:
    """Whether its nets can be followed: they are trained, and this browser hears of new steps."""
    return it.experiment.replays and canvas.streams() and bool(_followed(it))


def _followed(it: Bench) -> list[tuple[str, canvas.RunFrames, TrainConfig]]:
    """The nets of the first seed: their jobs' keys, the lines they are, and their configs."""
    return [
        (
            key,
            canvas.RunFrames(title=job.name, report=cached.report(job.config.net), weight=job.weight, ended=False),
            job.config,
        )
        for job, key in zip(it.jobs, it.keys, strict=True)
        if isinstance(job.config, TrainConfig) and job.seed == it.jobs[0].seed
    ][: stream.MOST_RUNS]


def follow(it: Bench) -> None:
    """Show them as far as they are, until all jobs have ended."""
    live.watch(it.keys, lambda now: start.progress(progress(it, now)), live.WORDS_SECONDS)
    keys, series, configs = zip(*_followed(it), strict=True)
    canvas.replay(
        series,
        key="lab.live",
        running=True,
        live=canvas.Live(
            steps=max(config.steps for config in configs),
            chance=math.log(configs[0].net.classes),
            source=stream.address(keys),
        ),
    )
