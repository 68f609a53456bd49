"""Training: three steps at a time, the numbers of an independent loop, bit for bit the same in another process."""

import math
import subprocess
import sys
from typing import Any

import pytest
import torch
from torch.nn import functional as F

import resnet_explorer as rx
from resnet_explorer.cli import main
from resnet_explorer.spec import NetSpec, ResNetOptions, VGGOptions
from resnet_explorer.spec.blocks import BLOCKS
from resnet_explorer.tasks import TASKS
from resnet_explorer.tasks.data import batches
from resnet_explorer.tasks.setting import layout_of
from resnet_explorer.tasks.train import Step, TrainConfig, Training
from resnet_explorer.tasks.train.run import _divergence

NORMS = ["batch", "none"]
TINY = NetSpec(options=ResNetOptions(blocks=(1, 1), width=4, stem="cifar", shortcut="A"), image=8, classes=10)


def train(config: TrainConfig, stop_after: int | None = None) -> tuple[Training, list[Step]]:
    steps: list[Step] = []
    stopped = lambda: stop_after is not None and len(steps) >= stop_after  # noqa: E731
    return TASKS["train"].carry_out(config, steps.append, stopped), steps


def losses(steps: list[Step]) -> list[float]:
    return [step.loss for step in steps]


@pytest.mark.parametrize("block", BLOCKS.names)
@pytest.mark.parametrize("residual", [True, False])
@pytest.mark.parametrize("norm", NORMS)
def test_three_steps(block: str, norm: str, residual: bool) -> None:  # noqa: FBT001
    net = TINY.having(block=block, residual=residual, norm=norm)
    result, steps = train(TrainConfig(net=net, steps=3, batch=8))
    assert result.status == "done"
    assert [step.step for step in steps] == [0, 1, 2]
    assert all(len(step.norms) == len(result.paths) for step in steps)
    assert result.final_loss == pytest.approx(sum(losses(steps)) / 3)
    assert result.paths[0] == "conv1"
    assert result.paths[-1] == "fc"
    assert result.threads == 1
    assert result.torch == torch.__version__
    assert result.device.startswith("CPU (")


@pytest.mark.parametrize(
    "change", [{"attention": "se"}, {"stem": "deep", "shortcut": "D", "width": 8}, {"norm": "group", "width": 32}]
)
def test_three_steps_of_the_heirs(change: dict[str, Any]) -> None:
    result, steps = train(TrainConfig(net=TINY.having(**change), steps=3, batch=8))
    assert result.status == "done"
    assert all(math.isfinite(loss) for loss in losses(steps))


VGG = NetSpec(family="vgg", options=VGGOptions(convs=(1, 1), width=4, features=8), image=8, classes=10)


@pytest.mark.parametrize("norm", NORMS)
def test_three_steps_of_a_vgg_and_the_seed_decides_what_is_dropped(norm: str) -> None:
    config = TrainConfig(net=VGG.having(norm=norm), steps=3, batch=8)
    result, steps = train(config)
    assert (result.status, result.paths[0], result.paths[-1]) == ("done", "features.0", "classifier.6")
    assert losses(train(config)[1]) == losses(steps)


def test_it_is_sgd_with_momentum_and_weight_decay() -> None:
    config = TrainConfig(net=TINY, steps=4, batch=16, lr=0.05, seed=3)
    _, steps = train(config)
    module = rx.build(TINY, seed=3)
    module.to(memory_format=layout_of(TINY.graph))
    speed = {path: torch.zeros_like(p) for path, p in module.named_parameters()}
    source = batches((3, 8, 8), 16, 3, torch.device("cpu"))
    expected = []
    for _ in range(4):
        batch = next(source)
        module.zero_grad()
        loss = F.cross_entropy(module(batch.images), batch.labels)
        loss.backward()
        expected.append(loss.item())
        with torch.no_grad():
            for path, p in module.named_parameters():
                speed[path] = 0.9 * speed[path] + p.grad + 1e-4 * p
                p.sub_(0.05 * speed[path])
    assert losses(steps) == pytest.approx(expected, rel=1e-4)


def test_a_run_can_be_stopped_at_a_step() -> None:
    result, steps = train(TrainConfig(net=TINY, steps=50, batch=8), stop_after=2)
    assert result.status == "stopped"
    assert len(steps) == 2
    assert math.isfinite(result.final_loss)


def test_the_first_loss_that_is_not_finite_ends_the_run_with_a_sentence() -> None:
    net = TINY.having(blocks=(9, 9, 9), norm="none", width=8)
    result, steps = train(TrainConfig(net=net, steps=20, batch=16))
    assert result.status == "diverged"
    assert len(steps) < 20
    assert not math.isfinite(steps[-1].loss)
    assert all(math.isfinite(step.loss) for step in steps[:-1])
    assert f"at step {steps[-1].step + 1}:" in result.message
    assert "without normalisation" in result.message


def test_the_sentence_names_the_learning_rate_where_that_may_help() -> None:
    step = Step(4, math.nan, (), math.nan)
    assert "a smaller learning rate may help" in _divergence(step, TrainConfig(net=TINY))
    assert "a smaller learning rate may help" in _divergence(step, TrainConfig(net=TINY.having(residual=False)))


def test_plain_and_residual_start_alike() -> None:
    plain, residual = (rx.build(TINY.having(residual=r), seed=0).state_dict() for r in (False, True))
    assert list(plain) == list(residual)
    assert all(torch.equal(plain[key], residual[key]) for key in plain)


def test_the_same_config_gives_the_same_run() -> None:
    config = TrainConfig(net=TINY, steps=3, batch=8, seed=1)
    assert train(config)[1] == train(config)[1]
    assert losses(train(config)[1]) != losses(train(TrainConfig(net=TINY, steps=3, batch=8, seed=2))[1])


def test_another_process_gives_bit_identical_losses(capfd: pytest.CaptureFixture[str]) -> None:
    arguments = ["train", "demo_resnet18", "demo_plain18", "--steps", "4", "--seed", "9", "--json"]
    assert main(arguments) == 0
    command = [sys.executable, "-m", "resnet_explorer", *arguments]
    other = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
    assert capfd.readouterr().out == other


def test_no_hooks_are_left_and_batchnorm_was_in_train_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    from resnet_explorer.tasks.train import run as training  # noqa: PLC0415

    seen: list[Any] = []
    original = training.setting
    monkeypatch.setattr(training, "setting", lambda config: seen.append(original(config)) or seen[0])
    train(TrainConfig(net=TINY, steps=3, batch=8))
    module = seen[0].module
    assert module.training
    assert module.get_buffer("bn1.num_batches_tracked") == 3
    for each in module.modules():
        assert not each._forward_hooks
        assert not each._backward_hooks
        assert not each._forward_pre_hooks


def test_residual_nets_of_34_layers_learn_faster_than_plain_ones() -> None:
    ends = {}
    for kind in ("plain", "resnet"):
        ends[kind] = train(TrainConfig(net=rx.preset(f"demo_{kind}34"), steps=60))[0].final_loss
    assert ends["resnet"] < ends["plain"] / 2


@pytest.mark.parametrize(
    ("width", "stem", "layout"),
    [
        (8, "cifar", torch.channels_last),
        (7, "cifar", torch.contiguous_format),
        (8, "imagenet", torch.contiguous_format),
    ],
)
def test_channels_last_is_for_nets_that_are_wide_enough(width: int, stem: str, layout: torch.memory_format) -> None:
    net = NetSpec(options=ResNetOptions(blocks=(1, 1), width=width, stem=stem), image=32, classes=10)
    assert layout_of(net.graph) is layout
