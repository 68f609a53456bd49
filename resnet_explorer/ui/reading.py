"""What the numbers of a net say, in words made from those numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.analysis import table
from resnet_explorer.analysis.conventions import shares

if TYPE_CHECKING:
    from resnet_explorer.analysis import Report


def costs(report: Report) -> str:
    """Where the work and where the parameters are."""
    if not report.blocks:
        return _costs_of_stages(report)
    stages = [stage for stage in report.stages if stage.blocks]
    per_block = [stage.macs / len(stage.blocks) for stage in stages]
    params = shares([stage.params for stage in report.stages])
    last = next(i for i, stage in enumerate(report.stages) if stage is stages[-1])
    spread = max(per_block) / min(per_block)
    flat = (
        f"**The work is spread evenly**: a block costs nearly the same in every stage (the dearest {spread:.2f} times "
        "the cheapest), because the map is halved where the filters double."
        if spread < 1.5 and len(stages) > 1
        else f"A block of the dearest stage costs {spread:.1f} times as much as one of the cheapest."
    )
    return (
        f"{flat} **The parameters are not**: {params[last]:.0f} % of them sit in {stages[-1].name}, where the maps "
        f"are smallest and the filters most; the classifier holds {params[-1]:.1f} %."
    )


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
        return f"**Stride 2** stands in {listed}."
    pooled = any(layer.op == "maxpool" for layer in report.layers)
    note = " The first block of conv2_x does not halve the map: the max pool has done so before it." if pooled else ""
    return f"**Stride 2** stands in {listed}, and on the shortcut beside it where there is one.{note}"
