"""Other names of a ResNet's layers, as other code has them, and torchvision's for each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from resnet_explorer.analysis.conventions import plural
from resnet_explorer.checkpoints.tensors import told

if TYPE_CHECKING:
    from collections.abc import Collection

RENAMED = (
    (re.compile(r"^layer0\."), ""),
    (re.compile(r"^(?:linear|last_linear)\."), "fc."),
    (re.compile(r"\.shortcut\."), ".downsample."),
    (re.compile(r"\.se_module\."), ".se."),
)
"""Other names of the same layers, as widely copied code has them, and torchvision's."""
OTHERS = ("layer0", "linear", "shortcut", "se_module")
_WHICH = {"convolution": "conv", "normalization": "bn"}
SPELLED = {
    ".convolution.": (
        (re.compile(r"^(?:resnet\.)?embedder\.embedder\.(\w+)\."), lambda name: f"{_WHICH.get(name[1], name[1])}1."),
        (re.compile(r"^(?:resnet\.)?encoder\.stages\.(\d)\.layers\."), lambda name: f"layer{int(name[1]) + 1}."),
        (re.compile(r"\.layer\.(\d)\.(\w+)\."), lambda name: f".{_WHICH.get(name[2], name[2])}{int(name[1]) + 1}."),
        (re.compile(r"\.shortcut\.convolution\."), ".downsample.0."),
        (re.compile(r"\.shortcut\.normalization\."), ".downsample.1."),
        (re.compile(r"^classifier\.1\."), "fc."),
    ),
    ".conv1.norm.": (
        (re.compile(r"^stem\."), ""),
        (re.compile(r"(^|\.)conv(\d)\.norm\."), r"\1bn\2."),
        (re.compile(r"^res([2-5])\."), lambda name: f"layer{int(name[1]) - 1}."),
        (re.compile(r"\.shortcut\.norm\."), ".downsample.1."),
        (re.compile(r"\.shortcut\."), ".downsample.0."),
    ),
    ".residual_function.": (
        (re.compile(r"^conv1\.1\."), "bn1."),
        (re.compile(r"^conv1\.0\."), "conv1."),
        (re.compile(r"^conv([2-5])_x\."), lambda name: f"layer{int(name[1]) - 1}."),
        (
            re.compile(r"\.residual_function\.([0-9])\."),
            lambda name: f".{('conv', 'bn', 'relu')[int(name[1]) % 3]}{int(name[1]) // 3 + 1}.",
        ),
    ),
}
"""All names of other code, each under what no other names hold: those of Hugging Face's transformers, of detectron2,
and of a widely used collection of nets for CIFAR-100.
"""
ROW = {"0": "conv1", "1": "bn1", "4": "layer1", "5": "layer2", "6": "layer3", "7": "layer4"}
"""What the children of torchvision's ResNet are in `nn.Sequential(*net.children())`."""
_IN_ROW = re.compile(r"^([0-9])\.")


def renamed(names: Collection[str], together: str) -> tuple[dict[str, str], list[str]]:
    """Other names of the same layers, as far as they are no names of others; and a sentence of them."""
    in_row = "4.0.conv1.weight" in names
    words = [word for word in OTHERS if word in together]
    spelled = [each for mark, patterns in SPELLED.items() if mark in together for each in patterns]
    if not (in_row or words or spelled):
        return {}, []
    new: dict[str, str] = {}
    taken = set(names)
    for name in names if in_row or spelled else [name for name in names if any(word in name for word in words)]:
        mine = _IN_ROW.sub(lambda match: f"{ROW.get(match[1], match[1])}.", name) if in_row else name
        for pattern, replacement in (*spelled, *RENAMED):
            mine = pattern.sub(replacement, mine)
        if mine not in taken:
            new[name] = mine
            taken.add(mine)
    said = ["the numbers of an nn.Sequential stand for conv1, bn1, layer1 to layer4"] if in_row else []
    examples = sorted({(name, mine) for name, mine in new.items() if not in_row})
    if examples:
        many = plural(len(examples), "tensor")
        said.append(f"{many} renamed: {told(examples[0][0])} is {told(examples[0][1])}")
    return new, said
