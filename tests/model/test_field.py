"""The receptive field as autograd sees it: which pixels a value of the last map depends on."""

import pytest
import torch
from torch import Tensor

import resnet_explorer as rx
from resnet_explorer.analysis import formula
from resnet_explorer.analysis.receptive_field import past, range_px
from resnet_explorer.spec.attentions import ATTENTIONS
from resnet_explorer.spec.blocks import BLOCKS
from resnet_explorer.spec.norms import NORMS
from resnet_explorer.ui.pages.cost import field

IMAGE = 61


def seen(spec: rx.NetSpec, *, pooled: bool = False) -> int:
    """Pixels across on which the middle of the last map depends, in use; or that of what it is pooled to.

    Weights and image are positive, so that no cancellation hides a path; the activation leaks, and filters take means,
    so that no gate is saturated.
    """
    module = rx.build(spec, seed=0).double().eval()
    for parameter in module.parameters():
        weights = parameter.data.abs() + 1e-3
        parameter.data = weights / weights.flatten(1).sum(1).reshape(-1, 1, 1, 1) if weights.dim() == 4 else weights
    maps: list[Tensor] = []
    module.get_submodule("avgpool").register_forward_hook(lambda _m, inputs, y: maps.append(y if pooled else inputs[0]))
    image = torch.rand(1, 3, *spec.sides, dtype=torch.float64, generator=torch.Generator().manual_seed(0))
    image.requires_grad_()
    module(image)
    middle = maps[0].shape[-1] // 2
    (gradient,) = torch.autograd.grad(maps[0][0, :, middle, middle].sum(), image)
    across = gradient.abs().sum((0, 1, 2)).nonzero().flatten()
    return int(across.max() - across.min()) + 1


def net(block: str, more: str) -> rx.NetSpec:
    return rx.from_query(
        f"block={block}&blocks=1,2&width=32&stem=cifar&activation=leaky&image={IMAGE}&classes=2&{more}"
    )


@pytest.mark.parametrize("block", BLOCKS.names)
@pytest.mark.parametrize("more", ["norm=batch", "norm=none", "residual=0", "stride=v1&shortcut=D"])
def test_a_value_of_the_last_map_sees_its_window_and_no_more(block: str, more: str) -> None:
    spec = net(block, more)
    assert seen(spec) == rx.analyse(spec).field_px == range_px(spec.graph)[1] < IMAGE
    assert past(spec.graph) == ""
    assert "whole image" not in formula.of_field(rx.analyse(spec)).working


@pytest.mark.parametrize("block", BLOCKS.names)
@pytest.mark.parametrize(
    ("more", "by"),
    [
        ("norm=group", "the means and deviations of GroupNorm"),
        ("attention=se", "the means of squeezes"),
        ("attention=se&residual=0", "the means of squeezes"),
        ("attention=se&norm=group", "the means and deviations of GroupNorm and the means of squeezes"),
    ],
)
def test_what_takes_whole_maps_lets_every_value_see_the_whole_image_and_is_told(block: str, more: str, by: str) -> None:
    spec = net(block, more)
    assert rx.analyse(spec).field_px < seen(spec) == IMAGE
    assert past(spec.graph) == by
    told = f"past this window every value depends on the whole image, by {by}"
    assert formula.of_field(rx.analyse(spec)).working.endswith(told)


@pytest.mark.parametrize("registry", [NORMS, ATTENTIONS], ids=lambda registry: registry.kind)
def test_every_entry_tells_whether_it_sees_past_the_window(registry: object) -> None:
    for name in registry.names:
        spec = net("basic", f"{registry.kind}={name}")
        assert bool(past(spec.graph)) is (seen(spec) > rx.analyse(spec).field_px)


@pytest.mark.parametrize(("image", "more"), [(32, True), (61, True), (8, True), (14, False)])
def test_what_fits_a_map_to_seven_pixels_sees_more_and_the_cost_page_says_that_it_is_not_counted(
    image: int,
    more: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    spec = rx.from_query(f"family=vgg&convs=1&width=32&features=8&classes=2&image={image}")
    assert seen(spec) == range_px(spec.graph)[1] == 4
    assert (seen(spec, pooled=True) > 4) is more
    side = image // 2
    told = f"What fits this map of {side} × {side} to 7 × 7 is not counted: a value behind it may see more."
    assert (told in field._sees(spec)) is more
