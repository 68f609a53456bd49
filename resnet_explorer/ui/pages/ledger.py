"""The parts of the Ledger page: the differences drawn, and every line with its terms."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from resnet_explorer.analysis import arithmetic, counters, ledger
from resnet_explorer.analysis.conventions import noun, short
from resnet_explorer.figures.ledger import differences
from resnet_explorer.spec import title
from resnet_explorer.ui import canvas
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.parts.derived import Derived
from resnet_explorer.ui.view import cached

if TYPE_CHECKING:
    from resnet_explorer.analysis.ledger import LedgerRow
    from resnet_explorer.spec.imports import Net
    from resnet_explorer.ui.canvas import Described


@functools.lru_cache(maxsize=64)
def lines(spec: Net) -> tuple[LedgerRow, ...]:
    """The ledger of a net."""
    return ledger.ledger(cached.report(spec))


@functools.lru_cache(maxsize=64)
def _differences(spec: Net) -> Described:
    return canvas.described(differences(lines(spec)))


def chart(spec: Net) -> None:
    """By how much each convention differs."""
    found = lines(spec)
    parts.drawn(
        _differences(spec),
        key="ledger",
        title=f"One net, many numbers: {title(spec)}",
        words=f"What each convention counts for {title(spec)}: "
        + "; ".join(f"{line.convention.title} {line.total:,}" for line in found),
        main=True,
    )


@functools.lru_cache(maxsize=64)
def reading(spec: Net) -> str:
    """What the numbers have in common, and what separates them."""
    found = lines(spec)
    base, distinct = found[0], {f"{line.total:,}": line for line in found}
    near = sorted((line for line in found if not line.convention.apart), key=lambda line: line.total)
    low, high, last = near[0].total, near[-1].total, max(found, key=lambda line: line.total)
    ways = parts.inline(arithmetic.named(line.convention.title for line in found))
    numbers = parts.inline(arithmetic.named(distinct, "; "))
    ends = " to ".join(parts.inline(short(line.total), ledger.of_line(line)) for line in (near[0], last))
    if not last.total:
        return "**No convention counts anything of it:** it has no convolution and no fully connected layer."
    width = parts.inline(arithmetic.spread(low, high, base.total).percent(digits=1)) if base.total else ""
    of = f"{width} of {parts.inline(short(base.total), ledger.of_line(base))}"
    apart = f" Those that do not count additions apart span {of}." if base.total else ""
    return (
        f"**{ways} ways to count give {numbers} {noun(len(distinct), 'number')}, from {ends}, each right by its own "
        f"rule.**{apart} Two numbers can be compared when they count the same things: name the convention with the "
        "number."
    )


@functools.lru_cache(maxsize=64)
def table(spec: Net) -> str:
    """Every line with its terms, to the last unit."""
    return parts.written(
        [
            {
                "convention": f"**{line.convention.title}**",
                "number": Derived(f"**{line.total:,}**", ledger.of_line(line)),
                "how it comes about": counters.of_terms(line.terms) + (f"; {line.note}" if line.note else ""),
                "counted so by": line.convention.who,
                "mode": line.convention.mode,
            }
            for line in lines(spec)
        ]
    )
