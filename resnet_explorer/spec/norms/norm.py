"""The record of a kind of normalisation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from resnet_explorer.errors import InvalidOption

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from resnet_explorer.spec.ops import Op


@dataclass(frozen=True, slots=True, kw_only=True)
class Norm:
    """A kind of normalisation; `op(channels, zero_gamma)` makes its operation, None where there is none.

    `divisor` must divide the channels that it normalises.
    """

    name: str
    title: str
    op: Callable[[int, bool], Op] | None
    divisor: int = 1

    def check(self, channels: Iterable[int]) -> None:
        """Check that each of these numbers of channels can be normalised.

        Raises:
            InvalidOption: one cannot.
        """
        for each in sorted(set(channels)):
            if each % self.divisor:
                allowed = (
                    f"this where {self.divisor} divides the channels of every layer, which it does not with {each:,}"
                )
                raise InvalidOption("norm", self.name, allowed)
