"""Keys, shapes and outputs of the options that torchvision 0.29 or timm 1.0 has too, as these two have them.

`GOLDEN` was made by them: each net below was built by its maker in double precision, filled by `fill`, and run on
`image`; kept are its parameters, a hash of the names and shapes of its tensors in their order, and the first logits.
"""

import hashlib
import math

import pytest
import torch
from torch import Tensor, nn

import resnet_explorer as rx

GOLDEN: dict[str, tuple[int, str, tuple[float, ...]]] = {
    "net=resnet50&output_stride=16&classes=10&image=64x96": (
        23528522,
        "9a3ff6723a21ce33",
        (-22532952.03, 45505375.65, -50103855.09, 34471638.32),
    ),
    "net=resnet50&output_stride=8&classes=10&image=64x96": (
        23528522,
        "9a3ff6723a21ce33",
        (-33672176.6, 76641607.9, -88665055.34, 64887748.63),
    ),
    "net=resnext50_32x4d&output_stride=8&classes=10&image=64x96": (
        23000394,
        "368c300e65a1e734",
        (2.646797766e18, 3.309036959e18, -7.928764489e18, 9.347053224e18),
    ),
    "net=resnet18&output_stride=16&classes=10&image=64x96": (
        11181642,
        "65d17c067d0b1ce3",
        (-121.829165, -491.9088124, -452.6675605, -36.89723246),
    ),
    "net=resnet18&output_stride=8&classes=10&image=64x96": (
        11181642,
        "65d17c067d0b1ce3",
        (-125.8687823, -508.1006732, -467.5424131, -38.0813828),
    ),
    "net=resnet18d&output_stride=16&classes=10&image=64x96": (
        11200874,
        "b3dd7ea09f32293d",
        (-46.46994629, -185.6055696, -170.2294817, -13.20109082),
    ),
    "net=resnet50d&output_stride=16&classes=10&image=64x96": (
        23547754,
        "2f827f498b0c39be",
        (-32387234.92, 64221673.73, -70124990.59, 47713572.52),
    ),
    "net=resnet50d&output_stride=8&classes=10&image=64x96": (
        23547754,
        "2f827f498b0c39be",
        (-27062822.36, 54885937.59, -60547470.0, 41761433.14),
    ),
    "net=resnet50&last_stride=1&classes=10&image=64x96": (
        23528522,
        "9a3ff6723a21ce33",
        (-20575576.6, 41936443.28, -46364412.31, 32071579.54),
    ),
    "net=resnetblur50&classes=10&image=64x96": (
        23528522,
        "9a3ff6723a21ce33",
        (-23390418.94, 48281001.05, -53676910.17, 37399411.9),
    ),
    "net=resnetblur50&output_stride=16&classes=10&image=64x96": (
        23528522,
        "9a3ff6723a21ce33",
        (-22125054.54, 42250559.85, -45316335.01, 30084496.04),
    ),
    "net=resnetblur50&output_stride=8&classes=10&image=64x96": (
        23528522,
        "9a3ff6723a21ce33",
        (-27071184.6, 62138069.0, -72115139.46, 52973902.04),
    ),
    "net=ecaresnet50d&classes=10&image=64x96": (
        23547840,
        "b86a1de8b1062cd6",
        (9115286.105, -10012936.0, 6867610.091, -949313.265),
    ),
    "net=resnet18&in_channels=1&classes=10&image=64x96": (
        11175370,
        "14697f56890cdb35",
        (-205.2977337, -826.7881651, -760.3872275, -61.47961631),
    ),
    "net=resnet18d&in_channels=5&classes=10&image=64x96": (
        11201450,
        "27df0c2a4e56274b",
        (-102.8306777, -404.5911476, -369.676047, -27.1983747),
    ),
}


def wave(shape: torch.Size | tuple[int, ...], turn: int) -> Tensor:
    """Numbers between -1 and 1 by a rule that any library follows: none is 0 or 1, where a mistake would hide."""
    count = math.prod(shape)
    return (torch.arange(1, count + 1, dtype=torch.float64) * 1.618033988749895 + turn).sin().reshape(shape)


def fill(module: nn.Module) -> None:
    """Give every tensor of a module numbers by its place and shape."""
    for turn, (key, value) in enumerate(module.state_dict().items()):
        if value.dim() > 1:
            value.copy_(wave(value.shape, turn) * math.sqrt(4 / value[0].numel()))
        elif value.dim() and key.endswith(("weight", "running_var")):
            value.copy_(1 + 0.4 * wave(value.shape, turn))
        elif value.dim():
            value.copy_(0.1 * wave(value.shape, turn))


def tensors(module: nn.Module) -> str:
    """Names and shapes, in their order, in a word."""
    told = "\n".join(f"{key} {tuple(value.shape)}" for key, value in module.state_dict().items())
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def logits(module: nn.Module, shape: tuple[int, ...]) -> list[float]:
    """What a filled net says of the image."""
    fill(module.double().eval())
    with torch.no_grad():
        return module(wave((1, *shape), 7))[0, :4].tolist()  # type: ignore[no-any-return]


@pytest.mark.parametrize("query", GOLDEN)
def test_an_option_is_what_its_inventors_library_has(query: str) -> None:
    params, names, expected = GOLDEN[query]
    spec = rx.from_query(query)
    module = rx.build(spec, init="pytorch", seed=0)
    assert rx.analyse(spec).params == sum(each.numel() for each in module.parameters()) == params
    assert tensors(module) == names
    assert logits(module, spec.input_shape) == pytest.approx(expected, rel=1e-5)
