"""What a step of training computes, and how parameters are counted elsewhere."""

import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

import resnet_explorer as rx
from resnet_explorer.analysis.frozen import frozen
from resnet_explorer.analysis.ledger import under
from resnet_explorer.analysis.parameters import PARAMETERS
from resnet_explorer.analysis.step import step, steps


def total(name: str, freeze: str = "none") -> int:
    return sum(term.number for term in step(rx.analyse(rx.from_query(name)), freeze))


def test_a_step_of_resnet_50() -> None:
    """As torch's FlopCounterMode counts torchvision's resnet50; the stem needs no gradient of the image."""
    assert total("net=resnet50") == 24_299_077_632 == 6 * 4_089_184_256 - 2 * 118_013_952
    assert total("net=resnet50", "bn") == total("net=resnet50")


@pytest.mark.parametrize(
    "query",
    [
        "block=bottleneck&blocks=2,1&image=32",
        "block=bottleneck&blocks=1,1,1&groups=4&width=8&output_stride=8&image=32",
        "block=bottleneck&blocks=1,1&attention=eca&stem=deep&shortcut=D&image=32&classes=3",
        "blocks=1,1&attention=se&image=33&in_channels=1",
        "blocks=1,1,1&downsample=blur&image=33",
        "net=vgg11&image=32&width=4&features=8",
        "net=cifar_highway20&image=8&blocks=1,1",
        "net=cifar_preresnet110&image=8x9&residual=0&blocks=1,1,1",
    ],
)
def test_torch_counts_as_much_with_anything_frozen(query: str) -> None:
    spec = rx.from_query(query)
    report = rx.analyse(spec)
    for freeze, _, terms in steps(report):
        module = rx.build(spec, init=None, device="meta")
        for path in frozen(spec.graph, freeze):
            module.get_submodule(path).requires_grad_(requires_grad=False)
        with FlopCounterMode(display=False) as counter:
            module(torch.zeros(2, *spec.input_shape, device="meta")).sum().backward()
        held = frozen(spec.graph, freeze)
        dense = sum(
            2 * layer.macs * (layer.node.op.groups - 1)  # type: ignore[attr-defined]
            for layer in report.layers
            if layer.op == "conv" and layer.path not in held
        )
        assert counter.get_total_flops() == 2 * (sum(term.number for term in terms) + dense), freeze


def parameters(name: str) -> dict[str, int]:
    return {line.convention.name: line.total for line in under(rx.analyse(rx.from_query(name)), PARAMETERS)}


def test_resnet_50_has_five_numbers_of_parameters() -> None:
    """25,636,712 is what Keras prints of its ResNet50, 53,120 of them non-trainable."""
    assert parameters("net=resnet50") == {
        "learned": 25_557_032,
        "stored": 25_610_152,
        "keras_trainable": 25_583_592,
        "keras": 25_636_712,
        "backbone": 23_508_032,
    }


@pytest.mark.parametrize("query", ["net=resnet18&image=32", "net=vgg11&image=32", "net=resnet50_gn&image=33"])
def test_what_is_stored_is_what_a_state_dict_holds(query: str) -> None:
    state = rx.build(rx.from_query(query), init=None, device="meta").state_dict()
    assert parameters(query)["stored"] == sum(each.numel() for each in state.values() if each.is_floating_point())
