"""The initialisations: the deviation each promises, and the identity near which a plain net can begin."""

import pytest
import torch

import resnet_explorer as rx
from resnet_explorer.model.inits import INITS
from resnet_explorer.spec import NetSpec, ResNetOptions

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


def test_only_the_small_normal_changes_the_classifier() -> None:
    classifier = {init: weight(init, "fc.weight") for init in INITS.names}
    same = [init for init, found in classifier.items() if torch.equal(found, classifier["pytorch"])]
    assert set(INITS.names) - set(same) == {"n0.01"}
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


@pytest.mark.parametrize("init", ["he", "xavier", "n0.01", "near_identity"])
def test_where_there_are_biases_they_begin_at_zero(init: str) -> None:
    module = rx.build(WIDE.having(norm="none"), seed=0, init=init)
    assert not module.get_parameter("layer1.0.conv1.bias").any()


def test_a_convolution_in_groups_hands_its_channels_on_within_each_group() -> None:
    groups = WIDE.having(block="bottleneck", groups=4, group_width=64)
    module = rx.build(groups, seed=0, init="near_identity", eps=0.0)
    conv = module.get_submodule("layer1.0.conv2")
    assert conv.groups == 4
    x = torch.randn(2, conv.in_channels, 8, 8)
    assert torch.equal(conv(x), x)
