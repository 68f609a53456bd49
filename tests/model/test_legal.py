"""What must hold of the real module of every legal net: nothing of it is dead, and it is counted rightly."""

import dataclasses
import itertools
from collections.abc import Iterator

import pytest
import torch
from hypothesis import given, settings
from torch import Tensor, nn

import resnet_explorer as rx
from resnet_explorer.analysis import analyse
from resnet_explorer.errors import InvalidOption
from resnet_explorer.model import measured
from resnet_explorer.spec import PRESETS, NetSpec, ResNetOptions, ops
from resnet_explorer.spec.activations import ACTIVATIONS
from resnet_explorer.spec.attentions import ATTENTIONS
from resnet_explorer.spec.blocks import BLOCKS
from resnet_explorer.spec.norms import NORMS
from resnet_explorer.spec.scales import SCALES
from resnet_explorer.spec.shortcuts import SHORTCUTS
from tests.legal import nets

IMAGES = 4
SEEDS = range(3)
"""A net of few channels may be born dead by its draw: one of several seeds has to live."""


def run(spec: NetSpec, seed: int) -> tuple[Tensor, bool]:
    """The logits of some images, and whether their loss has a gradient anywhere but at the classifier's bias."""
    module = rx.build(spec, seed=seed).double()
    for child in module.modules():
        if isinstance(child, nn.Dropout):
            child.eval()  # what it draws would differ from image to image
    draw = torch.Generator().manual_seed(0)
    logits = module(torch.randn(IMAGES, *spec.input_shape, generator=draw, dtype=torch.float64))
    nn.functional.cross_entropy(logits, torch.arange(IMAGES) % spec.classes).backward()
    inner = [p.grad for path, p in module.named_parameters() if path != f"{spec.graph.nodes[-1].path}.bias"]
    return logits.detach(), any(bool(grad.any()) for grad in inner if grad is not None)


def lives(spec: NetSpec) -> tuple[bool, bool, bool]:
    """Whether its logits vary with the image, and with the seed, and whether gradients come back."""
    found: list[tuple[Tensor, bool]] = []
    alive = False, False, False
    for seed in SEEDS:
        found.append(run(spec, seed))
        alive = (
            any(bool((logits - logits[:1]).any()) for logits, _ in found),
            any(bool((logits - found[0][0]).any()) for logits, _ in found),
            any(back for _, back in found),
        )
        if all(alive):
            break
    return alive


def never_dead(spec: NetSpec) -> None:
    """The net itself lives, and its plain counterpart does."""
    spec = dataclasses.replace(spec, classes=3)
    for each in (spec.residual, spec.plain):
        assert all(lives(each)), rx.to_query(each)


def small(name: str) -> NetSpec:
    """A named net with all its choices, but narrow, and two blocks a stage at most."""
    options = PRESETS[name].spec.options
    least = {"group": 32}.get(options.norm, 8)
    narrow = {"width": least}
    if PRESETS[name].spec.family == "resnet":
        narrow |= {"blocks": tuple(min(2, count) for count in options.blocks)}
        narrow |= {"stem_width": least} if options.stem_width else {}
        narrow |= {"group_width": 1 if options.groups > 1 else 16} if options.group_width else {}
    else:
        narrow |= {"features": 8}
    return dataclasses.replace(
        PRESETS[name].spec.having(**narrow), image=32 if name.startswith(("vgg", "resnetblur")) else 9
    )


@pytest.mark.parametrize("name", PRESETS.names)
def test_the_plain_counterpart_of_a_named_net_lives(name: str) -> None:
    never_dead(small(name))


def combinations(block: str) -> Iterator[NetSpec]:
    """Every combination of what is registered, of that block."""
    kinds = (NORMS, ATTENTIONS, ACTIVATIONS, SCALES, SHORTCUTS)
    for norm, attention, activation, scale, shortcut in itertools.product(*(each.names for each in kinds)):
        fields = {"norm": norm, "attention": attention, "activation": activation, "shortcut": shortcut}
        for zero_gamma in (False, True):
            made = {"block": block, "branch_scale": scale, "zero_gamma": zero_gamma, **fields}
            try:
                options = ResNetOptions(blocks=(1, 1), width=32, stem="cifar", **made)
            except InvalidOption:
                continue
            yield NetSpec(options=options, image=5)


