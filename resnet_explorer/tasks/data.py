"""Mini-batches of a data set as tensors."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, NamedTuple

import torch
from torch.nn import functional as F

from resnet_explorer.datasets import find
from resnet_explorer.errors import InvalidOption
from resnet_explorer.model.init import generator
from resnet_explorer.tasks.train import DIGITS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torch import Tensor

    from resnet_explorer.datasets import Images

PADDING = 4
"""Pixels of zeros around a picture before it is cropped at random."""


class Batch(NamedTuple):
    """Images N, 3, H, W and labels N."""

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
    image: int, size: int, seed: int, device: torch.device, name: str = DIGITS, *, augmented: bool = False
) -> Iterator[Batch]:
    """Endless mini-batches of the training part, scaled to `image` pixels, in an order that the seed alone decides.

    Each epoch is a new shuffle; what is left at its end and does not fill a batch is passed over.

    Raises:
        InvalidOption: the batch is larger than the data set.
        ExplorerError: its files are missing or broken.
    """
    data = _train(name, find(name).facts().stamp, device)
    if size > len(data.labels):
        raise InvalidOption("batch", size, f"at most the {len(data.labels):,} images of the data set {name}")
    return _drawn(data, image, size, seed, augmented=augmented)


def _drawn(data: Part, image: int, size: int, seed: int, *, augmented: bool) -> Iterator[Batch]:
    draws, moves = generator(seed, "data"), generator(seed, "augmentation")
    while True:
        order = torch.randperm(len(data.labels), generator=draws).to(data.labels.device)
        for chosen in torch.split(order, size):
            if len(chosen) == size:
                images = data.shown(chosen)
                images = moved(images, moves) if augmented else images
                yield Batch(scaled(images, image), data.labels[chosen])


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


def held_out(image: int, device: torch.device, name: str = DIGITS) -> Batch:
    """The whole test part, scaled to `image` pixels."""
    data = _part(find(name).test(), device)
    return Batch(scaled(data.shown(slice(None)), image), data.labels)


def tested(image: int, size: int, device: torch.device, name: str) -> Iterator[Batch]:
    """The test part once, in its order, at most `size` pictures at a time; nothing where there is none."""
    data = _part(find(name).test(), device)
    for begin in range(0, len(data.labels), size):
        chosen = slice(begin, begin + size)
        yield Batch(scaled(data.shown(chosen), image), data.labels[chosen])


def scaled(images: Tensor, pixels: int) -> Tensor:
    """Images N, C, H, W with C 1 or 3 as N, 3, `pixels`, `pixels`; gray in each colour.

    A larger image repeats the pixels that there are, so that nothing is invented; a smaller one has their means.
    """
    if images.shape[-1] != pixels:
        mode = "nearest" if pixels > images.shape[-1] else "area"
        images = F.interpolate(images, size=(pixels, pixels), mode=mode)
    return images.expand(-1, 3, -1, -1).contiguous()
