"""The record of a kind of normalisation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from resnet_explorer.errors import InvalidOption

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from resnet_explorer.spec.ops import Normalisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Norm:
    """A kind of normalisation; `op(channels)` makes its operation, None where there is none.

    `divisor` must divide the channels that it normalises.
    """

    name: str
    title: str
    op: Callable[[int], Normalisation] | None
    divisor: int = 1

    @property
    def per_image(self) -> bool:
        """Whether it normalises each image alone, by values of the whole map."""
        return self.op is not None and bool(self.op(self.divisor).whole)

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
