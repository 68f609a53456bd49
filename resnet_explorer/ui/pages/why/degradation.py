"""Plain nets get worse with depth."""

import functools

from resnet_explorer.analysis.published import DEGRADATION as ERRORS
from resnet_explorer.figures.published import degradation
from resnet_explorer.ui import canvas
from resnet_explorer.ui.pages.why.chapter import Chapter, Try
from resnet_explorer.ui.parts import text as parts


@functools.cache
def _errors() -> canvas.Described:
    return canvas.described(degradation())


def _picture() -> None:
    parts.drawn(
        _errors(),
        key="degradation",
        title=DEGRADATION.title,
        words="Top-1 error on ImageNet at 18 and 34 layers: "
        + "; ".join(f"{e.depth} layers plain {e.plain} %, residual {e.residual} %" for e in ERRORS),
    )


def _table() -> str:
    return parts.written(
        [
            {"layers": f"{e.depth}", "plain, error %": f"{e.plain:.2f}", "ResNet, error %": f"{e.residual:.2f}"}
            for e in ERRORS
        ]
    )


def _origin() -> str:
    return f"Top-1 error on ImageNet validation, 10-crop, shortcut option A: Table 2 of {parts.PAPER}."


DEGRADATION = Chapter(
    name="degradation",
    title="Deeper plain nets are worse",
    short="Degradation",
    net="net=plain34",
    track="macs",
    look="Look at the direction of the two lines: with depth, the plain net gets worse and the residual net better.",
    picture=_picture,
    table=_table,
    origin=_origin,
    means=(
        "This is the **degradation problem**. It is not overfitting: the deeper plain net has the higher *training* "
        "error too. That is odd, because the deeper net could copy the shallower one and let its other layers do "
        "nothing; the optimiser does not find that. At 18 layers the two kinds are practically equal; residual "
        "learning is not a gain everywhere, and at 34 it takes the harm out of depth. It does not do so without end: "
        "with 1202 layers on CIFAR-10 a residual net is worse than with 110 (Table 6), by overfitting as the paper "
        "argues."
    ),
    tries=(
        Try(label="Train plain-34 against ResNet-34", page="gradients", net="demo_resnet34", prefix="g_"),
        Try(label="The same at 18 layers", page="gradients", net="demo_resnet18", prefix="g_"),
    ),
)
