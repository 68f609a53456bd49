"""The key design choices."""

from resnet_explorer.analysis import arithmetic
from resnet_explorer.analysis.published import OPTIONS
from resnet_explorer.spec import PRESETS
from resnet_explorer.ui.pages.why.chapter import Chapter, Try
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.view import cached

ROWS = (
    ("identity shortcuts", "x is added unchanged: no weights, no gate", "Section 3.2"),
    ("BatchNorm after each convolution", "forward signals keep a variance above zero", "Sections 3.4 and 4.1"),
    ("He initialisation", "weights with variance 2/n (torchvision takes n from the outputs: fan-out)", "Section 3.4"),
    ("no dropout", "the practice of the paper of BatchNorm", "Section 3.4"),
    ("global average pooling", "no large fully connected layers", "Section 3.3"),
    ("bottlenecks from 50 layers on", "the training time that could be afforded", "Section 4.1"),
    (
        "SGD, momentum 0.9, weight decay 1e-4, batch 256, rate 0.1 divided by 10 on plateaus",
        "the recipe",
        "Section 3.4",
    ),
)


def _table() -> str:
    return parts.written([{"choice": choice, "why": why, "where in the paper": where} for choice, why, where in ROWS])


def _origin() -> str:
    options = ", ".join(f"{option} {error:.2f} %" for option, error in OPTIONS)
    return f"{parts.PAPER}. Shortcut options of ResNet-34, top-1 error, 10-crop, Table 3: {options}."


def _numbers() -> dict[str, str]:
    """What the projections of ResNet-34 add."""
    spec = PRESETS["resnet34"].spec
    without, added = (cached.report(each).params for each in (spec.having(shortcut="A"), spec))
    return {
        "added": parts.inline(arithmetic.difference(without, added).said("{:,}")),
        "share": parts.inline(arithmetic.growth(without, added).said("{:.1f} %")),
    }


CHOICES = Chapter(
    name="choices",
    title="The key design choices",
    short="Choices",
    net="net=resnet34&shortcut=C",
    track="params",
    look="Each choice, why it was made, and where the paper says so.",
    table=_table,
    origin=_origin,
    means=(
        "Projections on every shortcut (C) are slightly better than only where dimensions change (B), and B than zero "
        "padding (A); from differences so small the paper concludes that projections are not essential for addressing "
        "the degradation problem. On the identity shortcut of a bottleneck one would nearly double its cost. "
        "“Shortcuts add no parameters” holds for identity shortcuts and option A; the three projections of ResNet-34 "
        "(option B) add {added} parameters, {share}."
    ),
    numbers=_numbers,
    tries=(
        Try(
            label="ResNet-50 with option C, against B pinned",
            page="explore",
            net="block=bottleneck&shortcut=C",
            texts=(("pin", "net=resnet50"),),
        ),
        Try(
            label="Train with zero-γ",
            page="gradients",
            net="blocks=3,4,6,3&width=8&stem=cifar&shortcut=A&zero_gamma=1&image=8&classes=10",
            prefix="g_",
        ),
    ),
)
