"""The probes: what each reads is what autograd gives, and what the theory says of it."""

import dataclasses
import itertools
import math
from typing import Any

import pytest
import torch
from torch.nn import functional as F

import resnet_explorer as rx
from resnet_explorer.analysis.growth import BATCH_NORM, PYTORCH, growth
from resnet_explorer.spec import IMAGE, NetSpec, ResNetOptions
from resnet_explorer.tasks import TASKS
from resnet_explorer.tasks.agreement import AgreementConfig
from resnet_explorer.tasks.data import batches, held_out
from resnet_explorer.tasks.dense import DenseConfig
from resnet_explorer.tasks.jacobian import JacobianConfig
from resnet_explorer.tasks.landscape import LandscapeConfig
from resnet_explorer.tasks.lesion import LesionConfig
from resnet_explorer.tasks.lesion.deletion import Deletion, blocks
from resnet_explorer.tasks.profile import ProfileConfig
from resnet_explorer.tasks.profile.probes import PROBES
from resnet_explorer.tasks.run_graph import output, run_graph
from resnet_explorer.tasks.setting import layout_of
from resnet_explorer.tasks.shattered import ShatteredConfig
from resnet_explorer.tasks.task import Config
from resnet_explorer.tasks.train import TrainConfig

CPU = torch.device("cpu")
TINY = NetSpec(options=ResNetOptions(blocks=(2, 2), width=8, stem="cifar", shortcut="A"), image=8, classes=10)


def run(config: Config, records: list[Any] | None = None) -> Any:
    report = records.append if records is not None else lambda _: None
    return TASKS[config.task].carry_out(config, report, lambda: False)


@pytest.mark.parametrize("net", [TINY, TINY.having(residual=False), TINY.having(norm="none", shortcut="B")])
def test_every_probe_reads_what_autograd_gives(net: NetSpec) -> None:
    found = run(ProfileConfig(net=net, batch=16, seed=3))
    assert tuple(series.probe for series in found.series) == PROBES.names
    module = rx.build(net, seed=3)
    module.to(memory_format=layout_of(net.graph))
    seen: dict[str, torch.Tensor] = {}
    for path in found.series[0].paths:
        module.get_submodule(path).register_forward_hook(lambda _m, _x, y, path=path: seen.update({path: y}))
    batch = next(batches(net.input_shape, 16, 3, CPU))
    loss = F.cross_entropy(module(batch.images), batch.labels)
    weights = [module.get_parameter(f"{path}.weight") for path in found.series[0].paths]
    of_weights = torch.autograd.grad(loss, weights, retain_graph=True)
    of_outputs = torch.autograd.grad(loss, [seen[path] for path in found.series[0].paths])
    expected = {
        "weight_gradient": [g.norm().item() for g in of_weights],
        "activation_gradient": [g.norm().item() for g in of_outputs],
        "weight": [w.norm().item() for w in weights],
        "relative_gradient": [(g.norm() / w.norm()).item() for g, w in zip(of_weights, weights, strict=True)],
    }
    for probe, values in expected.items():
        assert found.of(probe).values == pytest.approx(values, rel=1e-3), probe


def test_the_signal_is_read_behind_stem_and_blocks() -> None:
    found = run(ProfileConfig(net=TINY, batch=16)).of("signal")
    assert found.paths == ("stem", "layer1.0", "layer1.1", "layer2.0", "layer2.1")
    assert all(value > 0 for value in found.values)


def test_zero_gamma_shows_exact_zeros_and_keeps_the_signal() -> None:
    net = NetSpec(options=dataclasses.replace(TINY.options, blocks=(4,), zero_gamma=True), image=8, classes=10)
    found = run(ProfileConfig(net=net, batch=16))
    assert set(found.along("weight_gradient")[1:]) == {0.0}
    assert len(set(found.of("signal").values)) == 1


def test_the_fitted_growth_is_exact_for_a_power() -> None:
    assert growth([8.0, 4.0, 2.0, 1.0]) == pytest.approx(2)
    assert growth([1.0, 0.0, 9.0]) == pytest.approx(1 / 3)
    assert math.isnan(growth([0.0, 1.0]))


def test_wide_layers_multiply_the_gradient_as_the_theory_says() -> None:
    assert pytest.approx(1.2112, abs=1e-4) == BATCH_NORM
    assert run(DenseConfig(seed=11)).factor == pytest.approx(BATCH_NORM, abs=0.03)
    assert run(DenseConfig(norm=False, init="pytorch", seed=11, layers=30)).factor == pytest.approx(PYTORCH, abs=0.01)


def test_gradients_of_mini_batches_agree_in_a_residual_net_only() -> None:
    net = NetSpec(options=dataclasses.replace(TINY.options, blocks=(9, 9, 9)), image=8, classes=10)
    means = {kind: run(AgreementConfig(net=net.having(residual=kind), batch=64)) for kind in (False, True)}
    assert len(means[True].cosines) == 15
    assert abs(means[False].mean) < 0.1
    assert means[True].mean > 0.2


def test_the_slope_of_a_deep_plain_net_is_noise_and_that_of_a_shallow_one_is_not() -> None:
    shallow, deep, residual = (
        run(ShatteredConfig(layers=layers, residual=kind, draws=3)).correlation[0]
        for layers, kind in ((1, False), (50, False), (25, True))
    )
    assert shallow > 0.9
    assert abs(deep) < 0.15
    assert deep + 0.1 < residual < shallow


def test_the_jacobian_is_that_of_the_stage() -> None:
    net = NetSpec(options=ResNetOptions(blocks=(1, 1), width=2, stem="cifar"), image=4, classes=10)
    found = run(JacobianConfig(net=net, batch=8))
    assert (len(found.values), found.layers) == (32, 2)
    assert found.values == tuple(sorted(found.values, reverse=True))
    identity = run(JacobianConfig(net=net.having(zero_gamma=True), batch=8))
    assert set(identity.values) <= {0.0, 1.0}  # the stage is the identity, and its ReLU passes what the stem's passed


