"""What the laboratory's jobs return. Plain numbers and tuples: no torch, no numpy."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

from resnet_explorer.tasks.records.result import Training

STATISTICS = ("running", "batch")
"""What BatchNorm can normalise by: the statistics that it kept in training, or those of the mini-batch at hand."""


class Series(NamedTuple):
    """What one probe read: a value for each path."""

    probe: str
    paths: tuple[str, ...]
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A network at initialisation: what each probe read; `main` are the convolutions of the main path, in order."""

    series: tuple[Series, ...]
    main: tuple[str, ...]
    loss: float
    ratio: float

    def of(self, probe: str) -> Series:
        """What that probe read."""
        return next(each for each in self.series if each.probe == probe)

    def along(self, probe: str) -> tuple[float, ...]:
        """What that probe read along the main path's convolutions."""
        found = self.of(probe)
        values = dict(zip(found.paths, found.values, strict=True))
        return tuple(values[path] for path in self.main)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Cosines between the whole weight gradients of pairs of mini-batches, their mean, and the mean loss."""

    cosines: tuple[float, ...]
    mean: float
    loss: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Spectrum:
    """Singular values of a map between feature maps, largest first, and how many weighted layers lie between."""

    values: tuple[float, ...]
    layers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dense:
    """Norms of the gradient with respect to each layer's output, from the first to the last, and their fitted growth.

    `factor` is by how much a layer multiplies the gradient on its way towards the input, without the first layer.
    """

    norms: tuple[float, ...]
    factor: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Shattered:
    """The slope of one net along the line, the correlation of slopes some places apart (mean over nets), and its size.

    `lags` and `correlation` belong together; `rms` is the root mean square of the slopes of all `nets`.
    """

    places: tuple[float, ...]
    slopes: tuple[float, ...]
    lags: tuple[int, ...]
    correlation: tuple[float, ...]
    rms: float
    nets: int


class Several(NamedTuple):
    """Accuracy with that many blocks deleted at random: mean and deviation over draws."""

    deleted: int
    mean: float
    deviation: float


class Through(NamedTuple):
    """The gradient at the stem's output that came through exactly so many branches, summed over all such paths.

    `norm` is its size, `share` its part of the whole gradient: the projection on that one, in its units. Shares may be
    negative, where such paths pull against the rest, and are 1 in all.
    """

    branches: int
    paths: int
    norm: float
    share: float


class Lengths(NamedTuple):
    """A gradient, told by the number of branches through which it came, from none to all; `whole` is its size."""

    whole: float
    through: tuple[Through, ...]

    @property
    def blocks(self) -> int:
        """How many branches there are."""
        return len(self.through) - 1

    @property
    def mean(self) -> float:
        """Branches on a path, mean over the shares of the gradient."""
        return sum(each.branches * each.share for each in self.through)

    @property
    def sizes(self) -> float:
        """What the sizes of all parts add up to: the whole's, were they all of one direction; the rest cancels."""
        return sum(each.norm for each in self.through)

    @property
    def mean_by_size(self) -> float:
        """Branches on a path, mean over the sizes of the parts, whatever their direction."""
        return sum(each.branches * each.norm for each in self.through) / self.sizes if self.sizes else math.nan


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesion:
    """A trained network with its blocks deleted: test accuracy intact, and without each block that can be deleted.

    `at_start` and `at_end` are the gradient of its first mini-batch before and after the training; None where there are
    no shortcuts.
    """

    training: Training
    intact: float
    blocks: tuple[str, ...]
    without: tuple[float, ...]
    several: tuple[Several, ...]
    at_start: Lengths | None
    at_end: Lengths | None
    status: str = "done"
    message: str = ""


class Plane(NamedTuple):
    """Losses on a plane through a net: `rows[i][j]` at the i-th place of one direction and the j-th of the other.

    `draw` counts the pairs of directions; `statistics` says by which BatchNorm normalised, of `STATISTICS`.
    """

    draw: int
    statistics: str
    rows: tuple[tuple[float, ...], ...]

    @property
    def values(self) -> tuple[float, ...]:
        """All losses, row after row."""
        return tuple(value for row in self.rows for value in row)

    @property
    def middle(self) -> float:
        """The loss of the net itself."""
        return self.rows[len(self.rows) // 2][len(self.rows) // 2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Landscape:
    """The loss around a trained network, at the `places` of two directions: each draw of them by both statistics."""

    training: Training
    places: tuple[float, ...]
    planes: tuple[Plane, ...]
    status: str = "done"
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTraining(Training):
    """A training on any data set: `accuracy` is the share of the `tested` held-out pictures that it names rightly.

    There is none where the run did not end, or where the set has no test part. `stamp` tells the files of the set.
    """

    accuracy: float | None
    tested: int
    stamp: str
