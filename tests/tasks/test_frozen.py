"""Frozen layers: no update reaches them, their BatchNorms use running statistics, and all others train as ever."""

import dataclasses
import types

import pytest
import torch

import resnet_explorer as rx
from resnet_explorer.analysis.frozen import frozen, outer
from resnet_explorer.datasets.dataset import Facts
from resnet_explorer.errors import InvalidOption
from resnet_explorer.experiments.own import OWN
from resnet_explorer.experiments.own_choices import Own
from resnet_explorer.tasks import TASKS
from resnet_explorer.tasks.setting import setting
from resnet_explorer.tasks.task import key, settled
from resnet_explorer.tasks.train import Step, TrainConfig
from resnet_explorer.tasks.train.run import steps

TINY = rx.from_query("blocks=1,1&width=8&stem=cifar&image=8&classes=10")


@pytest.mark.parametrize(
    ("freeze", "learns"),
    [
        ("none", {"conv1", "bn1", "layer1", "layer2", "fc"}),
        ("stem", {"layer1", "layer2", "fc"}),
        ("conv2_x", {"layer2", "fc"}),
        ("conv3_x", {"fc"}),
        ("bn", {"conv1", "layer1", "layer2", "fc"}),
    ],
)
def test_only_what_is_not_frozen_learns(freeze: str, learns: set[str]) -> None:
    config = TrainConfig(net=TINY, steps=2, batch=16, freeze=freeze)
    start = setting(config)
    before = {name: tensor.clone() for name, tensor in start.module.state_dict().items()}
    done = list(steps(start, config))
    moved = {name for name, tensor in start.module.state_dict().items() if not torch.equal(tensor, before[name])}
    held = frozen(TINY.graph, freeze)
    assert {name.split(".")[0] for name in moved} == learns
    assert not {name for name in moved if name.rpartition(".")[0] in held}
    assert {name.rpartition(".")[0] for name in before} - {name.rpartition(".")[0] for name in moved} == held
    silent = {path for path, update in zip(start.watch.paths, done[0].updates, strict=True) if update == 0}
    assert silent == held & set(start.watch.paths)
    assert (done[0].ratio > 0) is (freeze != "conv3_x"), "no convolution is left to compare"


def test_frozen_layers_leave_the_key_of_a_run_that_has_none_as_it_was() -> None:
    config = TrainConfig(net=TINY)
    assert "freeze" not in settled(config)
    assert key(dataclasses.replace(config, freeze="bn")) != key(config)


@pytest.mark.parametrize(
    ("query", "freeze", "allowed"),
    [
        ("net=cifar_resnet20", "conv5_x", "none, bn or a stage of this net: stem, conv2_x, conv3_x, conv4_x"),
        ("net=vgg16", "stem", "none, bn or a stage of this net: conv1_x, "),
        ("net=vgg16", "bn", "none or a stage of this net, which has no BatchNorm"),
        ("net=resnet18", "head", "one of none, bn, stem"),
    ],
)
def test_a_stage_that_the_net_has_not_is_refused(query: str, freeze: str, allowed: str) -> None:
    with pytest.raises(InvalidOption, match=f"freeze is '{freeze}'; allowed: {allowed}"):
        TrainConfig(net=rx.from_query(query), freeze=freeze)


def test_a_run_on_grey_pictures_of_other_height_than_width() -> None:
    net = dataclasses.replace(TINY, in_channels=1, image=(8, 12))
    told: list[Step] = []
    found = TASKS["train"].carry_out(
        TrainConfig(net=net, steps=2, batch=16, freeze="stem", test=True), told.append, lambda: False
    )
    assert (found.status, found.tested, len(told)) == ("done", 297, 2)


def test_pictures_in_colour_are_not_shown_to_a_net_of_other_channels(monkeypatch: pytest.MonkeyPatch) -> None:
    colour = types.SimpleNamespace(facts=lambda: Facts(classes=10, channels=3, side=8, train=100, test=0))
    monkeypatch.setattr("resnet_explorer.tasks.setting.find", lambda _name: colour)
    with pytest.raises(InvalidOption, match="in_channels is 2; allowed: 1 or 3, the channels of the pictures"):
        setting(TrainConfig(net=dataclasses.replace(TINY, in_channels=2), batch=16))
    assert (
        next(setting(TrainConfig(net=dataclasses.replace(TINY, in_channels=1), batch=16)).batches).images.shape[1] == 1
    )


@pytest.mark.parametrize("freeze", ["none", "bn", "stem", "conv2_x", "conv3_x"])
def test_first_and_last_are_of_the_layers_that_train(freeze: str) -> None:
    watch = setting(TrainConfig(net=TINY, batch=16, freeze=freeze)).watch
    assert outer(TINY, freeze) == (watch.first, watch.last)
    (paths,) = {watch.paths}
    first = {"none": "conv1", "bn": "conv1", "conv2_x": "layer2.0.conv1", "conv3_x": "conv1"}
    assert paths[watch.first] == first.get(freeze, "layer1.0.conv1")


def test_an_own_run_freezes_what_all_of_its_nets_have() -> None:
    nets = {"first": "blocks=1,1&width=8&stem=cifar", "second": "blocks=1,1,1&width=8&stem=cifar"}
    assert {job.config.freeze for job in OWN.jobs(Own(**nets, freeze="conv3_x"))} == {"conv3_x"}
    chosen = Own(**nets, freeze="conv4_x")
    assert chosen.idle == {"freeze": "what all of these nets have: none, bn, stem, conv2_x, conv3_x"}
    assert {job.config.freeze for job in OWN.jobs(chosen)} == {"none"}
    assert "bn" not in Own(**nets, norm=False).freezable
    assert "freeze" in Own(recipe="cifar").idle
