"""The paper's own training on CIFAR-10: Section 4.2 of arXiv:1512.03385."""

from __future__ import annotations

from typing import Any

RECIPE: dict[str, Any] = {
    "data": "cifar10",
    "batch": 128,
    "optimiser": "sgd",
    "lr": 0.1,
    "weight_decay": 1e-4,
    "steps": 64_000,
    "schedule": "drops",
    "augment": True,
    "init": "he",
    "clip": "none",
    "warmup": 0,
    "start_lr": 0.0,
}
"""Batch 128, momentum 0.9, weight decay 1e-4, 0.1 divided by 10 at 32k and 48k of 64k steps, 4 pixels around, a random
crop of 32x32, mirrored one time in two, the mean picture subtracted. Pictures are also divided by one number, which
BatchNorm behind the first convolution undoes but for its epsilon."""

START_LR = 0.01
"""ResNet-110 begins with it until the training error is below 80 %."""
DEEP = 110
NOT_RUN = (
    "The recipe of Section 4.2 of He et al. 2015 is implemented and tested at tiny size; it was **not run by us** as a "
    "whole: no result of it stands in this program."
)
COMMAND = "python -m resnet_explorer train --preset cifar_recipe --device cuda"


def settings(layers: int) -> dict[str, Any]:
    """The recipe for a net of so many weighted layers."""
    return {**RECIPE, "start_lr": START_LR if layers >= DEEP else 0.0}
