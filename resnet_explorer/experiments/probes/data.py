"""Mini-batches of a data set as tensors."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, NamedTuple

import torch
from torch.nn import functional as F

from resnet_explorer.errors import InvalidOption
from resnet_explorer.experiments.datasets import DATASETS
from resnet_explorer.model.init import generator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torch import Tensor

DIGITS = "digits"


class Batch(NamedTuple):
    """Images N, 3, H, W and labels N."""

    images: Tensor
    labels: Tensor


@functools.lru_cache(maxsize=4)
def _train(name: str, device: torch.device) -> Batch:
    images, labels = DATASETS[name].train()
    return Batch(torch.from_numpy(images).to(device), torch.from_numpy(labels).to(device))


def batches(image: int, size: int, seed: int, device: torch.device, name: str = DIGITS) -> Iterator[Batch]:
    """Endless mini-batches of the training part, scaled to `image` pixels, in an order that the seed alone decides.

    Each epoch is a new shuffle; what is left at its end and does not fill a batch is passed over.

    Raises:
        InvalidOption: the batch is larger than the data set.
    """
    data = _train(name, device)
    if size > len(data.labels):
        raise InvalidOption("batch", size, f"at most the {len(data.labels):,} images of the data set {name}")
    return _drawn(data, image, size, seed)


def _drawn(data: Batch, image: int, size: int, seed: int) -> Iterator[Batch]:
    draws = generator(seed, "data")
    while True:
        order = torch.randperm(len(data.labels), generator=draws).to(data.labels.device)
        for chosen in torch.split(order, size):
            if len(chosen) == size:
                yield Batch(scaled(data.images[chosen], image), data.labels[chosen])


def held_out(image: int, device: torch.device, name: str = DIGITS) -> Batch:
    """The whole test part, scaled to `image` pixels."""
    images, labels = DATASETS[name].test()
    return Batch(scaled(torch.from_numpy(images).to(device), image), torch.from_numpy(labels).to(device))


def scaled(images: Tensor, pixels: int) -> Tensor:
    """Images N, C, H, W with C 1 or 3, by bilinear interpolation to N, 3, `pixels`, `pixels`; gray in each colour."""
    if images.shape[-1] != pixels:
        images = F.interpolate(images, size=(pixels, pixels), mode="bilinear", align_corners=False)
    return images.expand(-1, 3, -1, -1).contiguous()
