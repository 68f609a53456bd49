"""What the numbers of a net say, in words made from those numbers."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from resnet_explorer.analysis import arithmetic, formula, table
from resnet_explorer.analysis.sentence import Part, Sentence, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.analysis import Report
    from resnet_explorer.analysis.report import Stage
    from resnet_explorer.analysis.worked import Worked


EVEN = 1.5
"""By how much blocks of different stages may differ in work and still count as even."""
SAME = 1.005
"""Below this they cost the same."""


def costs(report: Report) -> Sentence:
    """Where the work and where the parameters are."""
    return say(_outside(report), _costs_of_blocks(report)) if report.blocks else _costs_of_stages(report)


def _outside(report: Report) -> Part:
    """That most of the work is in none of the blocks, if it is."""
    dearest = max(report.stages, key=lambda stage: stage.macs)
    if dearest.blocks or 2 * dearest.macs <= report.macs:
        return ""
    share = arithmetic.share(dearest.macs, report.macs).percent(digits=1)
    return say(f"**Most of the work is in the {dearest.name}** (", share, "). ")


def _costs_of_blocks(report: Report) -> Sentence:
    """Where the work of the blocks and where the parameters are."""
    stages = [stage for stage in report.stages if stage.blocks]
    most = max(report.stages, key=lambda stage: stage.params)
    classifier = arithmetic.share(report.stages[-1].layers[-1].params, report.params)
    held = classifier.percent(digits=1)
    where = say(_part(most, report, "params"), f" sit in {most.name}; the classifier holds ", held, ".")
    if len(stages) == 1:
        return say("This net has a single stage. Of the parameters, ", where)
    made = formula.of_block(*_ends(stages, "macs"), "macs")
    spread = made.value
    if spread >= EVEN:
        rest = " the work of one of the least costly. Of the parameters, "
        return say("A block of the most costly stage takes ", made.said("{:.1f} times"), rest, where)
    like = say("nearly the same in every stage (the most costly ", made.said("{:.2f} times"), " the least)")
    told = like if spread >= SAME else "the same in every stage"
    if not _halved(stages):
        return say("A block costs ", told, ". Of the parameters, ", where)
    large, small = _ends(stages, "params")
    return say(
        "**The work of the blocks is spread evenly**: a block costs ",
        told,
        f", because the map is halved where the filters double. **Their parameters are not**: one of {large.name} has ",
        formula.of_block(large, small, "params").said("{:.1f} times"),
        f" those of one of {small.name}. Of all parameters, ",
        where,
    )


def _ends(stages: Sequence[Stage], metric: str) -> tuple[Stage, Stage]:
    """The stages with the most of a metric and with the least in a block, on average."""
    least, *_, most = sorted(stages, key=lambda stage: stage.count(metric) / len(stage.blocks))
    return most, least


def _halved(stages: Sequence[Stage]) -> bool:
    """Whether the map of each stage is half of the one before; a pixel cannot be."""
    maps = itertools.pairwise(stage.output_shape[1:] for stage in stages)
    return all(side > 1 and half == -(-side // 2) for both in maps for side, half in zip(*both, strict=True))


def _part(stage: Stage, report: Report, metric: str) -> Worked:
    return arithmetic.share(stage.count(metric), report.count(metric)).percent()


def _costs_of_stages(report: Report) -> Sentence:
    """The same of a net without blocks."""
    work = [100 * stage.macs / report.macs for stage in report.stages]
    dearest, head = max(range(len(work)), key=work.__getitem__), report.stages[-1]
    works, holds = (2 * head.count(metric) < report.count(metric) for metric in ("macs", "params"))
    places = ("the fully connected layers", "the convolutions")
    return say(
        f"**Most of the work is in {places[works]}**: the convolutions do ",
        arithmetic.share(report.macs - head.macs, report.macs).percent(),
        f" of it, and the dearest stage is {report.stages[dearest].name} (",
        _part(report.stages[dearest], report, "macs"),
        f"). **Most of the parameters are in {places[holds]}**: the fully connected layers at the end hold ",
        arithmetic.share(head.params, report.params).percent(digits=1),
        " of them.",
    )


def strides(report: Report) -> str:
    """Where the map is halved."""
    paths = list(table.strides(report))
    if not paths:
        return "No layer of this net halves the map."
    listed = ", ".join(f"`{path}`" for path in paths)
    if not report.blocks:
        return f"**Stride 2** is in {listed}."
    pools = [layer for layer in report.layers if layer.op == "maxpool" and layer.node.op.window[1] > 1]
    pooled = any(layer.output_shape[1:] != layer.input_shape[1:] for layer in pools)
    note = " The first block of conv2_x does not halve the map: the max pool has done so before it." if pooled else ""
    return f"**Stride 2** is in {listed}, and on the shortcut beside it where there is one.{note}"
