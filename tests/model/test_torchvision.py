"""Keys, shapes, counts and outputs of every named net, against an independent statement of it.

Those that torchvision 0.29 or timm 1.0 have by the same name were also built beside the originals: equal keys in equal
order, and equal outputs to the last bit under random weights and statistics, training and not, from 64 to 224 pixels.
"""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
import torch
from torch import Tensor, nn

import resnet_explorer as rx
from tests.undrawn import undrawn


def _statement(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SMALL = _statement("reference_small")
NETS, UNNAMED = {**_statement("reference").NETS, **SMALL.NETS}, SMALL.UNNAMED


def described(name: str) -> rx.NetSpec:
    return rx.preset(name) if name in NETS else rx.from_query(name)


def stated(name: str) -> nn.Module:
    family, arguments = {**NETS, **UNNAMED}[name]
    made = family(**arguments)
    assert isinstance(made, nn.Module)
    return made


def drawn(name: str) -> nn.Module:
    """The stated net with every weight and statistic drawn at random: none is 0 or 1, where a mistake would hide."""
    torch.manual_seed(0)
    with undrawn():
        module = stated(name)
    for key, value in module.state_dict().items():
        if key.endswith("num_batches_tracked"):
            value.fill_(3)
        elif value.dim() > 1:
            nn.init.kaiming_normal_(value, nonlinearity="relu")
        elif key.endswith(("weight", "running_var")):
            value.uniform_(0.5, 1.5)
        else:
            value.normal_(0, 0.1)
    return module


def same(found: Tensor, expected: Tensor) -> bool:
    """Whether the largest difference is below 1e-5 of the largest value."""
    return bool((found - expected).abs().max() <= 1e-5 * expected.abs().max())


def test_every_named_net_is_stated_again() -> None:
    assert set(NETS) == set(rx.presets())


@pytest.mark.parametrize("name", [*NETS, *UNNAMED])
def test_the_state_dict_is_the_stated_one(name: str) -> None:
    with torch.device("meta"), undrawn():
        module = stated(name)
    expected = module.state_dict()
    built = rx.build(described(name), device="meta", init=None).state_dict()
    assert list(built) == list(expected)
    assert {key: value.shape for key, value in built.items()} == {key: v.shape for key, v in expected.items()}
    assert {key: value.dtype for key, value in built.items()} == {key: v.dtype for key, v in expected.items()}
    assert sum(parameter.numel() for parameter in module.parameters()) == rx.analyse(described(name)).params


@pytest.mark.parametrize(
    ("name", "pixels"),
    [
        ("resnet18", 64),
        ("resnet18", 97),
        ("resnet50", 97),
        ("resnet50_v1", 97),
        ("plain34", 64),
        ("plain50", 75),
        ("resnext50_32x4d", 97),
        ("wide_resnet50_2", 33),
        ("vgg11", 33),
        ("vgg13_bn", 230),
        ("seresnet18", 65),
        ("seresnet50", 65),
        ("seresnext50_32x4d", 65),
        ("resnet18d", 75),
        ("resnet50d", 75),
        ("resnet50c", 64),
        ("resnet50_gn", 65),
        ("ecaresnet50d", 65),
        ("resnetblur50", 65),
        ("preresnet200", 65),
        ("cifar_resnet20", 32),
        ("cifar_resnet20", 33),
        ("cifar_plain20", 33),
        ("cifar_preresnet110", 32),
        ("cifar_preresnet164", 32),
        ("cifar_wrn28_10", 16),
        ("cifar_highway20", 32),
        ("demo_resnet18", 8),
        *((name, 32) for name in UNNAMED),
    ],
)
def test_a_checkpoint_loads_strictly_and_gives_the_same_outputs(name: str, pixels: int) -> None:
    expected = drawn(name).eval()
    images = torch.randn(2, 3, pixels, pixels)
    built = rx.build(described(name), init=None)
    built.load_state_dict(expected.state_dict(), strict=True)
    built.eval()
    with torch.no_grad():
        assert same(built(images), expected(images))


@pytest.mark.parametrize(
    "name", ["resnet18", "resnet18d", "seresnet18", "cifar_resnet20", "cifar_preresnet110", "cifar_preresnet164"]
)
def test_training_gives_the_same_outputs_and_updates_the_same_statistics(name: str) -> None:
    expected = drawn(name)
    built = rx.build(rx.preset(name), init=None)
    built.load_state_dict(expected.state_dict(), strict=True)
    pixels = min(64, rx.preset(name).image)
    images = torch.randn(4, 3, pixels, pixels)
    with torch.no_grad():
        assert same(built(images), expected(images))
    found = built.state_dict()
    for key, value in expected.state_dict().items():
        assert same(found[key].float(), value.float()), key
