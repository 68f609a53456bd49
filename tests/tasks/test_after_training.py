"""What is measured on a trained net, computed a second time by another way: planes, deletions, lengths of paths."""

import copy
import itertools
import math
from typing import Any

import pytest
import torch
from torch import nn
from torch.nn import functional as F

import resnet_explorer as rx
from resnet_explorer.model.init import generator
from resnet_explorer.spec import IMAGE, NetSpec, ResNetOptions
from resnet_explorer.spec.graph import Node
from resnet_explorer.tasks import TASKS
from resnet_explorer.tasks.data import Batch, batches, held_out
from resnet_explorer.tasks.landscape import STATISTICS, LandscapeConfig
from resnet_explorer.tasks.lesion import LesionConfig, _joins
from resnet_explorer.tasks.lesion.deletion import Deletion, blocks
from resnet_explorer.tasks.lesion.paths import by_length, lengths
from resnet_explorer.tasks.normalisation import normalise_by
from resnet_explorer.tasks.run_graph import run_graph
from resnet_explorer.tasks.setting import setting
from resnet_explorer.tasks.task import Config
from resnet_explorer.tasks.train import TrainConfig
from resnet_explorer.tasks.train import run as training

CPU = torch.device("cpu")
TINY = NetSpec(options=ResNetOptions(blocks=(2, 2), width=8, stem="cifar", shortcut="A"), image=8, classes=10)
GOLDEN_SHARES = [0.02206, 0.13567, 0.34004, 0.37142, 0.13081]
PLANES = LandscapeConfig(net=TINY, steps=20, batch=32, points=5, images=64, span=0.5, draws=2, seed=3)


def run(config: Config) -> Any:
    return TASKS[config.task].carry_out(config, lambda _: None, lambda: False)


def trained(config: TrainConfig) -> nn.Module:
    """The net of a config after its training, as any other run leaves it."""
    start = setting(config)
    training.fit(start, config, lambda _: None, lambda: False)
    return start.module


def moved(module: nn.Module, seed: int, draw: int, steps: tuple[float, float]) -> nn.Module:
    """A copy with each filter moved so many of its norms along two directions."""
    found = copy.deepcopy(module)
    for path, weight in found.named_parameters():
        if weight.dim() < 2:
            continue
        name = path.removesuffix(".weight")
        for number, far in enumerate(steps, 1):
            along = torch.randn(weight.shape, generator=generator(seed, f"direction {number} of draw {draw}:{name}"))
            with torch.no_grad():
                for place, (one, before) in enumerate(zip(along, module.get_parameter(path), strict=True)):
                    weight[place] += far * before.norm() * one / one.norm()
    return found


def test_planes_are_losses_of_moved_weights_by_either_kind_of_statistics() -> None:
    found, module = run(PLANES), trained(PLANES)
    batch = next(batches((3, 8, 8), PLANES.images, PLANES.seed, CPU))
    assert found.places == (-0.5, -0.25, 0.0, 0.25, 0.5)
    assert [(each.draw, each.statistics) for each in found.planes] == list(itertools.product((0, 1), STATISTICS))
    for plane in found.planes:
        for i, j in ((0, 4), (4, 0), (3, 1), (2, 2)):
            net = moved(module, PLANES.seed, plane.draw, (found.places[i], found.places[j]))
            loss = F.cross_entropy(net.train(plane.statistics == "batch")(batch.images), batch.labels)
            assert plane.rows[i][j] == pytest.approx(loss.item(), rel=1e-3)
        assert plane.middle == plane.rows[2][2]
        assert plane.values == tuple(itertools.chain(*plane.rows))
    running, batched, *again = (each.middle for each in found.planes)
    assert running != batched
    assert again == [running, batched]  # however wild a plane, the next one begins at the same net


def test_a_landscape_that_is_stopped_has_whole_planes_alone() -> None:
    calls = itertools.count()
    found = TASKS["landscape"].carry_out(PLANES, lambda _: None, lambda: next(calls) > PLANES.steps + 7)
    assert found.status == "stopped"
    assert [len(each.rows) for each in found.planes] == [5]


@pytest.mark.parametrize("statistics", STATISTICS)
def test_looking_at_a_net_leaves_what_batchnorm_has_kept(statistics: str) -> None:
    module = rx.build(TINY.having(block="highway"), seed=0)
    module(torch.randn(4, 3, 8, 8))
    kept = {name: each.clone() for name, each in module.named_buffers()}
    normalise_by(module, statistics)
    images = torch.randn(16, 3, 8, 8)
    module(torch.full((16, 3, 8, 8), math.inf))
    assert all(torch.equal(each, kept[name]) for name, each in module.named_buffers())
    alone, among = module(images[:4]), module(images)[:4]
    assert torch.allclose(alone, among, atol=1e-5) is (statistics == "running")


def one_by_one(module: nn.Module, net: NetSpec, batch: Batch) -> torch.Tensor:
    """The gradient at the stem's output by number of branches, from every single path: a pass with all others cut."""
    graph = net.graph
    adds = [node for node in graph if node.op.branch is not None]
    stem = next(node for node in graph if node.block).inputs[0]
    parts: list[Any] = [0] * (len(adds) + 1)
    for ways in itertools.product((False, True), repeat=len(adds)):
        through = {node.path for node, way in zip(adds, ways, strict=True) if way}

        def cut(node: Node, inputs: tuple[torch.Tensor, ...], through: set[str] = through) -> Any:
            if node.op.branch is None:
                return inputs
            around = [place == 1 - node.op.branch for place in range(len(inputs))]
            return tuple(
                x.detach() if way is (node.path in through) else x for way, x in zip(around, inputs, strict=True)
            )

        ends = run_graph(module, graph, {IMAGE: batch.images}, cut)
        loss = F.cross_entropy(ends[graph.nodes[-1].path], batch.labels)
        parts[sum(ways)] = parts[sum(ways)] + torch.autograd.grad(loss, ends[stem], allow_unused=True)[0]
    return torch.stack(parts)


