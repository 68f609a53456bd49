"""The main figure of the Gradients page: the race, before, while and after it is run."""

from __future__ import annotations

import functools
import math
from typing import TYPE_CHECKING, cast

from resnet_explorer.experiments.tracks import TRACKS, along
from resnet_explorer.ui import canvas
from resnet_explorer.ui.canvas import stream
from resnet_explorer.ui.pages.gradients import reading as outcome
from resnet_explorer.ui.view import cached, link
from resnet_explorer.ui.view.views import GradientsView

if TYPE_CHECKING:
    from collections.abc import Iterable

    from resnet_explorer.experiments import Trial
    from resnet_explorer.tasks.train import TrainConfig
    from resnet_explorer.ui.parts.bench import Jobs, RunProgress

MOVES = "update"
ROWS = {
    "weight_gradient": canvas.Row(
        "gradient norm", "as a share of the whole net's; ←\u00a0from\u00a0the\u00a0loss", "gradient", -3, 0, share=True
    ),
    "weight": canvas.Row("weight norm", "of each layer", "weights", -2, 3),
    "relative_gradient": canvas.Row("relative gradient", "gradient norm / weight norm", "relative", -6, 2),
    MOVES: canvas.Row(
        "each layer moves",
        "by this part of its weights in one step",
        "moves",
        -4,
        0,
        percent=True,
        none="no update",
        top="100\u00a0%: a step as large as all its weights",
    ),
}
"""The rows, each on a scale that is the same for every run."""


def upper() -> str:
    """The name of what stands right under the net; how far each layer moves stands below it in any case."""
    chosen = link.choices(GradientsView).track
    return TRACKS.names[0] if chosen == MOVES else chosen


def configs(jobs: Iterable[Trial]) -> tuple[TrainConfig, ...]:
    """What is trained, the plain net first."""
    return tuple(cast("TrainConfig", job.config) for job in jobs)


def show(runs: Jobs, seen: RunProgress, press: canvas.Press, status: str, *, running: bool, streamed: bool) -> None:
    """The race as far as it is; `streamed` where the picture hears of new steps itself."""
    (plain, *_), names = configs(runs.jobs), (upper(), MOVES)
    series = _series(seen, names, over=not streamed)
    shown = canvas.TrainingCurves(
        title=" against ".join(job.name for job in runs.jobs),
        status=status,
        words=_words(seen),
        series=series,
        rows=tuple(ROWS[name] for name in names),
        steps=plain.steps,
        chance=math.log(plain.net.classes),
        running=running,
        source=stream.address(runs.keys, *names) if streamed else "",
    )
    step = link.choices(GradientsView).step
    place = canvas.Opening(runs.run, step, lambda at: link.note(GradientsView, step=at))
    canvas.race(shown, press, place, key="race")


@functools.lru_cache(maxsize=16)
def _series(seen: RunProgress, names: tuple[str, ...], *, over: bool) -> tuple[canvas.RunFrames, ...]:
    """Kept, since a finished run asks for it whenever its page runs; a picture that hears of steps is sent none."""
    return tuple(
        canvas.RunFrames(
            title=run.job.name,
            report=cached.report(config.net),
            steps=along(names, run.steps) if over else (),
            ended=over and ended,
            rows=len(names),
        )
        for run, config, ended in zip(seen.runs, configs(run.job for run in seen.runs), seen.ended, strict=True)
    )


def _words(seen: RunProgress) -> str:
    """The picture for those who do not see it."""
    under = (
        "Under the losses stands the net, and under it the gradient norm of each layer and how far it moves in a step."
    )
    if not any(run.steps for run in seen.runs):
        return f"Nothing has been run yet. {under}"
    return f"{outcome.alt_losses(seen.runs)} {under}"
