"""Where stride 2 is."""

from resnet_explorer.analysis import formula
from resnet_explorer.analysis.conventions import short, sizes
from resnet_explorer.analysis.table import strides
from resnet_explorer.spec import PRESETS
from resnet_explorer.ui.pages.why.chapter import Chapter, Try
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.view import cached

KINDS = {
    "resnet34": "ResNet-34",
    "resnet50_v1": "ResNet-50, as in the paper (v1)",
    "resnet50": "ResNet-50, as in torchvision (v1.5)",
}


def _table() -> str:
    found = {title: strides(cached.report(PRESETS[name].spec)) for name, title in KINDS.items()}
    return parts.written(
        [{"net": title, "stride 2 in": ", ".join(f"`{path}`" for path in paths)} for title, paths in found.items()]
    )


def _origin() -> str:
    report = cached.report(PRESETS["resnet34"].spec)
    outputs = [sizes(stage.output_shape) for stage in report.stages if stage.blocks]
    return f"Read from the descriptions. ResNet-34's stages give {'; '.join(outputs)}."


def _numbers() -> dict[str, str]:
    """What ResNet-50 costs with its stride in either place."""
    nets = {"moved": "resnet50", "first": "resnet50_v1"}
    found = {name: cached.report(PRESETS[net].spec) for name, net in nets.items()}
    return {name: parts.inline(formula.of_stages(each, "macs").said(short(each.macs))) for name, each in found.items()}


DOWNSAMPLING = Chapter(
    name="downsampling",
    title="Halve the map, double the filters",
    short="Downsampling",
    net="net=resnet34",
    track="macs",
    look="Look at which layers have stride 2: the first block of conv3_x, conv4_x and conv5_x, and never conv2_x.",
    table=_table,
    origin=_origin,
    means=(
        "conv2_x does not halve its map, because the max pool has done so before it. Where a stage begins, the branch "
        "and x differ in size and channels, so the shortcut is matched by a **1×1 projection of stride 2** (option B, "
        "torchvision) or by taking every second pixel and adding channels of zeros (option A, no weights). The first "
        "bottleneck of conv2_x has a projection too, of stride 1, because its channels grow from 64 to 256. A basic "
        "block strides in its first 3×3. A bottleneck strides in its first 1×1 in the paper and in its 3×3 in "
        "torchvision (called v1.5, as the comment in its resnet.py says), which costs ResNet-50 {moved} instead of "
        "{first} MACs and adds no parameter. Halving the map and doubling the filters keeps the work of every layer "
        "the same, but for the first block of a stage."
    ),
    numbers=_numbers,
    tries=(Try(label="See the flat MAC track of ResNet-34", page="explore", net="resnet34"),),
)
