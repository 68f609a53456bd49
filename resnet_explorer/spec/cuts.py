"""Which blocks of a residual net have their shortcut cut, as text: layer1.0,layer2.3-5.

A range may take every second block, layer3.1-35-2. A set of blocks has one text, `canonical`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Place = tuple[int, int]
"""Stage and block: layer2.3 is (2, 3)."""

LONGEST = 120
_RANGE = r"layer[1-6]\.[0-9]{1,3}(-[0-9]{1,3}(-2)?)?"
PATTERN = rf"({_RANGE}(,{_RANGE})*)?"
ALLOWED = "blocks such as layer1.0,layer2.3-5, or layer3.1-35-2 for every second one"


def places(cut: str) -> frozenset[Place]:
    """The blocks that a text of that pattern names."""
    return frozenset((stage, block) for stage, blocks in _ranges(cut) for block in blocks)


def backwards(cut: str) -> bool:
    """Whether one of its ranges ends before it begins, and so names no block."""
    return not all(blocks for _, blocks in _ranges(cut))


def _ranges(cut: str) -> Iterator[tuple[int, range]]:
    for stage, first, last, step in re.findall(r"layer(\d)\.(\d+)(?:-(\d+)(?:-(\d))?)?", cut):
        yield int(stage), range(int(first), int(last or first) + 1, int(step or 1))


def paths(cut: str) -> frozenset[str]:
    """The same as paths of blocks."""
    return frozenset(f"layer{stage}.{block}" for stage, block in places(cut))


def everywhere(blocks: Sequence[int]) -> frozenset[Place]:
    """All blocks of a net."""
    return frozenset((stage, block) for stage, count in enumerate(blocks, 1) for block in range(count))


def canonical(cut: Iterable[Place]) -> str:
    """The one text of these blocks: in order, each range as long as it can be."""
    ordered = sorted(cut)
    words: list[str] = []
    while ordered:
        run = max((list(_run(ordered, step)) for step in (1, 2)), key=len)
        run = run if len(run) > 2 or run[-1][1] - run[0][1] == len(run) - 1 else run[:1]
        taken = set(run)
        ordered = [place for place in ordered if place not in taken]
        words.append(_range(run))
    return ",".join(words)


def _run(ordered: Sequence[Place], step: int) -> Iterator[Place]:
    """From the first block on, as far as every one, or every second one and none between, is there."""
    stage, block = ordered[0]
    known = set(ordered)
    while (stage, block) in known and (step == 1 or (stage, block + 1) not in known):
        yield stage, block
        block += step


def _range(run: Sequence[Place]) -> str:
    (stage, first), (_, last) = run[0], run[-1]
    if first == last:
        return f"layer{stage}.{first}"
    return f"layer{stage}.{first}-{last}" + ("-2" if len(run) <= last - first else "")
