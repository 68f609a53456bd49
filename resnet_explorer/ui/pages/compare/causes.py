"""What the difference between two nets comes from: the heaviest causes in words, the waterfall, and its table."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from resnet_explorer.analysis import arithmetic, formula
from resnet_explorer.analysis.conventions import short
from resnet_explorer.analysis.measures import MEASURES, signed
from resnet_explorer.analysis.metrics import METRICS
from resnet_explorer.analysis.sentence import Part, joined, say
from resnet_explorer.figures.waterfall import Bar, waterfall
from resnet_explorer.spec import title
from resnet_explorer.ui import canvas
from resnet_explorer.ui.parts import controls, picker
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.parts.derived import Derived
from resnet_explorer.ui.view import cached
from resnet_explorer.ui.view.views import CompareView

if TYPE_CHECKING:
    from resnet_explorer.analysis.compare import Comparison
    from resnet_explorer.spec.imports import Net
    from resnet_explorer.ui.canvas import Described

_METRICS = tuple(measure for measure in MEASURES if measure.name in METRICS)
"""Parameters first, as in the table of numbers."""
_TOLD = ("params", "macs")
"""Those that are put in words."""


def heaviest(found: Comparison) -> Part:
    """Which cause changes most: of the parameters, and of the MACs, as far as they change at all."""
    causes = found.causes
    weighing = [cause for cause in causes if any(map(cause.count, _TOLD))]
    if not weighing:
        return "No choice changes a parameter or a multiply-add."
    if len(weighing) == 1:
        return f"All of it comes from the **{weighing[0].title}** ({weighing[0].change})."
    most = {name: _heaviest(found, name) for name in _TOLD if any(cause.count(name) for cause in causes)}
    said = {place: f"**{causes[place].title}** ({causes[place].change})" for place in most.values()}
    adds = {name: _adds(found, place, name) for name, place in most.items()}
    if len(said) == 1:
        rest = len(weighing) - 1
        others = f"the other {rest} causes stand below" if rest > 1 else "one more cause stands below"
        both = joined(", ", (say(number, f" {METRICS[name].title}") for name, number in adds.items()))
        return say(f"The largest cause is the {''.join(said.values())}: ", both, f"; {others}.")
    largest = say(f"In parameters, the largest change comes from the {said[most['params']]}: ", adds["params"])
    of_macs = say(f"In MACs, it comes from the {said[most['macs']]}: ", adds["macs"])
    return say(largest, ". ", of_macs, ". All causes stand below.")


def _heaviest(found: Comparison, metric: str) -> int:
    """Which cause changes a metric most."""
    return max(range(len(found.causes)), key=lambda place: abs(found.causes[place].count(metric)))


def _adds(found: Comparison, place: int, metric: str) -> Part:
    """What a cause adds to a metric, with its working."""
    added = arithmetic.difference(*_ends(found)[place][metric])
    return added.said(signed(found.causes[place].count(metric), short))


def _ends(found: Comparison) -> list[dict[str, tuple[int, int]]]:
    """For each cause and metric, the number of the net before its step and after it."""
    counts = {metric.name: found.a.count(metric.name) for metric in _METRICS}
    steps = []
    for cause in found.causes:
        after = {name: count + cause.count(name) for name, count in counts.items()}
        steps.append({name: (counts[name], after[name]) for name in counts})
        counts = after
    return steps


def split(found: Comparison, view: CompareView) -> None:
    """The waterfall, and the table behind it."""
    picker.show(controls.pick(CompareView, "split", {each.name: each.title for each in _METRICS}), key="split")
    first, last = MEASURES[view.split].of(found.a, 1), MEASURES[view.split].of(found.b, 1)
    words = "; ".join(f"{cause.title} {cause.count(view.split):+,}" for cause in found.causes) or "none"
    parts.drawn(
        _waterfall(found.a.spec, found.b.spec, view.split),
        key="waterfall",
        title=f"{METRICS[view.split].title} from {title(found.a.spec)} to {title(found.b.spec)}",
        words=f"{METRICS[view.split].title}: from {first:,} of {title(found.a.spec)} to {last:,} of "
        f"{title(found.b.spec)}. Causes: {words}",
    )
    if found.causes:
        parts.table(_listed(found.a.spec, found.b.spec))
    parts.source(
        "A is turned into B one choice after the other, from above; what a step changes is its cause's share, so the "
        "shares add up exactly. What two choices change only together (deeper *and* wider, say) falls to the later "
        "one. Nets of two families have no choices in common: they are split by kinds of layers."
    )


@functools.lru_cache(maxsize=64)
def _waterfall(a: Net, b: Net, metric: str) -> Described:
    found = cached.compared(a, b)
    steps = [Bar(cause.title, cause.count(metric), cause.change) for cause in found.causes]
    start, end = (
        Bar(f"{name}: {title(each.spec)}", each.count(metric), formula.of_stages(each, metric).working)
        for name, each in (("A", found.a), ("B", found.b))
    )
    return canvas.described(waterfall(start, steps, end, METRICS[metric].title))


@functools.lru_cache(maxsize=64)
def _listed(a: Net, b: Net) -> str:
    """A row for each cause; a share is what its step makes of the net as the steps before have left it."""
    found = cached.compared(a, b)
    rows: list[dict[str, str]] = []
    for cause, ends in zip(found.causes, _ends(found), strict=True):
        change = Derived(cause.change, cause.working) if cause.working else cause.change
        row = {"cause": cause.title, "from A to B": change}
        for metric in _METRICS:
            row[metric.title] = Derived.of(arithmetic.difference(*ends[metric.name]))
        rows.append(row)
    total = {"cause": "**all**", "from A to B": ""}
    whole = {metric.title: (found.a.count(metric.name), found.b.count(metric.name)) for metric in _METRICS}
    made = {name: arithmetic.difference(*ends) for name, ends in whole.items()}
    sums = {name: Derived.of(each.said(f"**{each.text}**")) for name, each in made.items()}
    return parts.written([*rows, total | sums])
