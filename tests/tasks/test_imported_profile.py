"""The probes at initialisation on a module that its own code runs, against those of the description's."""

import operator
from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import nn

import resnet_explorer as rx
from resnet_explorer.tasks.profile import ProfileConfig
from resnet_explorer.tasks.profile.run import profile
from resnet_explorer.tasks.profile_module.run import profile_module


def test_a_net_of_the_catalogue_gives_what_its_description_gives() -> None:
    spec = rx.from_query("block=basic&blocks=1,1,1&stem=cifar&width=8&image=16&classes=10")
    ours = profile(ProfileConfig(net=spec, batch=8, seed=3), lambda _: None, lambda: False)
    module = rx.build(spec, seed=3)
    theirs = profile_module(module, spec.input_shape, batch=8, seed=3)
    assert theirs.main == ours.main
    assert theirs.loss == pytest.approx(ours.loss, rel=1e-5)
    for mine, other in zip(ours.series, theirs.series, strict=True):
        assert other.paths == mine.paths
        assert other.values == pytest.approx(mine.values, rel=1e-2)
    assert all(each.grad is None for each in module.parameters())


def test_what_is_done_in_place_does_not_change_what_was_read() -> None:
    torch.manual_seed(0)
    layers = nn.Conv2d(3, 8, 3), nn.ReLU(), nn.Conv2d(8, 4, 3), nn.Flatten(), nn.Linear(64, 10)
    apart = profile_module(nn.Sequential(*layers), (3, 8, 8), batch=4)
    layers[1].inplace = True
    assert profile_module(nn.Sequential(*layers), (3, 8, 8), batch=4) == apart


def test_scores_of_too_few_classes_are_said_in_a_sentence() -> None:
    net = nn.Sequential(nn.Conv2d(3, 8, 8), nn.Flatten(), nn.Linear(8, 3))
    with pytest.raises(rx.ExplorerError, match="no scores of 10 classes"):
        profile_module(net, (3, 8, 8), batch=4)


class Sum(nn.Module):
    """Adds a convolution to its input, in one of the ways in which that is written."""

    def __init__(self, way: Callable[[torch.Tensor, torch.Tensor], torch.Tensor]) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.first, self.branch, self.fc = nn.Conv2d(3, 4, 3), nn.Conv2d(4, 4, 3, padding=1), nn.Linear(144, 10)
        self.way = way

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.first(x)
        return self.fc(self.way(x, self.branch(x)).flatten(1))


@pytest.mark.parametrize(
    "way",
    [
        lambda x, y: y + x,
        lambda x, y: y.add_(x),
        lambda x, y: x.clone().add_(y),
        lambda x, y: operator.iadd(x.clone(), y),
    ],
)
def test_the_branch_goes_on_alone_however_the_sum_is_written(way: Any) -> None:
    apart = profile_module(Sum(torch.add), (3, 8, 8), batch=4, plain=True)
    assert profile_module(Sum(way), (3, 8, 8), batch=4, plain=True) == apart
    assert profile_module(Sum(way), (3, 8, 8), batch=4) != apart


@pytest.mark.parametrize(
    "query", ["shortcut=A", "shortcut=D&zero_gamma=1", "block=highway", "branch_scale=zero&norm=none"]
)
def test_the_plain_counterpart_is_that_of_the_description(query: str) -> None:
    """The same weights with and without shortcuts: the description's counterpart is built and given them."""
    spec = rx.from_query(f"blocks=1,1&stem=cifar&width=8&image=16&classes=10&{query}")
    module, plain = rx.build(spec, seed=3), rx.build(spec.plain, seed=3)
    plain.load_state_dict({**plain.state_dict(), **module.state_dict()}, strict=False)
    for node in spec.plain.graph:
        if node.op.kind == "bn":
            nn.init.ones_(plain.get_parameter(f"{node.path}.weight"))
    theirs = profile_module(module, spec.input_shape, batch=8, seed=3, plain=True)
    direct = profile_module(plain, spec.input_shape, batch=8, seed=3)
    assert theirs.main == direct.main
    assert theirs.loss == pytest.approx(direct.loss, rel=1e-5)
    assert theirs.of("weight_gradient").values == pytest.approx(direct.of("weight_gradient").values, rel=1e-3)
    assert theirs != profile_module(module, spec.input_shape, batch=8, seed=3)
