"""The initialisations: the deviation each promises, and the identity near which a plain net can begin."""

import math

import pytest
import torch
from hypothesis import given, settings
from torch import Tensor

import resnet_explorer as rx
from resnet_explorer.model import assemble
from resnet_explorer.model.init import initialise
from resnet_explorer.model.inits import INITS
from resnet_explorer.spec import NetSpec, ResNetOptions, ops
from resnet_explorer.spec.graph import Node
from tests.legal import nets

WIDE = NetSpec(options=ResNetOptions(blocks=(1, 1), width=64, stem="cifar"), image=8, classes=10)
FAN_IN, FAN_OUT = 9 * 64, 9 * 128


def weight(init: str, path: str = "layer2.0.conv1.weight", **more: float) -> torch.Tensor:
    return rx.build(WIDE, seed=0, init=init, **more).get_parameter(path)


@pytest.mark.parametrize(
    ("init", "deviation"),
    [
        ("he", (2 / FAN_OUT) ** 0.5),
        ("pytorch", (1 / 3 / FAN_IN) ** 0.5),
        ("xavier", (2 / (FAN_IN + FAN_OUT)) ** 0.5),
        ("n0.01", 0.01),
    ],
)
def test_a_convolution_has_the_deviation_that_is_promised(init: str, deviation: float) -> None:
    assert weight(init).std().item() == pytest.approx(deviation, rel=0.02)


def test_only_two_change_the_classifier() -> None:
    classifier = {init: weight(init, "fc.weight") for init in INITS.names}
    same = [init for init, found in classifier.items() if torch.equal(found, classifier["pytorch"])]
    assert set(INITS.names) - set(same) == {"n0.01", "fixup_like"}
    assert not classifier["fixup_like"].any()
    assert classifier["n0.01"].std().item() == pytest.approx(0.01, rel=0.1)


@pytest.mark.parametrize("eps", [0.0, 0.1, 1.0])
def test_near_the_identity_is_dirac_and_a_share_of_he(eps: float) -> None:
    noise = weight("near_identity", eps=eps) - torch.nn.init.dirac_(torch.empty(128, 64, 3, 3))
    assert torch.allclose(noise, eps * weight("he"), atol=1e-6)


def test_without_noise_a_convolution_hands_its_channels_on() -> None:
    module = rx.build(WIDE, seed=0, init="near_identity", eps=0.0)
    x = torch.randn(2, 64, 8, 8)
    assert torch.equal(module.get_submodule("layer1.0.conv2")(x), x)


def test_near_the_identity_the_convolution_that_reads_colours_is_hes() -> None:
    assert torch.equal(weight("near_identity", "conv1.weight"), weight("he", "conv1.weight"))


@pytest.mark.parametrize("init", sorted({*INITS.names} - {"pytorch"}))
def test_where_there_are_biases_they_begin_at_zero(init: str) -> None:
    module = rx.build(WIDE.having(norm="none"), seed=0, init=init)
    assert not module.get_parameter("layer1.0.conv1.bias").any()


@pytest.mark.parametrize("init", INITS.names)
@given(spec=nets(features=8))
@settings(max_examples=12)
def test_every_parameter_of_every_net_is_filled(init: str, spec: NetSpec) -> None:
    module = assemble(spec.graph, torch.device("cpu"))
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.fill_(math.nan)
    initialise(module, spec.graph, INITS[init].of(spec.graph, 0.1), seed=0)
    assert all(parameter.isfinite().all() for parameter in module.parameters()), rx.to_query(spec)


MIXED = (
    "block=bottleneck&blocks=2,2&width=32&groups=4&group_width=8&stem=deep&stem_width=64",
    "block=basic&blocks=2,2&width=32&stem=imagenet",
    "block=preact_bottleneck&blocks=1,1&width=16&stem=cifar&attention=se&shortcut=D",
    "block=highway&blocks=1,1&width=32&stem=cifar&norm=none",
    "family=vgg&convs=1,2&width=32&features=64",
)
SLOPES = {"": 0.0, "&activation=leaky&slope=0.5": 0.5}


def convolutions(query: str, init: str) -> list[tuple[Node, Tensor]]:
    """The convolutions of a net with their weights: 1x1 and 3x3 and 7x7, grouped, strided, projections and gates."""
    spec = rx.from_query(f"{query}&image=32&classes=10")
    module = rx.build(spec, seed=0, init=init)
    return [(n, module.get_parameter(f"{n.path}.weight")) for n in spec.graph if isinstance(n.op, ops.Conv2d)]


def leaky(query: str, more: str) -> str:
    return query if query.startswith("family") else f"{query}{more}"


@pytest.mark.parametrize("more", SLOPES)
@pytest.mark.parametrize("query", MIXED)
def test_he_by_fan_in_goes_by_the_nets_own_slope(query: str, more: str) -> None:
    slope = SLOPES[more] if "family" not in query else 0.0
    for node, weights in convolutions(leaky(query, more), "he_fan_in"):
        expected = math.sqrt(2 / (1 + slope**2) / weights[0].numel())
        if weights.numel() > 2000:
            assert weights.std().item() == pytest.approx(expected, rel=0.08), node.path


