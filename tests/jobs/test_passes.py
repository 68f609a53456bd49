"""The estimates of tasks against what the tasks do: their multiply-adds and their layers, counted as they run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import torch
from torch import nn
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils.flop_counter import flop_registry

from resnet_explorer.errors import Refused
from resnet_explorer.experiments import nets
from resnet_explorer.jobs import Limits, admit, estimate
from resnet_explorer.model import build
from resnet_explorer.spec import PRESETS, NetSpec, ResNetOptions
from resnet_explorer.tasks import TASKS
from resnet_explorer.tasks.agreement import AgreementConfig
from resnet_explorer.tasks.data import batches
from resnet_explorer.tasks.dense import DenseConfig
from resnet_explorer.tasks.gradients import GradientsConfig
from resnet_explorer.tasks.jacobian import JacobianConfig
from resnet_explorer.tasks.landscape import LandscapeConfig
from resnet_explorer.tasks.lesion import DOUBLE, LesionConfig, _lengths
from resnet_explorer.tasks.lesion.paths import by_length, lengths
from resnet_explorer.tasks.profile import ProfileConfig
from resnet_explorer.tasks.shattered import ShatteredConfig
from resnet_explorer.tasks.speed import Calibration
from resnet_explorer.tasks.train import TrainConfig

if TYPE_CHECKING:
    from resnet_explorer.tasks.task import Config

NET = NetSpec(options=ResNetOptions(blocks=(3, 3), width=16, stem="cifar", shortcut="A"), image=8, classes=10)
CONFIGS: dict[str, Config] = {
    "train": TrainConfig(net=NET, steps=4, batch=16),
    "train and test": TrainConfig(net=NET, steps=2, batch=64, test=True),
    "gradients": GradientsConfig(net=NET, batch=16),
    "profile": ProfileConfig(net=NET, batch=16),
    "agreement": AgreementConfig(net=NET, batch=16, batches=4),
    "jacobian": JacobianConfig(net=NET, batch=16),
    "dense": DenseConfig(layers=6, width=64, batch=16),
    "shattered": ShatteredConfig(layers=6, width=32, points=32, draws=3),
    "lesion": LesionConfig(net=NET, steps=2, batch=16),
    "lesion of a plain net": LesionConfig(net=NET.having(residual=False), steps=2, batch=16),
    "landscape": LandscapeConfig(net=NET, steps=2, batch=16, points=3, images=32, draws=2),
}
MACS_ALONE = Calibration(layer_seconds=0.0, macs_per_second=1.0)
LAYERS_ALONE = Calibration(layer_seconds=1.0, macs_per_second=1e30)


class Counter(TorchDispatchMode):
    """Counts multiply-adds, also where `autograd.grad` is called, which `FlopCounterMode` does not bear."""

    def __init__(self) -> None:
        super().__init__()
        self.macs = 0.0

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        result = func(*args, **(kwargs or {}))
        count = flop_registry.get(func._overloadpacket)
        if count:
            self.macs += count(*args, **(kwargs or {}), out_val=result) / 2
        return result


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many layers of nets have run, each once for all images of a pass."""
    count = [0]
    for kind in (nn.Conv2d, nn.Linear):
        forward: Any = kind.forward

        def counted(self: Any, x: torch.Tensor, forward: Any = forward) -> torch.Tensor:
            count[0] += 1
            return forward(self, x)

        monkeypatch.setattr(kind, "forward", counted)
    return count


@pytest.mark.parametrize("name", CONFIGS)
def test_an_estimate_counts_the_passes_of_its_task(name: str, ran: list[int]) -> None:
    config = CONFIGS[name]
    with Counter() as counter:
        TASKS[config.task].carry_out(config, lambda _: None, lambda: False)
    macs = counter.macs
    most = 25 if name == "jacobian" else 4  # that task is taken to have the largest map that it allows
    assert macs <= estimate(config, MACS_ALONE).seconds < most * macs
    assert ran[0] <= estimate(config, LAYERS_ALONE).seconds


@pytest.mark.parametrize("depth", [8, 20])
def test_the_lengths_of_paths_are_estimated_to_the_pass(depth: int) -> None:
    config = LesionConfig(net=nets.cifar(depth, residual=True), batch=8)
    first = next(batches((3, 8, 8), config.batch, 0, torch.device("cpu")))
    with Counter() as counter:
        lengths(build(config.net, seed=0), config.net.graph, first)
    seconds, held = _lengths(config, MACS_ALONE)
    assert counter.macs <= seconds / DOUBLE < 1.2 * counter.macs
    parts = by_length(build(config.net, seed=0).double(), config.net.graph, first.images.double(), first.labels)
    assert 6 * parts.nbytes < held  # for both inputs of an addition as they come, as they are sent on, as they arrive


@pytest.mark.parametrize(
    ("name", "settings"), [("cifar_resnet1202", {"steps": 1}), ("cifar_resnet110", {"steps": 1, "batch": 512})]
)
def test_paths_of_very_deep_nets_are_refused_in_a_sentence(name: str, settings: dict[str, int]) -> None:
    config = LesionConfig(net=PRESETS[name].spec, **settings)
    with pytest.raises(
        Refused, match=r"this needs about [\d,.]+ GB of memory; the limit is 4.0 GB. With \w+ at \d+ it fits"
    ):
        admit(config, Limits(seconds=1e9, bytes=4_000_000_000))
    admit(
        LesionConfig(net=PRESETS["cifar_resnet110"].spec, steps=1, batch=16), Limits(seconds=1e9, bytes=4_000_000_000)
    )
