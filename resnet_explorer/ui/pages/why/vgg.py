"""What changed from VGG."""

from resnet_explorer.analysis import Report, arithmetic, formula
from resnet_explorer.spec import PRESETS
from resnet_explorer.ui.pages.why.chapter import Chapter, Try
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.parts.derived import Derived
from resnet_explorer.ui.view import cached


def _table() -> str:
    rows = []
    for name in ("vgg16", "vgg19", "plain34", "resnet34"):
        preset, report = PRESETS[name], cached.report(PRESETS[name].spec)
        rows.append((preset.title, report))
    base = rows[1][1].macs
    return parts.written(
        [
            {
                "net": net,
                "weighted layers": Derived.of(formula.of_depth(report)),
                "parameters": Derived.of(formula.of_stages(report, "params")),
                "in fully connected layers": _classifier(report),
                "MACs": Derived.of(formula.of_stages(report, "macs")),
                "of VGG-19's": Derived.of(arithmetic.share(report.macs, base).said("{:.1f} %")),
            }
            for net, report in rows
        ]
    )


def _origin() -> str:
    return (
        "Counted from the layers, 224 × 224 pixels, 1000 classes; MACs of convolutions and fc, FLOPs = 2 × MACs. VGG "
        "without BatchNorm: Simonyan & Zisserman 2014, [arXiv:1409.1556](https://arxiv.org/abs/1409.1556)."
    )


def _classifier(report: Report) -> Derived:
    """The parameters of the head, and their share."""
    head = report.stages[-1]
    share = arithmetic.share(head.params, report.params).said("{:.1f} %")
    made = formula.of_layers(head.layers, "params")
    return Derived(f"{made.text} ({share.text})", f"{made.working}; {share.working}")


def _held(name: str) -> str:
    """The share of the parameters that a net's fully connected layers hold."""
    report = cached.report(PRESETS[name].spec)
    return parts.inline(arithmetic.share(report.stages[-1].params, report.params).percent())


def _share() -> str:
    """How much of VGG-19's work the plain net takes."""
    part, whole = (cached.report(PRESETS[name].spec).macs for name in ("plain34", "vgg19"))
    return parts.inline(arithmetic.share(part, whole).said("{:.1f} %"))


VGG = Chapter(
    name="vgg",
    title="What changed from VGG",
    short="VGG",
    net="net=vgg19",
    track="params",
    look="Look at the fully connected layers: they hold {vgg16} of VGG-16's parameters, and {resnet34} of ResNet-34's.",
    numbers=lambda: {name: _held(name) for name in ("vgg16", "resnet34")} | {"share": _share()},
    table=_table,
    origin=_origin,
    means=(
        "The plain net keeps VGG's rules (mostly 3×3 convolutions; half the map, twice the filters) and changes four "
        "things (Sections 3.3 and 3.4): **global average pooling** replaces the large fully connected layers, there "
        "are **fewer filters**, halving is done by **stride 2** inside convolutions, and **BatchNorm** follows each of "
        "them. So 34 layers take {share} of VGG-19's multiply-adds (the paper prints 18 %, 3.6 of 19.6 billion). Then "
        "come the **shortcuts**: the same 34 layers, sixteen arcs, and with option A not one parameter more."
    ),
    tries=(
        Try(label="Explore VGG-19", page="explore", net="vgg19"),
        Try(label="Explore plain-34", page="explore", net="plain34"),
        Try(
            label="ResNet-34, against plain-34 pinned", page="explore", net="resnet34", texts=(("pin", "net=plain34"),)
        ),
    ),
)
