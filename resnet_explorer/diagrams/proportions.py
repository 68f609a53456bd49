"""How large the parts of a drawn block are: on a page, and where it has to be low."""

from __future__ import annotations

from typing import NamedTuple


class Proportions(NamedTuple):
    """Pixels: the heights of the parts, the widest bar, and what is free left and right of it.

    `worked` says whether each weight stands beside its operation.
    """

    weighted: float = 34.0
    thin: float = 18.0
    gap: float = 2.0
    arrow: float = 40.0
    sum: float = 13.0
    top: float = 20.0
    foot: float = 28.0
    widest: float = 184.0
    left: float = 66.0
    right: float = 190.0
    worked: bool = True

    @property
    def middle(self) -> float:
        """Where the chain stands."""
        return self.left + self.widest / 2

    @property
    def side(self) -> float:
        """Where the words beside it begin."""
        return self.middle + self.widest / 2 + 14

    @property
    def width(self) -> float:
        """Of the whole drawing."""
        return self.left + self.widest + self.right

    def of(self, *, arcs: bool, gates: bool, worked: bool) -> Proportions:
        """The same with no more room than a block takes, by its ways around and by the words beside it."""
        left = self.left if arcs else 38.0 if gates else 20.0
        return self._replace(worked=worked, right=self.right if worked else 30.0, left=left)


PAGE = Proportions()
LOWEST = Proportions(weighted=20, thin=12, gap=1, arrow=12, sum=9, top=16, foot=20, widest=150, right=176)
"""As low as it can be read."""
_HEIGHTS = ("weighted", "thin", "gap", "arrow", "sum", "top", "foot")


def between(height: float, page: float, lowest: float) -> Proportions:
    """The layout in which a drawing is as high as that, of which its heights in both are known."""
    share = min(1.0, (height - lowest) / (page - lowest))
    return LOWEST._replace(
        **{name: getattr(LOWEST, name) + share * (getattr(PAGE, name) - getattr(LOWEST, name)) for name in _HEIGHTS}
    )
