"""The counts of a layer, a stage or a net: one number for each registered metric, in the registry's order."""

from __future__ import annotations

from typing import Protocol

from resnet_explorer.analysis.metrics import METRICS

PLACES = {name: place for place, name in enumerate(METRICS.names)}
"""Where a metric's number stands."""


class Counted(Protocol):
    """What has counts."""

    @property
    def counts(self) -> tuple[int, ...]:
        """A number for each metric, in the registry's order."""
        ...


class Counts:
    """Reads the counts of its class by name: `count("macs")`, or shorter for those that everybody needs."""

    __slots__ = ()

    def count(self: Counted, metric: str) -> int:
        """The number of that metric.

        Raises:
            KeyError: there is no such metric.
        """
        return self.counts[PLACES[metric]]

    @property
    def macs(self: Counted) -> int:
        """Multiply-adds for one image."""
        return self.counts[PLACES["macs"]]

    @property
    def params(self: Counted) -> int:
        """Learned numbers."""
        return self.counts[PLACES["params"]]

    @property
    def activations(self: Counted) -> int:
        """Values written by convolutions, for one image (arXiv:2003.13678)."""
        return self.counts[PLACES["activations"]]


def total(parts: tuple[Counted, ...]) -> tuple[int, ...]:
    """The sums of the parts' counts."""
    return tuple(map(sum, zip(*(part.counts for part in parts), strict=True)))
