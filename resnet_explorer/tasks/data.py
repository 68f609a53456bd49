"""Mini-batches of a data set as tensors."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, NamedTuple

import torch
from torch.nn import functional as F

from resnet_explorer.datasets import DIGITS, find
from resnet_explorer.errors import InvalidOption
from resnet_explorer.model.init import generator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torch import Tensor

    from resnet_explorer.datasets import Images
    from resnet_explorer.spec.ops import Shape

PADDING = 4
"""Pixels of zeros around a picture before it is cropped at random."""


class Batch(NamedTuple):
    """Images N, C, H, W and labels N."""

    images: Tensor
    labels: Tensor


class Part(NamedTuple):
    """A part of a data set on a device: `(images - centre) / scale` is what a network is shown."""

    images: Tensor
    labels: Tensor
    centre: Tensor
    scale: float

    def shown(self, chosen: Tensor | slice) -> Tensor:
        """Some of the pictures, standardised."""
        return (self.images[chosen] - self.centre) / self.scale


def _part(data: Images, device: torch.device) -> Part:
    images, labels, centre, scale = data
    mean = torch.as_tensor(centre, dtype=torch.float32, device=device)
    return Part(torch.tensor(images, device=device), torch.tensor(labels, device=device), mean, scale)


@functools.lru_cache(maxsize=2)
def _train(name: str, _stamp: str, device: torch.device) -> Part:
    return _part(find(name).train(), device)


def batches(
    shape: Shape, size: int, seed: int, device: torch.device, name: str = DIGITS.name, *, augmented: bool = False
) -> Iterator[Batch]:
    """Endless mini-batches of the training part, scaled to that shape, in an order that the seed alone decides.

    Each epoch is a new shuffle; what is left at its end and does not fill a batch is passed over.

    Raises:
        InvalidOption: the batch is larger than the data set.
        ExplorerError: its files are missing or broken.
    """
    data = _train(name, find(name).facts().stamp, device)
    if size > len(data.labels):
        raise InvalidOption("batch", size, f"at most the {len(data.labels):,} images of the data set {name}")
    return _drawn(data, shape, size, seed, augmented=augmented)


def _drawn(data: Part, shape: Shape, size: int, seed: int, *, augmented: bool) -> Iterator[Batch]:
    draws, moves = generator(seed, "data"), generator(seed, "augmentation")
    while True:
        order = torch.randperm(len(data.labels), generator=draws).to(data.labels.device)
        for chosen in torch.split(order, size):
            if len(chosen) == size:
                images = data.shown(chosen)
                images = moved(images, moves) if augmented else images
                yield Batch(scaled(images, shape), data.labels[chosen])


def moved(images: Tensor, draws: torch.Generator) -> Tensor:
    """Each picture of N, C, H, W with 4 pixels of zeros around, cropped at random, and mirrored one time in two.

    Section 4.2 of arXiv:1512.03385, after arXiv:1409.5185. What is drawn depends on the generator alone.
    """
    count, channels, height, width = images.shape
    corner = torch.randint(0, 2 * PADDING + 1, (2, count, 1), generator=draws).to(images.device)
    mirrored = torch.randint(0, 2, (count, 1), generator=draws).to(images.device) == 1
    across = torch.arange(width, device=images.device)
    rows = corner[0] + torch.arange(height, device=images.device)
    columns = corner[1] + torch.where(mirrored, across.flip(0), across)
    which = torch.arange(count, device=images.device)[:, None, None, None]
    every = torch.arange(channels, device=images.device)[None, :, None, None]
    return F.pad(images, (PADDING,) * 4)[which, every, rows[:, None, :, None], columns[:, None, None, :]]


def held_out(shape: Shape, device: torch.device, name: str = DIGITS.name) -> Batch:
    """The whole test part, scaled to that shape."""
    data = _part(find(name).test(), device)
    return Batch(scaled(data.shown(slice(None)), shape), data.labels)


def tested(shape: Shape, size: int, device: torch.device, name: str) -> Iterator[Batch]:
    """The test part once, in its order, at most `size` pictures at a time; nothing where there is none."""
    data = _part(find(name).test(), device)
    for begin in range(0, len(data.labels), size):
        chosen = slice(begin, begin + size)
        yield Batch(scaled(data.shown(chosen), shape), data.labels[chosen])


def scaled(images: Tensor, shape: Shape) -> Tensor:
    """Images N, C, H, W with C 1 or 3 in that shape; gray in each of its channels, colours as their mean where it is 1.

    A larger side repeats the pixels that there are, so that nothing is invented; a smaller one has their means.
    """
    channels, *sides = shape
    fewer = [min(pair) for pair in zip(images.shape[-2:], sides, strict=True)]
    if fewer != [*images.shape[-2:]]:
        images = F.interpolate(images, size=fewer, mode="area")
    if fewer != sides:
        images = F.interpolate(images, size=sides, mode="nearest")
    if channels < images.shape[1]:
        images = images.mean(1, keepdim=True)
    return images.expand(-1, channels, -1, -1).contiguous()
