"""An own run: its learning rates, its augmentation, its data; the recipe of Section 4.2 at tiny size."""

import dataclasses
from typing import Any

import numpy as np
import pytest
import torch

from resnet_explorer.datasets import DATASETS, shapes
from resnet_explorer.experiments import recipe
from resnet_explorer.experiments.own_choices import OptionalNet
from resnet_explorer.spec import NetSpec, ResNetOptions
from resnet_explorer.tasks import TASKS
from resnet_explorer.tasks.data import batches, moved
from resnet_explorer.tasks.train import Step, TrainConfig
from resnet_explorer.tasks.train.optimising import optimiser
from resnet_explorer.tasks.train.run import thinned
from resnet_explorer.tasks.train.schedule import Schedule

TINY = NetSpec(options=ResNetOptions(blocks=(1, 1), width=4, stem="cifar", shortcut="A"), image=8, classes=10)
LABELS = torch.zeros(4, dtype=torch.long)
WRONG = torch.eye(10)[[1, 2, 3, 4]]
RIGHT = torch.eye(10)[[0, 0, 0, 0]]


def run(config: Any, records: list[Any] | None = None) -> Any:
    return TASKS[config.task].carry_out(config, ([] if records is None else records).append, lambda: False)


def rates(config: TrainConfig, outputs: list[torch.Tensor]) -> list[float]:
    made = optimiser(torch.nn.Linear(2, 2), config)
    schedule = Schedule(config)
    found = []
    for step, answers in enumerate(outputs):
        schedule(made, step, answers, LABELS)
        found.append(made.param_groups[0]["lr"])
    return found


def test_the_rate_drops_at_half_and_at_three_quarters() -> None:
    config = TrainConfig(net=TINY, steps=8, lr=0.1, schedule="drops")
    assert rates(config, [WRONG] * 8) == pytest.approx([0.1] * 4 + [0.01] * 2 + [0.001] * 2)
    assert recipe.RECIPE["steps"] // 2 == 32_000
    assert recipe.RECIPE["steps"] * 3 // 4 == 48_000


def test_a_first_rate_lasts_until_the_training_error_is_below_80_percent() -> None:
    config = TrainConfig(net=TINY, steps=100, lr=0.1, start_lr=0.01)
    found = rates(config, [WRONG] * 30 + [RIGHT] * 10 + [WRONG] * 60)
    assert found[:30] == [0.01] * 30
    first = found.index(0.1)
    assert first == 30 + 4  # the fifth right one of the last 20 brings the error to 75 %
    assert set(found[first:]) == {0.1}


def test_warm_up_rises_evenly() -> None:
    assert rates(TrainConfig(net=TINY, steps=5, lr=0.4, warmup=4), [WRONG] * 5) == pytest.approx(
        [0.1, 0.2, 0.3, 0.4, 0.4]
    )


def test_weight_decay_is_handed_on() -> None:
    for name in ("sgd", "adam"):
        made = optimiser(torch.nn.Linear(2, 2), TrainConfig(net=TINY, optimiser=name, weight_decay=0.02))
        assert made.param_groups[0]["weight_decay"] == 0.02


def test_augmentation_moves_by_up_to_four_pixels_and_mirrors_half() -> None:
    images = torch.arange(1.0, 65).reshape(1, 1, 8, 8).expand(400, 3, 8, 8)
    found = moved(images, torch.Generator().manual_seed(0))
    again = moved(images, torch.Generator().manual_seed(0))
    assert torch.equal(found, again)
    padded = torch.nn.functional.pad(images[0, 0], (4, 4, 4, 4))
    crops = {
        tuple((crop.flip(1) if mirrored else crop).flatten().tolist()): (y, x, mirrored)
        for y in range(9)
        for x in range(9)
        for mirrored in (False, True)
        for crop in (padded[y : y + 8, x : x + 8],)
    }
    seen = [crops[tuple(each[0].flatten().tolist())] for each in found]
    assert all(torch.equal(each[0], each[2]) for each in found)
    assert {y for y, _, _ in seen} == {x for _, x, _ in seen} == set(range(9))
    assert 150 < sum(mirrored for _, _, mirrored in seen) < 250


def test_without_augmentation_the_own_run_is_the_training_of_the_digits() -> None:
    own, train = [], []
    run(TrainConfig(test=True, net=TINY, steps=4, batch=16, seed=5), own)
    run(TrainConfig(net=TINY, steps=4, batch=16, seed=5), train)
    assert own == train


def test_the_seed_decides_the_crops() -> None:
    def first(seed: int) -> torch.Tensor:
        return next(batches((3, 16, 16), 8, seed, torch.device("cpu"), "shapes", augmented=True)).images

    assert torch.equal(first(1), first(1))
    assert not torch.equal(first(1), first(2))


def test_the_recipe_runs_at_tiny_size() -> None:
    tiny = {**recipe.settings(110), "data": "shapes", "steps": 4, "batch": 8}
    assert tiny["start_lr"] == 0.01
    assert recipe.settings(56)["start_lr"] == 0
    records: list[Step] = []
    result = run(TrainConfig(test=True, net=dataclasses.replace(TINY, image=16), **tiny), records)
    assert result.status == "done"
    assert result.tested == 1000
    assert len(records) == 4


@pytest.mark.parametrize("steps", [240, 1000, 1001, 64_000])
def test_a_long_run_reports_evenly(steps: int) -> None:
    kept: list[Step] = []
    report = thinned(kept.append, steps)
    for step in range(steps):
        report(Step(step, 1.0, (), 1.0))
    assert len(kept) <= 2001
    assert (kept[0].step, kept[-1].step) == (0, steps - 1)
    assert steps > 2000 or len(kept) == steps


def test_shapes_are_balanced_varied_and_the_same_each_time() -> None:
    train, test = DATASETS["shapes"].train(), DATASETS["shapes"].test()
    assert np.bincount(np.concatenate([train.labels, test.labels])).tolist() == [400] * 10
    shapes._drawn.cache_clear()
    assert np.array_equal(shapes._drawn()[0][: shapes.TRAIN], train.images)
    assert len(np.unique(train.images.reshape(shapes.TRAIN, -1), axis=0)) == shapes.TRAIN


def test_shapes_are_harder_than_digits() -> None:
    ends = {
        data: run(
            TrainConfig(
                test=True, net=dataclasses.replace(TINY.having(width=16), image=side), data=data, lr=0.1, seed=3
            )
        )
        for data, side in (("digits", 8), ("shapes", 16))
    }
    assert ends["shapes"].final_loss > 1.3 * ends["digits"].final_loss
    assert ends["shapes"].accuracy < ends["digits"].accuracy - 0.1


def test_an_own_net_is_that_of_a_link_of_up_to_180_characters() -> None:
    longest = "blocks=99,99,99,9&width=8&stem=cifar&cut=" + ",".join(f"layer1.{block}" for block in range(10, 24))
    longer = longest.replace("width=8", "width=16")
    assert (len(longest), len(longer)) == (180, 181)
    assert (OptionalNet().parse(longest), OptionalNet().parse("")) == (longest, "")
    assert [OptionalNet().parse(text) for text in (longer, "net=nowhere", "x")] == [None] * 3
    assert not OptionalNet().holds(None)
