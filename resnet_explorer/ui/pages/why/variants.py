"""The five nets of the paper."""

from resnet_explorer.analysis import arithmetic, formula
from resnet_explorer.analysis.conventions import short
from resnet_explorer.analysis.published import TORCHVISION
from resnet_explorer.analysis.published import VARIANTS as PUBLISHED
from resnet_explorer.spec import PRESETS
from resnet_explorer.ui.pages.why.chapter import Chapter, Try
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.parts.derived import Derived
from resnet_explorer.ui.view import cached


def _table() -> str:
    rows = []
    for each in PUBLISHED:
        preset, report = PRESETS[each.preset], cached.report(PRESETS[each.preset].spec)
        options = preset.spec.options
        rows.append(
            {
                "net": preset.title,
                "blocks": f"{options.block} {'-'.join(map(str, options.blocks))}",
                "parameters": Derived.of(
                    formula.of_stages(report, "params").said(f"{short(report.params)} ({report.params:,})")
                ),
                "MACs": Derived.of(formula.of_stages(report, "macs").said(short(report.macs))),
                "paper, 10-crop": Derived(f"{100 - each.paper_error:.2f}", _right(each.paper_error)),
                "torchvision V1": Derived(f"{each.v1:.1f}", f"{each.v1} %, published with the first weights"),
                "torchvision V2": _second(each.v2),
            }
        )
    return parts.written(rows)


def _origin() -> str:
    return (
        "Parameters and MACs: counted, torchvision's form (option B, v1.5), 224 × 224 pixels. Top-1 accuracy in "
        f"percent on ImageNet validation, one protocol a column: 100 − the error of Tables 2 and 3 of {parts.PAPER} "
        f"(18 layers: option A; 34: option B); {TORCHVISION}, single crop, first (V1) and second (V2) weights. Of the "
        "second, those of 50 layers were trained by one recipe and those of 101 and 152 by another."
    )


def _right(error: float) -> str:
    """The accuracy that belongs to an error."""
    return f"100 − {error:.2f} (top-1 error, ten crops) = {100 - error:.2f}"


def _second(accuracy: float | None) -> str:
    if accuracy is None:
        return parts.MISSING
    return Derived(f"{accuracy:.1f}", f"{accuracy} %, published with the second weights")


def _numbers() -> dict[str, str]:
    """Accuracies of ResNet-50 by both recipes and of the deepest net, and how many layers lie between."""
    nets = {each.preset: each for each in PUBLISHED}
    middle, deepest = nets["resnet50"], nets["resnet152"]
    depths = (cached.report(PRESETS[each.preset].spec).depth for each in (middle, deepest))
    fewer, more = depths
    return {
        "v1": f"{middle.v1:.1f}",
        "v2": f"{middle.v2:.1f}",
        "deepest": f"{deepest.v1:.1f}",
        "further": parts.inline(arithmetic.difference(fewer, more).said("{}")),
    }


VARIANTS = Chapter(
    name="variants",
    title="The five nets of the paper",
    short="Variants",
    net="net=resnet152",
    track="macs",
    look="Compare nets down a column: each column was measured in its own way.",
    table=_table,
    origin=_origin,
    means=(
        "Deeper is better here, with shrinking steps. But look at the last two columns: a newer training recipe gives "
        "ResNet-50 more ({v1} to {v2}) than {further} further layers do ({v1} to {deepest}). An accuracy is one of a "
        "net *and* of its training, and where recipes differ, a comparison of two nets is one of recipes too."
    ),
    numbers=_numbers,
    tries=(
        Try(label="Explore ResNet-50", page="explore", net="resnet50"),
        Try(label="Explore ResNet-152", page="explore", net="resnet152"),
    ),
)
