"""What must hold of every legal net: its title, its options, its plain counterpart, its link."""

import contextlib
import dataclasses
from typing import Any

import pytest
from hypothesis import given, settings

import resnet_explorer as rx
from resnet_explorer import spec as specs
from resnet_explorer.analysis.measures import MEASURES
from resnet_explorer.errors import InvalidOption
from resnet_explorer.options import options_of
from resnet_explorer.spec import PRESETS, ops
from resnet_explorer.spec.activations import ACTIVATIONS
from resnet_explorer.spec.blocks import BLOCKS
from resnet_explorer.spec.norms import NORMS
from resnet_explorer.spec.scales import SCALES
from tests.legal import neighbours, nets, values


def structure(spec: rx.NetSpec) -> tuple[Any, ...]:
    """The net without its last layer, whose classes no title tells."""
    return tuple(spec.graph.nodes[:-1])


@given(neighbours())
@settings(max_examples=400)
def test_two_nets_have_one_title_only_where_they_are_one_net(pair: tuple[rx.NetSpec, str, rx.NetSpec]) -> None:
    one, _, other = pair
    assert (one.title == other.title) is (structure(one) == structure(other)), (one.title, other.title)


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("blocks=4,4", "ResNet-18, basic blocks 4-4"),
        ("blocks=2,2,2,2&block=bottleneck", "ResNet-26"),
        ("blocks=3,3,3,3", "ResNet-26, basic blocks 3-3-3-3"),
        ("blocks=3,3,3", "ResNet-20, basic blocks 3-3-3"),
        ("blocks=3,3,3&stem=cifar", "ResNet-20, CIFAR stem"),
        ("blocks=8,8,8&stem=cifar", "ResNet-50, basic blocks 8-8-8, CIFAR stem"),
        ("block=preact_bottleneck&blocks=2,2,2&stem=cifar", "PreResNet-20, bottleneck blocks 2-2-2, CIFAR stem"),
        ("net=cifar_preresnet164&stride=v1.5", "PreResNet-164, width 16, CIFAR stem"),
        ("net=cifar_wrn28_10&image=32", "WRN-28-10"),
        ("net=cifar_wrn28_10&stem=imagenet", "WRN-28-10, ImageNet stem"),
        ("net=cifar_wrn28_10&width=80&stem_width=8", "WRN-28-10, stem width 8"),
        ("net=vgg16&width=4", "VGG-16, width 4"),
        ("net=vgg16_bn&dropout=0.0", "VGG-16 with BatchNorm, dropout 0.0"),
        ("family=vgg&convs=13", "VGG-16, convolutions 13"),
        ("residual=0&zero_gamma=1&branch_scale=zero", "plain-34"),
        ("blocks=5&shortcut=A&stem=cifar", "ResNet-12, basic blocks 5, CIFAR stem"),
        ("block=relu_before_add", "ResNet-34, ReLU-before-addition blocks 3-4-6-3"),
        ("activation=leaky&slope=0.2&branch_scale=depth", "ResNet-34, leaky ReLU 0.2, branch scale from 1/√blocks"),
    ],
)
def test_a_published_name_stands_alone_only_for_what_was_published(query: str, title: str) -> None:
    assert rx.from_query(query).title == title


def test_blocks_of_equal_names_would_give_nets_of_equal_titles() -> None:
    assert len({(block.nets, block.form) for block in BLOCKS}) == len(BLOCKS)


@given(neighbours())
@settings(max_examples=300)
def test_an_idle_option_changes_nothing(pair: tuple[rx.NetSpec, str, rx.NetSpec]) -> None:
    one, field, other = pair
    if field in one.idle & other.idle:
        assert structure(one) == structure(other)


@given(nets())
@settings(max_examples=60)
def test_every_other_option_changes_something(spec: rx.NetSpec) -> None:
    for each in options_of(type(spec.options)):
        if each.field not in spec.idle:
            legal = {spec.options: structure(spec)}
            for value in values(each):
                with contextlib.suppress(InvalidOption):
                    options = dataclasses.replace(spec.options, **{each.field: value})
                    legal[options] = structure(dataclasses.replace(spec, options=options, image=200))
            assert len(legal) == 1 or len(set(legal.values())) > 1, each.field


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("norm=none&zero_gamma=1", "zero_gamma"), ("block=highway&zero_gamma=1", "zero_gamma"),
        ("block=relu_before_add&zero_gamma=1", "zero_gamma"), ("slope=0.2", "slope"),
        ("block=highway&branch_scale=zero", "branch_scale"), ("group_width=8", "group_width"),
        ("stem_width=97&shortcut=A", "shortcut"), ("activation=leaky&slope=1.0", "slope"),
        ("activation=leaky&slope=0.0", "slope"),
    ],
)  # fmt: skip
def test_what_would_do_nothing_is_refused_and_the_rest_of_the_link_kept(query: str, named: str) -> None:
    with pytest.raises(InvalidOption, match=f"^{named} is .*; allowed: "):
        rx.from_query(query)
    texts = dict(pair.split("=") for pair in query.split("&")) | {"width": "96", "classes": "5"}
    spec, problems = specs.from_texts(texts)
    assert (spec.options.width, spec.classes, len(problems)) == (96, 5, 1)
    assert getattr(spec.options, named) == getattr(specs.ResNetOptions(), named)