@pytest.mark.parametrize("more", SLOPES)
@pytest.mark.parametrize("query", MIXED)
def test_delta_orthogonal_is_orthogonal_in_the_middle_and_nothing_around(query: str, more: str) -> None:
    slope = SLOPES[more] if "family" not in query else 0.0
    for node, weights in convolutions(leaky(query, more), "delta_orthogonal"):
        out, into, side = len(weights), weights.shape[1] * node.op.groups, weights.shape[2]
        middle = weights[:, :, side // 2, side // 2]
        assert torch.equal((weights != 0).sum(), (middle != 0).sum()), node.path
        gain = 2 / (1 + slope**2)
        for group in middle.detach().double().chunk(node.op.groups):
            wide = group.shape[0] >= group.shape[1]
            product = group.T @ group if wide else group @ group.T
            size = gain * max(1.0, out / into)
            assert torch.allclose(product, size * torch.eye(len(product), dtype=torch.float64), atol=1e-5), node.path


@pytest.mark.parametrize(
    ("init", "slope"), [("he_fan_in", 0.5), ("he_fan_in", 0.8), ("delta_orthogonal", 0.5), ("delta_orthogonal", 0.8)]
)
def test_a_deep_plain_net_keeps_the_size_of_its_signal(init: str, slope: float) -> None:
    spec = rx.from_query(
        f"blocks=6,6,6&width=64&stem=cifar&residual=0&norm=none&activation=leaky&slope={slope}&image=17&classes=10"
    )
    module, sizes = rx.build(spec, seed=0, init=init), []
    for node in spec.graph:
        if isinstance(node.op, ops.Rectifier):
            hook = lambda _m, _x, y: sizes.append(y[:, :, 4:-4, 4:-4].square().mean().item())  # noqa: E731
            module.get_submodule(node.path).register_forward_hook(hook)
    with torch.no_grad():
        module(torch.randn(2, 3, 17, 17, generator=torch.Generator().manual_seed(0)))
    per_layer = (sizes[12] / sizes[0]) ** (1 / 12)  # the first stage, whose map has an inside far from its border
    assert per_layer == pytest.approx(1.0, abs=0.04)


@pytest.mark.parametrize(
    ("query", "branches", "convs"),
    [("block=basic&blocks=2,3", 5, 2), ("block=bottleneck&blocks=3,1", 4, 3), ("block=preact_basic&blocks=4", 4, 2)],
)
def test_fixup_like_scales_each_branch_by_the_number_of_branches(query: str, branches: int, convs: int) -> None:
    query = f"{query}&width=16&stem=cifar&norm=none&branch_scale=depth"
    he, found = ({n.path: w for n, w in convolutions(query, init)} for init in ("he", "fixup_like"))
    spec = rx.from_query(query)
    for path, weights in found.items():
        node = next(node for node in spec.graph if node.path == path)
        if path.endswith(f"conv{convs}"):
            assert not weights.any()
        else:
            factor = branches ** (-1 / (2 * convs - 2)) if node.block and node.main else 1.0
            assert torch.allclose(weights, factor * he[path], atol=1e-7), path
    plain = rx.build(spec.plain, seed=0, init="fixup_like")
    assert torch.equal(plain.get_parameter("layer1.0.conv1.weight"), he["layer1.0.conv1"])
    assert not plain.get_parameter("fc.weight").any()


def test_near_the_identity_a_grouped_convolution_hands_its_channels_on() -> None:
    spec = rx.from_query("block=bottleneck&blocks=1&width=8&groups=4&stem=cifar&shortcut=B&image=8&classes=10")
    module = rx.build(spec, seed=0, init="near_identity", eps=0.0)
    x = torch.randn(2, 8, 8, 8)
    assert torch.equal(module.get_submodule("layer1.0.conv2")(x), x)


def test_near_the_identity_only_what_reads_the_image_is_hes_though_others_have_three_channels_too() -> None:
    spec = rx.from_query("blocks=1&width=3&stem=cifar&image=8&classes=10")
    module = rx.build(spec, seed=0, init="near_identity", eps=0.0)
    x = torch.randn(2, 3, 8, 8)
    assert torch.equal(module.get_submodule("layer1.0.conv1")(x), x)
    assert module.get_parameter("conv1.weight").std() > 0.1


@pytest.mark.parametrize(("block", "learns"), [("basic", True), ("relu_before_add", False)])
@pytest.mark.parametrize("norm", ["none", "batch"])
def test_a_branch_that_ends_in_a_relu_never_learns_from_a_fixup_like_start(
    block: str, norm: str, *, learns: bool
) -> None:
    net = rx.from_query(f"block={block}&blocks=2&width=4&stem=cifar&image=8&classes=3&norm={norm}")
    module = rx.build(net, seed=0, init="fixup_like")
    torch.nn.init.normal_(module.get_parameter("fc.weight"))  # it starts at zero too, and would hand nothing back
    module(torch.randn(4, 3, 8, 8, generator=torch.Generator().manual_seed(0))).square().sum().backward()
    gradient = module.get_parameter("layer1.1.conv2.weight").grad
    assert gradient is not None
    assert bool(gradient.any()) is learns
