"""The live module counted by other tools, against the description."""

import dataclasses

import pytest
import torch

import resnet_explorer as rx
from resnet_explorer.analysis import analyse
from resnet_explorer.model import measured
from resnet_explorer.spec import PRESETS, NetSpec, ops


def small(name: str) -> NetSpec:
    """The preset at an odd image size that is quick."""
    spec = PRESETS[name].spec
    return dataclasses.replace(spec, image=min(spec.image, 33))


@pytest.mark.parametrize("name", PRESETS.names)
def test_torchs_counter_and_numel_agree(name: str) -> None:
    spec = small(name)
    report = analyse(spec)
    module = rx.build(spec, init=None).eval()
    macs, output = measured.torch_macs(module, torch.zeros(1, *spec.input_shape))
    assert macs == report.macs
    assert measured.params(module) == report.params
    assert tuple(output.shape) == (1, spec.classes)


@pytest.mark.parametrize(
    "name", ["resnet18", "resnet50", "resnext50_32x4d", "plain34", "cifar_resnet20", "demo_plain18"]
)
def test_fvcore_agrees_on_every_layer(name: str) -> None:
    spec = small(name)
    report = analyse(spec)
    module = rx.build(spec, init=None)
    image = torch.zeros(1, *spec.input_shape)
    by_operator = measured.fvcore_macs(module, image)
    assert sum(by_operator[each] for each in measured.WEIGHTED) == report.macs
    by_module = measured.fvcore_by_module(module, image)
    assert {x.path: by_module[x.path] for x in report.weighted} == {x.path: x.macs for x in report.weighted}


@pytest.mark.parametrize("norm", ["batch", "none", "as it is"])
@pytest.mark.parametrize(
    "name",
    [
        "resnet18",
        "resnet50",
        "plain34",
        "resnext50_32x4d",
        "cifar_resnet20",
        "cifar_plain20",
        "demo_resnet34",
        "vgg16",
        "cifar_preresnet110",
        "seresnet18",
        "resnet50d",
        "resnet50_gn",
        "cifar_highway20",
    ],
)
def test_saved_memory_is_the_closed_form(name: str, norm: str) -> None:
    spec = small(name) if norm == "as it is" else small(name).having(norm=norm)
    if name.startswith("vgg"):
        spec = spec.having(width=4, features=8)
    module = rx.build(spec, seed=0)
    saved = measured.saved_bytes(module, torch.zeros(3, *spec.input_shape))
    per_channel = sum(2 * 4 * n.op.channels for n in spec.graph if isinstance(n.op, ops.BatchNorm2d))
    assert saved == analyse(spec).training_memory(3).saved + per_channel


def test_bytes_count_parameters_and_buffers() -> None:
    module = rx.build(PRESETS["resnet50"].spec, device="meta", init=None)
    buffers = 53_173  # of which 53 are int64
    assert measured.tensor_bytes(module) == 4 * 25_557_032 + 4 * (buffers - 53) + 8 * 53
