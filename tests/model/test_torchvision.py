"""Keys, shapes and outputs of the nets that torchvision has, against an independent statement of them."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
import torch

import resnet_explorer as rx


def _reference() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference_nets", Path(__file__).with_name("reference.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


REFERENCE = _reference()


@pytest.mark.parametrize("name", REFERENCE.NETS)
def test_the_state_dict_is_torchvisions(name: str) -> None:
    with torch.device("meta"):
        expected = REFERENCE.net(name).state_dict()
    built = rx.build(rx.preset(name), device="meta", init=None).state_dict()
    assert list(built) == list(expected)
    assert {key: value.shape for key, value in built.items()} == {key: v.shape for key, v in expected.items()}
    assert {key: value.dtype for key, value in built.items()} == {key: v.dtype for key, v in expected.items()}


@pytest.mark.parametrize(
    ("name", "pixels"),
    [
        ("resnet18", 64),
        ("resnet18", 97),
        ("resnet50", 97),
        ("resnext50_32x4d", 97),
        ("wide_resnet50_2", 33),
        ("vgg11", 33),
        ("vgg13_bn", 230),
        ("cifar_preresnet164", 32),
        ("seresnet18", 65),
        ("seresnet50", 65),
        ("resnet50d", 75),
        ("resnet50c", 64),
        ("resnet50_gn", 65),
        ("cifar_highway20", 32),
    ],
)
def test_a_checkpoint_loads_strictly_and_gives_the_same_outputs(name: str, pixels: int) -> None:
    torch.manual_seed(0)
    expected = REFERENCE.net(name)
    images = torch.randn(2, 3, pixels, pixels)
    expected(images)  # so that running statistics are no longer 0 and 1
    expected.eval()
    built = rx.build(rx.preset(name), init=None)
    built.load_state_dict(expected.state_dict(), strict=True)
    built.eval()
    with torch.no_grad():
        assert torch.allclose(built(images), expected(images), rtol=1e-4, atol=1e-5)


def test_training_updates_the_same_statistics() -> None:
    expected = REFERENCE.net("resnet18")
    built = rx.build(rx.preset("resnet18"), init=None)
    built.load_state_dict(expected.state_dict(), strict=True)
    images = torch.randn(2, 3, 64, 64)
    assert torch.allclose(built(images), expected(images), rtol=1e-4, atol=1e-5)
    for key, value in expected.state_dict().items():
        assert torch.allclose(built.state_dict()[key].float(), value.float(), rtol=1e-4, atol=1e-6), key
