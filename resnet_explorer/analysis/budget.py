"""A budget: how much a net may cost at most, how much of it one uses, and what a change of the net does to that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from resnet_explorer.analysis.arithmetic import share
from resnet_explorer.analysis.conventions import short
from resnet_explorer.analysis.measures import MEASURES, signed

if TYPE_CHECKING:
    from resnet_explorer.analysis.report import Report

LIMITED = ("params", "macs")
"""The metrics that a budget limits."""


class Use(NamedTuple):
    """What a net uses of a limit: both in whole units."""

    metric: str
    used: int
    most: int

    @property
    def over(self) -> int:
        """By how much the limit is exceeded; 0 where it is kept."""
        return max(0, self.used - self.most)

    @property
    def words(self) -> str:
        """Within it or over it, and by how much."""
        if self.over:
            return f"over by {short(self.over)} ({share(self.over, self.most).percent(digits=1).text})"
        return f"within, {short(self.most - self.used)} left" if self.used < self.most else "within, nothing left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """The most parameters and MACs that a net may have."""

    params: int
    macs: int

    def uses(self, report: Report) -> tuple[Use, ...]:
        """What a net uses of each limit."""
        return tuple(Use(metric, report.count(metric), getattr(self, metric)) for metric in LIMITED)

    def side(self, before: Report, after: Report) -> str:
        """On which side of the budget a change has brought a net, as a sentence."""
        was, now = (tuple(use.metric for use in self.uses(report) if use.over) for report in (before, after))
        if not now:
            return "That brought it **back within the budget**." if was else "It stays **within the budget**."
        past = " and ".join(MEASURES[metric].title for metric in now)
        if set(now) == set(was):
            return f"It stays **over the budget** of {past}."
        return f"It is now **over the budget** of {past}" + (" alone." if set(now) < set(was) else ".")


class Price(NamedTuple):
    """What a change does to the limited metrics: a verb, and for each metric that changes the number to go with it."""

    verb: str
    terms: tuple[tuple[str, str], ...]


def price(before: Report, after: Report) -> Price:
    """What a change of a net costs, or saves; signs stand only where it does both."""
    changes = {metric: after.count(metric) - before.count(metric) for metric in LIMITED}
    changes = {metric: change for metric, change in changes.items() if change}
    if not changes:
        return Price("cost no parameters and no MACs", ())
    if min(changes.values()) < 0 < max(changes.values()):
        return Price("changed", tuple((metric, signed(change, short)) for metric, change in changes.items()))
    verb = "cost" if min(changes.values()) > 0 else "saved"
    return Price(verb, tuple((metric, short(abs(change))) for metric, change in changes.items()))
