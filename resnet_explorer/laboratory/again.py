"""Runs that were made again, compared with the recorded ones."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from resnet_explorer.records.plain import to_plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from resnet_explorer.laboratory.experiment import Experiment, Run

TOLERANCE = 1e-3
"""Largest relative difference of what is measured before the first update of the weights, on another processor."""
_CLOCK = {"seconds"}


class Comparison(NamedTuple):
    """`identical`: every number to the last bit. `start`: the largest relative difference before the first update.

    `answer`: whether the experiment's question has the same answer.
    """

    identical: bool
    start: float
    answer: bool

    @property
    def close(self) -> bool:
        """Whether it is the same within the tolerance.

        Training multiplies differences of rounding, so of its later steps only the answer is asked to be the same.
        """
        return self.answer and self.start <= TOLERANCE


def compare(experiment: Experiment, recorded: Sequence[Run], again: Sequence[Run]) -> Comparison:
    """How far the runs that were made again are from the recorded ones."""
    pairs = list(zip(recorded, again, strict=True))
    identical = all(_numbers((a.records, a.result)) == _numbers((b.records, b.result)) for a, b in pairs)
    start = max((_apart(_numbers(_start(a)), _numbers(_start(b))) for a, b in pairs), default=0.0)
    verdicts = [experiment.question.judge(runs) for runs in (recorded, again)]
    return Comparison(identical, start, _right(verdicts[0]) == _right(verdicts[1]))


def _right(verdict: Any) -> int | None:
    return None if verdict is None else verdict.right


def _start(run: Run) -> Any:
    """What was measured before any weight was changed: the first record, or all where nothing is trained."""
    return run.records[:1] or run.result


def _numbers(value: Any) -> list[Any]:
    """All leaves in order, without what the clock said."""
    return [repr(each) if isinstance(each, float) and math.isnan(each) else each for each in _leaves(to_plain(value))]


def _leaves(data: Any) -> Iterator[Any]:
    if isinstance(data, dict):
        for name, each in data.items():
            if name not in _CLOCK:
                yield from _leaves(each)
    elif isinstance(data, list):
        for each in data:
            yield from _leaves(each)
    else:
        yield data


def _apart(a: list[Any], b: list[Any]) -> float:
    """The largest relative difference of two lists of leaves; infinite where they are not of one form."""
    if len(a) != len(b):
        return math.inf
    return max((_difference(x, y) for x, y in zip(a, b, strict=True)), default=0.0)


def _difference(a: Any, b: Any) -> float:
    if a == b:
        return 0.0
    if not (isinstance(a, float) and isinstance(b, float) and math.isfinite(a) and math.isfinite(b)):
        return math.inf
    return abs(a - b) / max(abs(a), abs(b))
