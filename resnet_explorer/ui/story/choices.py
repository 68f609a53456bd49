"""The key design choices."""

from resnet_explorer.analysis.published import OPTIONS
from resnet_explorer.ui import parts
from resnet_explorer.ui.story.chapter import Chapter, Try

ROWS = (
    ("identity shortcuts", "x is added unchanged: no weights, no gate, nothing in the way", "Section 3.2"),
    ("BatchNorm after each convolution", "keeps signals at unit variance going forward", "Section 3.4"),
    ("He initialisation", "weights with variance 2/n (torchvision takes n from the outputs: fan-out)", "Section 3.4"),
    ("no dropout", "BatchNorm regularises already", "Section 3.4"),
    ("global average pooling", "no large fully connected layers", "Section 3.3"),
    ("bottlenecks from 50 layers on", "chosen for affordable training time", "Section 4.1"),
    (
        "SGD, momentum 0.9, weight decay 1e-4, batch 256, rate 0.1 divided by 10 on plateaus",
        "the recipe",
        "Section 3.4",
    ),
)


def _show() -> None:
    parts.table([{"choice": choice, "why": why, "where in the paper": where} for choice, why, where in ROWS])
    options = ", ".join(f"{option} {error:.2f} %" for option, error in OPTIONS)
    parts.source(f"{parts.PAPER}. Shortcut options of ResNet-34, top-1 error, 10-crop, Table 3: {options}.")


CHOICES = Chapter(
    name="choices",
    title="The key design choices",
    look="Each choice is small; what they share is that nothing stands in the way of x.",
    show=_show,
    means=(
        "Projections on every shortcut (C) are slightly better than only where dimensions change (B), and B than zero "
        "padding (A); the paper calls the differences not essential, and C nearly doubles the cost of a bottleneck. "
        "“Shortcuts add no parameters” holds for identity shortcuts and option A; the three projections of ResNet-34 "
        "(option B) add 173,824 parameters, 0.8 %."
    ),
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
