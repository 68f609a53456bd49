"""What changed from VGG."""

from resnet_explorer.spec import PRESETS
from resnet_explorer.ui import cached, parts
from resnet_explorer.ui.story.chapter import Chapter, Try


def _show() -> None:
    rows = []
    for name in ("vgg16", "vgg19", "plain34", "resnet34"):
        preset, report = PRESETS[name], cached.report(PRESETS[name].spec)
        rows.append((preset.title, report.depth, report.params, report.stages[-1].params, report.macs))
    parts.table(
        [
            {
                "net": net,
                "weighted layers": f"{depth}",
                "parameters": f"{params:,}",
                "in fully connected layers": f"{fc:,} ({100 * fc / params:.1f} %)",
                "MACs": f"{macs:,}",
                "of VGG-19's": f"{100 * macs / rows[1][4]:.1f} %",
            }
            for net, depth, params, fc, macs in rows
        ]
    )
    parts.source(
        "Counted from the layers, 224 × 224 pixels, 1000 classes; MACs of convolutions and fc, FLOPs = 2 × MACs. VGG "
        "without BatchNorm: Simonyan & Zisserman 2014, [arXiv:1409.1556](https://arxiv.org/abs/1409.1556)."
    )


VGG = Chapter(
    name="vgg",
    title="What changed from VGG",
    look="Look at the fully connected layers: they hold 89 % of VGG-16's parameters, and 2 % of ResNet-34's.",
    show=_show,
    means=(
        "The plain net keeps VGG's rules (3×3 convolutions; half the map, twice the filters) and changes four things"
        ": **global average pooling** replaces the large fully connected layers, there are **fewer filters**, "
        "halving is done by **stride 2** inside convolutions, and **BatchNorm** follows each of them. So 34 layers "
        "take less than a fifth of VGG-19's multiply-adds (the paper prints 18 % from its rounded 3.6 and 19.6). "
        "Then come the **shortcuts**: the same 34 layers, sixteen arcs, and with option A not one parameter more."
    ),
    tries=(
        Try(label="Explore VGG-19", page="explore", net="vgg19"),
        Try(label="Explore plain-34", page="explore", net="plain34"),
        Try(
            label="ResNet-34, against plain-34 pinned", page="explore", net="resnet34", texts=(("pin", "net=plain34"),)
        ),
    ),
)
