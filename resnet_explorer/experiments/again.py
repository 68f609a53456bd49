"""Runs that were made again, compared with the recorded ones."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from resnet_explorer.experiments.recorded import lean
from resnet_explorer.tasks.plain import to_plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from resnet_explorer.experiments.experiment import Experiment, TrialRun

_NO_NUMBERS = {"seconds", "message"}


class Reproduction(NamedTuple):
    """`identical`: every number to the last bit. `start`: the largest difference before the first update.

    `start` is relative to the largest number of the same list, such as the norms of all layers. `answer`: whether the
    experiment's question has the same answer. `tolerance` is the experiment's, or the pair's.
    """

    identical: bool
    start: float
    answer: bool
    tolerance: float | None

    @property
    def close(self) -> bool:
        """Whether it is the same within the tolerance.

        Training multiplies differences of rounding, so of its later steps only the answer is asked to be the same.
        """
        return self.answer and (self.tolerance is None or self.start <= self.tolerance)


def compare(what: Experiment, recorded: Sequence[TrialRun], again: Sequence[TrialRun]) -> Reproduction:
    """How far the runs that were made again are from the recorded ones."""
    pairs = list(zip(lean(what, recorded), lean(what, again), strict=True))
    identical = all(_numbers((a.records, a.result)) == _numbers((b.records, b.result)) for a, b in pairs)
    start = max((_apart(_start(a), _start(b)) for a, b in pairs), default=0.0)
    return Reproduction(identical, start, what.answer(recorded) == what.answer(again), what.tolerance)


def _start(run: TrialRun) -> Any:
    """What was measured before any weight was changed: the first record, or all where nothing is trained."""
    return to_plain(run.records[:1] or run.result)


def _numbers(value: Any) -> list[Any]:
    """All leaves in order, without what the clock said, and words."""
    return [repr(each) if isinstance(each, float) and math.isnan(each) else each for each in _leaves(to_plain(value))]


def _leaves(data: Any) -> Iterator[Any]:
    for each in _parts(data):
        if isinstance(each, dict | list):
            yield from _leaves(each)
        else:
            yield each


def _parts(data: Any) -> list[Any]:
    """What a record or a list consists of, without what the clock said, and words."""
    return [each for name, each in data.items() if name not in _NO_NUMBERS] if isinstance(data, dict) else list(data)


def _apart(a: Any, b: Any) -> float:
    """The largest difference, relative to the largest number of its list; infinite where the forms differ."""
    if type(a) is not type(b):
        return math.inf
    if not isinstance(a, dict | list):
        return _difference([a], [b])
    one, other = _parts(a), _parts(b)
    if len(one) != len(other):
        return math.inf
    if one and all(isinstance(each, float) for each in (*one, *other)):
        return _difference(one, other)
    return max(map(_apart, one, other), default=0.0)


def _difference(a: list[Any], b: list[Any]) -> float:
    if list(map(repr, a)) == list(map(repr, b)):  # where nan is nan
        return 0.0
    if not all(isinstance(each, float) and math.isfinite(each) for each in (*a, *b)):
        return math.inf
    return float(max(abs(x - y) for x, y in zip(a, b, strict=True)) / max(map(abs, (*a, *b))))