@pytest.mark.parametrize("block", BLOCKS.names)
def test_the_plain_counterpart_of_every_combination_lives(block: str) -> None:
    different = {spec.plain.graph.nodes: spec for spec in combinations(block)}
    assert len(different) == len(NORMS) * len(ATTENTIONS) * len(ACTIVATIONS)
    for spec in different.values():
        never_dead(spec)


@given(nets(width=32, features=8))
@settings(max_examples=40)
def test_the_plain_counterpart_of_any_net_lives(spec: NetSpec) -> None:
    never_dead(dataclasses.replace(spec, image=min(spec.image, max(9, least(spec)))))


def least(spec: NetSpec) -> int:
    """The smallest image that it takes."""
    return next(side for side in range(1, 300) if _takes(spec, side))


def _takes(spec: NetSpec, side: int) -> bool:
    try:
        return dataclasses.replace(spec, image=side).image == side
    except InvalidOption:
        return False


@given(nets(features=8))
@settings(max_examples=60)
def test_torch_counts_and_keeps_what_the_description_says(spec: NetSpec) -> None:
    report = analyse(spec)
    module = rx.build(spec, device="meta", init=None)
    image = torch.empty((1, *spec.input_shape), device="meta")
    macs, output = measured.torch_macs(module.eval(), image)
    assert (macs, measured.params(module), tuple(output.shape)) == (report.macs, report.params, (1, spec.classes))
    if report.training_memory(2).saved < 2e8:
        built = rx.build(spec, seed=0)
        saved = measured.saved_bytes(built, torch.zeros(2, *spec.input_shape))
        per_channel = sum(2 * 4 * node.op.channels for node in spec.graph if isinstance(node.op, ops.BatchNorm2d))
        blurs = sum(9 * 4 for node in spec.graph if isinstance(node.op, ops.Blur2d))  # their 3x3 weights
        assert saved == report.training_memory(2).saved + per_channel + blurs, rx.to_query(spec)


def test_a_vgg_without_dropout_keeps_no_masks() -> None:
    spec = rx.from_query("family=vgg&convs=1,3&width=4&features=8&dropout=0.0&image=62&classes=8")
    assert analyse(spec).training_memory(1).saved == 269_248
    assert measured.saved_bytes(rx.build(spec, seed=0), torch.zeros(1, 3, 62, 62)) == 269_248
    assert not any(node.op.kind == "dropout" for node in spec.graph)
    assert "classifier.6.weight" in rx.build(spec, init=None).state_dict()


def test_a_scaled_branch_is_the_branch_times_its_number() -> None:
    spec = rx.from_query("blocks=1&width=4&stem=cifar&branch_scale=zero&image=6&classes=2")
    module = rx.build(spec, seed=0).eval()
    x = torch.randn(2, 3, 6, 6)
    scale = module.get_parameter("layer1.0.scale.weight")
    assert (tuple(scale.shape), scale.item()) == ((1,), 0.0)
    stem = module.get_submodule("relu")(module.get_submodule("bn1")(module.get_submodule("conv1")(x)))
    branch = stem
    for name in ("conv1", "bn1", "relu1", "conv2", "bn2"):
        branch = module.get_submodule(f"layer1.0.{name}")(branch)
    for number in (0.0, 0.5):
        with torch.no_grad():
            scale.fill_(number)
        pooled = torch.relu(number * branch + stem).mean((2, 3))
        assert torch.allclose(module(x), module.get_submodule("fc")(pooled), atol=1e-6)


def test_a_leaky_relu_lets_its_slope_of_what_is_negative_through() -> None:
    spec = rx.from_query("activation=leaky&slope=0.25&blocks=1&width=4&stem=cifar")
    module = rx.build(spec, init=None).get_submodule("layer1.0.relu")
    assert module(torch.tensor([-4.0, 4.0])).tolist() == [-1.0, 4.0]


@pytest.mark.parametrize(("image", "batch", "refused"), [(32, 1, True), (32, 2, False), (33, 1, False)])
def test_one_value_a_channel_is_refused_by_torch_as_the_memory_says(image: int, batch: int, refused: bool) -> None:  # noqa: FBT001
    spec = rx.from_query(f"blocks=1,1,1,1&width=4&image={image}&classes=2")
    module, images = rx.build(spec, seed=0), torch.zeros(batch, 3, image, image)
    words = analyse(spec).untrainable(batch)
    if not refused:
        module(images)
        assert words == ""
        return
    with pytest.raises(ValueError, match="Expected more than 1 value per channel"):
        module(images)
    assert words.startswith("PyTorch refuses to train it so: layer4.0.bn1 would have a single value")