@pytest.mark.parametrize(("stem", "width", "last"), [("cifar", 8, True), ("cifar", 4, False), ("imagenet", 8, False)])
def test_channels_are_last_where_it_pays_and_does_no_harm(stem: str, width: int, last: bool) -> None:  # noqa: FBT001
    layout = layout_of(TINY.having(stem=stem, width=width, shortcut="B").graph)
    assert layout is (torch.channels_last if last else torch.contiguous_format)


def test_a_walk_gives_what_the_module_gives() -> None:
    module = rx.build(TINY, seed=0).eval()
    images = torch.randn(3, 3, 8, 8)
    assert torch.equal(output(module, TINY.graph, {IMAGE: images}), module(images))
    with torch.no_grad():
        every = run_graph(module, TINY.graph, {IMAGE: images})
        some = run_graph(module, TINY.graph, {IMAGE: images}, kept={"conv1", "fc"})
    assert set(every) == {IMAGE, *(node.path for node in TINY.graph)}
    assert set(some) == {"conv1", "fc"}
    assert torch.equal(some["conv1"], every["conv1"])


@pytest.mark.parametrize("residual", [True, False])
def test_a_deleted_block_hands_its_input_on(residual: bool) -> None:  # noqa: FBT001
    net = TINY.having(residual=residual)
    module = rx.build(net, seed=0).eval()
    batch = held_out((3, 8, 8), CPU)
    deletion = Deletion(net.graph)
    names = blocks(net.graph)
    assert names == ("layer1.0", "layer1.1", "layer2.0", "layer2.1")
    whole = (module(batch.images).argmax(1) == batch.labels).float().mean().item()
    assert deletion.accuracy(module, batch, frozenset()) == pytest.approx(whole)
    for name in names:
        assert 0 <= deletion.accuracy(module, batch, frozenset({name})) <= 1


def test_without_a_block_its_branch_is_nothing_and_its_layers_do_not_run() -> None:
    module = rx.build(TINY, seed=0).eval()
    batch = held_out((3, 8, 8), CPU)
    names = blocks(TINY.graph)
    ran = dict.fromkeys(names, 0)
    for name in names:

        def count(*_: Any, name: str = name) -> None:
            ran[name] += 1

        module.get_submodule(f"{name}.conv1").register_forward_hook(count)
    pairs = [frozenset(each) for each in itertools.combinations(names, 2)]
    found = Deletion(TINY.graph).accuracies(module, batch, [frozenset(), *pairs])
    assert ran == {"layer1.0": 1, "layer1.1": 3, "layer2.0": 4, "layer2.1": 4}  # once in the whole, then behind a gap
    for gone, accuracy in zip([frozenset(), *pairs], found, strict=True):
        silenced = rx.build(TINY, seed=0).eval()
        for name in gone:
            for parameter in silenced.get_submodule(f"{name}.bn2").parameters():
                torch.nn.init.zeros_(parameter)
        assert accuracy == (silenced(batch.images).argmax(1) == batch.labels).float().mean().item()


def test_without_any_block_plain_and_residual_are_one_net() -> None:
    batch = held_out((3, 8, 8), CPU)
    found = set()
    for residual in (True, False):
        net = TINY.having(residual=residual)
        deletion = Deletion(net.graph)
        found.add(deletion.accuracy(rx.build(net, seed=0).eval(), batch, frozenset(blocks(net.graph))))
    assert len(found) == 1


def test_a_lesion_is_a_training_and_what_is_left_of_it() -> None:
    records: list[Any] = []
    found = run(LesionConfig(net=TINY, steps=40, batch=32), records)
    plain = run(TrainConfig(net=TINY, steps=40, batch=32))
    assert len(records) == 40
    assert found.training.final_loss == plain.final_loss
    assert found.intact > 0.5
    assert len(found.without) == len(found.blocks) == 4
    assert [each.deleted for each in found.several] == [1, 2, 3]
    assert [each.paths for each in found.at_start.through] == [each.paths for each in found.at_end.through]
    assert [each.paths for each in found.at_end.through] == [1, 4, 6, 4, 1]
    plain = run(LesionConfig(net=TINY.having(residual=False), steps=2, batch=8))
    assert (plain.at_start, plain.at_end) == (None, None)


def test_a_training_that_diverged_has_no_lesion_and_no_landscape() -> None:
    net = NetSpec(options=dataclasses.replace(TINY.options, blocks=(9, 9, 9), norm="none"), image=8, classes=10)
    for config in (LesionConfig(net=net, batch=16), LandscapeConfig(net=net, batch=16)):
        found = run(config)
        assert found.status == "diverged"
        assert "no longer a finite number" in found.message


@pytest.mark.parametrize(
    "changes", [{"clip": "global", "clip_at": 0.01}, {"clip": "layer", "clip_at": 0.01}, {"warmup": 10}]
)
def test_clipping_and_warm_up_make_the_first_step_smaller(changes: dict[str, Any]) -> None:
    moved = []
    for more in ({}, changes):
        records: list[Any] = []
        run(TrainConfig(net=TINY.having(residual=False), steps=2, batch=16, **more), records)
        moved.append(abs(records[1].weights[0] - records[0].weights[0]))
    assert moved[1] < moved[0]


def test_adam_trains() -> None:
    records: list[Any] = []
    assert run(TrainConfig(net=TINY, steps=40, batch=32, optimiser="adam", lr=0.003), records).final_loss < 2
    assert len(records[0].weights) == len(records[0].norms)
