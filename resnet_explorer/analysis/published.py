"""Published accuracies, each with its protocol and source. Numbers of different protocols never share a column."""

from __future__ import annotations

from typing import NamedTuple

PAPER = "arXiv:1512.03385"
TORCHVISION = "torchvision 0.29.2, metadata of its weights"


class Variant(NamedTuple):
    """A net of Table 1 with its published accuracies in percent; None where a source has none.

    `paper_error`: top-1 error on ImageNet validation, 10-crop (Table 2 for 18 layers, Table 3 for the others; 18 layers
    with option A, 34 with option B). `v1`, `v2`: top-1 accuracy, single crop, of torchvision's weights.
    """

    preset: str
    paper_error: float
    v1: float
    v2: float | None


VARIANTS = (
    Variant("resnet18", 27.88, 69.758, None),
    Variant("resnet34", 24.52, 73.314, None),
    Variant("resnet50", 22.85, 76.130, 80.858),
    Variant("resnet101", 21.75, 77.374, 81.886),
    Variant("resnet152", 21.43, 78.312, 82.284),
)


class Degradation(NamedTuple):
    """Top-1 error in percent on ImageNet validation, 10-crop, option A: Table 2 of the paper."""

    depth: int
    plain: float
    residual: float


DEGRADATION = (Degradation(18, 27.94, 27.88), Degradation(34, 28.54, 25.03))

OPTIONS = (("A", 25.03), ("B", 24.52), ("C", 24.19))
"""Top-1 error in percent of ResNet-34 by shortcut option, 10-crop: Table 3 of the paper."""

RELU_BEFORE_ADDITION = (7.84, 6.61)
"""CIFAR-10 test error in percent of ResNet-110 with the last ReLU before the addition, and as it was designed:
arXiv:1603.05027, Table 2."""
