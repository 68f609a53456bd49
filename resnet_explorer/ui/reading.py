"""What the numbers of a net say, in words made from those numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.analysis import table
from resnet_explorer.analysis.conventions import shares

if TYPE_CHECKING:
    from resnet_explorer.analysis import Report


EVEN = 1.5
"""By how much blocks of different stages may differ in work and still count as even."""
SAME = 1.005
"""Below this they cost the same."""
LEAST = 0.1
"""Shares below this are not written out, in per cent."""


def costs(report: Report) -> str:
    """Where the work and where the parameters are."""
    if not report.blocks:
        return _costs_of_stages(report)
    stages = [stage for stage in report.stages if stage.blocks]
    params = shares([stage.params for stage in report.stages])
    most = max(range(len(params)), key=params.__getitem__)
    held = f"{params[-1]:.1f} %" if params[-1] >= LEAST else f"less than {LEAST} %"
    head = f"the classifier holds {held}" if most < len(params) - 1 else "that is the classifier"
    where = f"{params[most]:.0f} % of the parameters sit in {report.stages[most].name}; {head}."
    if len(stages) == 1:
        return f"This net has a single stage. {where}"
    per_block = [stage.macs / len(stage.blocks) for stage in stages]
    spread = max(per_block) / min(per_block)
    if spread < EVEN:
        like = f"nearly the same in every stage (the most costly {spread:.2f} times the least)"
        return (
            f"**The work is spread evenly**: a block costs {like if spread >= SAME else 'the same in every stage'}, "
            f"because the map is halved where the filters double. **The parameters are not**: {where}"
        )
    return f"A block of the most costly stage takes {spread:.1f} times the work of one of the least costly. {where}"


def _costs_of_stages(report: Report) -> str:
    """The same of a net without blocks."""
    work = shares([stage.macs for stage in report.stages])
    params = shares([stage.params for stage in report.stages])
    dearest = max(range(len(work)), key=work.__getitem__)
    return (
        f"**The work is in the convolutions**: {sum(work[:-1]):.0f} % of it, most in {report.stages[dearest].name} "
        f"({work[dearest]:.0f} %). **The parameters are not**: the fully connected layers at the end hold "
        f"{params[-1]:.1f} % of them."
    )


def strides(report: Report) -> str:
    """Where the map is halved."""
    paths = list(table.strides(report))
    if not paths:
        return "No layer of this net halves the map."
    listed = ", ".join(f"`{path}`" for path in paths)
    if not report.blocks:
        return f"**Stride 2** is in {listed}."
    pooled = any(layer.op == "maxpool" for layer in report.layers)
    note = " The first block of conv2_x does not halve the map: the max pool has done so before it." if pooled else ""
    return f"**Stride 2** is in {listed}, and on the shortcut beside it where there is one.{note}"