@pytest.mark.parametrize("statistics", STATISTICS)
@pytest.mark.parametrize(
    "shape",
    [
        {},
        {"shortcut": "B"},
        {"block": "preact_basic"},
        {"block": "relu_before_add"},
        {"block": "highway"},
        {"attention": "se"},
    ],
)
def test_the_gradient_of_each_length_is_the_sum_of_all_its_paths(shape: dict[str, Any], statistics: str) -> None:
    net = TINY.having(blocks=(1, 2), **shape)
    module = rx.build(net, seed=0).double()
    normalise_by(module, statistics)
    batch = Batch(held_out((3, 8, 8), CPU).images[:16].double(), held_out((3, 8, 8), CPU).labels[:16])
    parts = by_length(module, net.graph, *batch)
    assert torch.allclose(parts, one_by_one(module, net, batch), rtol=1e-9, atol=1e-15)
    ends = run_graph(module, net.graph, {IMAGE: batch.images})
    loss = F.cross_entropy(ends[net.graph.nodes[-1].path], batch.labels)
    (whole,) = torch.autograd.grad(loss, ends[next(node for node in net.graph if node.block).inputs[0]])
    assert torch.allclose(parts.sum(0), whole, rtol=1e-9, atol=1e-15)


def test_lengths_are_sizes_and_signed_shares_of_the_whole() -> None:
    module = rx.build(TINY, seed=5)
    batch = next(batches((3, 8, 8), 16, 5, CPU))
    found = lengths(module, TINY.graph, batch)
    assert found is not None
    assert module.training
    normalise_by(module.double(), "batch")
    parts = by_length(module, TINY.graph, batch.images.double(), batch.labels).flatten(1)
    whole = parts.sum(0)
    assert found.whole == pytest.approx(whole.norm().item())
    assert [each.norm for each in found.through] == pytest.approx(parts.norm(dim=1).tolist())
    assert [each.share for each in found.through] == pytest.approx((parts @ whole / whole.norm() ** 2).tolist())
    assert sum(each.share for each in found.through) == pytest.approx(1)
    assert [each.share for each in found.through] == pytest.approx(GOLDEN_SHARES, abs=1e-4)
    assert found.mean == pytest.approx(sum(k * share for k, share in enumerate(GOLDEN_SHARES)), abs=1e-3)
    assert found.sizes >= found.whole


def test_a_net_without_shortcuts_has_no_lengths() -> None:
    net = TINY.having(residual=False)
    assert lengths(rx.build(net, seed=0), net.graph, held_out((3, 8, 8), CPU)) is None


def test_the_estimate_of_lengths_knows_the_additions_and_the_largest_map_that_one_gives() -> None:
    assert _joins(rx.preset("resnet18")) == (8, 64 * 56 * 56)
    assert _joins(rx.preset("plain18")) == (0, 0)


def test_the_lengths_of_a_lesion_are_those_of_its_first_mini_batch_before_and_after() -> None:
    config = LesionConfig(net=TINY, steps=5, batch=16, seed=2)
    found, first = run(config), next(batches((3, 8, 8), 16, 2, CPU))
    assert found.at_start == lengths(setting(config).module, TINY.graph, first)
    end = lengths(trained(config), TINY.graph, first)
    assert end is not None
    assert [each.norm for each in found.at_end.through] == pytest.approx([each.norm for each in end.through])
    assert found.at_start != found.at_end


def test_a_lesion_gives_the_accuracies_of_nets_whose_branches_are_silenced() -> None:
    config = LesionConfig(net=TINY, steps=40, batch=32, seed=1)
    found, module, batch = run(config), trained(config).eval(), held_out((3, 8, 8), CPU)

    def right(gone: str = "") -> float:
        silenced = copy.deepcopy(module)
        if gone:
            for parameter in silenced.get_submodule(f"{gone}.bn2").parameters():
                nn.init.zeros_(parameter)
        return (silenced(batch.images).argmax(1) == batch.labels).float().mean().item()

    assert found.intact == pytest.approx(right())
    assert found.without == pytest.approx([right(block) for block in found.blocks])
    assert len(set(found.without)) > 1


@pytest.mark.parametrize("gone", ["layer1.1", "layer2.0"])
def test_a_deleted_plain_block_hands_its_input_on_halved_and_widened_as_the_block_would(gone: str) -> None:
    net = TINY.having(residual=False)
    module = rx.build(net, seed=0).eval()
    images = held_out((3, 8, 8), CPU).images[:32]
    with torch.no_grad():
        x = module.get_submodule("bn1")(module.get_submodule("conv1")(images)).relu()
        for block in blocks(net.graph):
            if block == "layer2.0" == gone:
                x = torch.cat([x[:, :, ::2, ::2], torch.zeros(32, 8, 4, 4)], 1)
            elif block != gone:
                for number in (1, 2):
                    conv, norm = (module.get_submodule(f"{block}.{kind}{number}") for kind in ("conv", "bn"))
                    x = norm(conv(x)).relu()
        expected = module.get_submodule("fc")(x.mean((2, 3)))
        known = run_graph(module, net.graph, {IMAGE: images})
        found = Deletion(net.graph)._run(module, known, frozenset({gone}))
    assert torch.allclose(found, expected, atol=1e-5)
