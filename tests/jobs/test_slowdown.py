"""What a run that is done tells of the speed of the workers, and what it does not."""

from __future__ import annotations

import dataclasses

import pytest

from resnet_explorer import preset
from resnet_explorer.jobs.job import Job
from resnet_explorer.jobs.slowdown import LAST, MOST, SHORTEST_SECONDS, Slowdown
from resnet_explorer.tasks.describe import DescribeConfig
from resnet_explorer.tasks.speed import Calibration
from resnet_explorer.tasks.task import Estimate
from resnet_explorer.tasks.train import TrainConfig

CONFIG = TrainConfig(net=preset("demo_resnet18"))


def job(seconds: float, factor: float = 1.0) -> Job:
    made = Job(key="k", attempt="a", config=CONFIG, needs=Estimate(seconds=seconds, bytes=1))
    made.factor = factor
    return made


@pytest.mark.parametrize(
    ("estimated", "took", "factor"),
    [
        (10, 20, 2),
        (10, 10 * MOST, MOST),
        (10, 11 * MOST, MOST),  # no more than tenfold
        (10, 0.99, 1 / MOST),
        (SHORTEST_SECONDS, SHORTEST_SECONDS * 2, 2),
        (0.1, SHORTEST_SECONDS, 3),  # long enough to tell
        (0.1, SHORTEST_SECONDS - 0.01, 1),
        (0, 5, 1),  # nothing was estimated
        (1e-9, 5, MOST),
    ],
)
def test_a_run_corrects_the_speed_where_it_tells_of_it(estimated: float, took: float, factor: float) -> None:
    slowdown = Slowdown()
    slowdown.ended(job(estimated), took)
    assert slowdown.factor == pytest.approx(factor)


def test_what_has_no_steps_tells_nothing() -> None:
    slowdown, one = Slowdown(), job(10)
    one.config = DescribeConfig(constructor="torchvision.models:resnet18")
    slowdown.ended(one, 50)
    assert slowdown.factor == 1


def test_the_median_of_the_last_ones_counts_and_what_was_corrected_before_is_not_corrected_twice() -> None:
    slowdown = Slowdown()
    slowdown.ended(job(10), 100)
    for _ in range(LAST):
        slowdown.ended(job(20, factor=2.0), 30)  # 10 by the calibration
    assert slowdown.factor == 3
    for took in (10, 10, 10, 10, 50):
        slowdown.ended(job(10), took)
    assert slowdown.factor == 3  # four of each side
    waits = job(20, factor=2.0)
    slowdown.correct(waits)
    assert (waits.needs.seconds, waits.factor) == (30, 3)
    speed = Calibration(layer_seconds=1.0, macs_per_second=6.0)
    assert slowdown.corrected(speed) == dataclasses.replace(speed, layer_seconds=3.0, macs_per_second=2.0)