def test_what_goes_with_an_option_that_the_link_does_not_name_is_kept() -> None:
    spec, (problem,) = specs.from_texts({"net": "resnet50_gn", "width": "16", "stem": "cifar", "image": "40"})
    assert "norm" in str(problem)
    assert (spec.options.norm, spec.options.width, spec.options.stem, spec.image) == ("group", 64, "cifar", 40)


def test_turning_an_option_takes_what_then_means_nothing_back_to_its_default() -> None:
    zero = rx.from_query("zero_gamma=1&branch_scale=zero")
    assert zero.turned(norm="none") == zero.having(norm="none", zero_gamma=False)
    assert zero.plain.turned(norm="none").residual == zero.having(norm="none", zero_gamma=False)
    leaky = rx.from_query("activation=leaky&slope=0.5")
    assert leaky.turned(activation="relu") == rx.preset("resnet34")
    grouped = rx.preset("resnext50_32x4d")
    assert grouped.turned(block="basic") == rx.preset("resnet34")
    with pytest.raises(InvalidOption, match="norm is 'group'"):
        rx.preset("resnet50_gn").turned(width=16)
    with pytest.raises(InvalidOption, match="zero_gamma is 1"):
        rx.preset("resnet50").turned(norm="none", zero_gamma=True)


@pytest.mark.parametrize("name", NORMS.names)
def test_every_normalisation_has_a_plain_form_with_its_scale_at_one(name: str) -> None:
    if (made := NORMS[name].op) is None:
        return
    op = made(64)
    zero = rx.from_query(f"width=64&norm={name}&zero_gamma=1").graph
    starts = {node.op.start("weight") for node in zero if isinstance(node.op, ops.Normalisation)}
    assert starts == {0.0, 1.0}
    assert {node.op for node in specs.plain(zero) if isinstance(node.op, ops.Normalisation)} >= {op}
    assert (op.plain, op.start("weight"), op.start("bias")) == (op, 1.0, 0.0)


@given(nets())
def test_nothing_of_a_plain_net_starts_at_zero_but_biases(spec: rx.NetSpec) -> None:
    for node in spec.plain.graph:
        assert node.op.branch is None
        assert node.op.kind != "scale"
        for name, _ in node.op.weights:
            assert node.op.start(name) != 0 or name == "bias"


@pytest.mark.parametrize("activation", ACTIVATIONS.names)
def test_an_activation_stands_wherever_the_net_activates_but_in_gates(activation: str) -> None:
    for block in BLOCKS.names:
        net = rx.from_query(f"block={block}&blocks=1,1&activation={activation}&attention=se")
        kinds = {node.op.kind for node in net.graph if isinstance(node.op, ops.Rectifier) and node.main}
        assert kinds == {activation}
        assert {node.op.kind for node in net.graph if isinstance(node.op, ops.Rectifier) and node.gate} == {"relu"}


@pytest.mark.parametrize(("name", "begins"), [("zero", 0.0), ("depth", 0.25)])
def test_each_branch_is_scaled_once_right_before_it_is_added(name: str, begins: float) -> None:
    assert set(SCALES.names) == {"none", "zero", "depth"}
    for block in (each.name for each in BLOCKS if each.adds):
        graph = rx.from_query(f"block={block}&blocks=3,4,6,3&attention=se&branch_scale={name}").graph
        added = [node.inputs[0] for node in graph if node.op.kind == "add"]
        scales = [node for node in graph if node.op.kind == "scale"]
        assert [node.path for node in scales] == added == [f"{node.block}.scale" for node in scales]
        assert {(node.op.start("weight"), node.op.params) for node in scales} == {(begins, 1)}
        assert len(scales) == 16


@pytest.mark.parametrize(
    ("query", "least"),
    [("width=32&norm=group&stem=cifar&blocks=1", 2), ("width=32&norm=group&blocks=1", 5), ("norm=group&blocks=1", 1),
     ("block=bottleneck&width=32&blocks=1&norm=group", 5), ("width=32&blocks=1", 1)],
)  # fmt: skip
def test_an_image_of_which_groupnorm_has_one_value_a_group_is_refused(query: str, least: int) -> None:
    assert rx.from_query(f"{query}&image={least}").image == least
    if least > 1:
        with pytest.raises(
            InvalidOption, match=rf"image is {least - 1}; allowed: {least} pixels .* more than one value"
        ):
            rx.from_query(f"{query}&image={least - 1}")


def test_a_name_that_counts_otherwise_says_how_where_layers_are_counted() -> None:
    said = {name: MEASURES["layers"].made(rx.analyse(rx.preset(name)), 1).working for name in PRESETS.names}
    assert said["cifar_wrn28_10"] == (
        "25 conv + 1 fc = 26; its name says 28: it counts a shortcut's convolution in each of the 3 stages, and not "
        "the classifier (arXiv:1605.07146)"
    )
    assert said["resnet50d"].endswith("= 52; its name says 50: it counts the 3 convolutions of the stem as one")
    assert said["resnet50"] == "49 conv + 1 fc = 50"
