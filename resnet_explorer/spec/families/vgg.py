"""VGG (arXiv:1409.1556) as torchvision builds it: 3x3 convolutions, a 2x2 maximum behind each stage, three large fc."""

from __future__ import annotations

from dataclasses import dataclass

from resnet_explorer.options import Choice, Real, Whole, Wholes, check, option
from resnet_explorer.spec.families.family import Family
from resnet_explorer.spec.graph import IMAGE, Builder, Graph
from resnet_explorer.spec.norms import NORMS
from resnet_explorer.spec.ops import AdaptiveAvgPool2d, Dropout, Flatten, Linear, MaxPool2d, ReLU

POOLED = 7
"""Height and width of the map that the fully connected layers see, whatever the image."""

WIDEST = 8
"""How many times the first stage's filters the later stages have at most."""

PAPER = {11: (1, 1, 2, 2, 2), 13: (2, 2, 2, 2, 2), 16: (2, 2, 3, 3, 3), 19: (2, 2, 4, 4, 4)}
"""Convolutions in each stage: configurations A, B, D and E of Table 1 of arXiv:1409.1556."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VGGOptions:
    """What may be chosen about a VGG.

    Raises:
        InvalidOption: a value that no network has.
    """

    convs: tuple[int, ...] = option(
        (2, 2, 3, 3, 3), Wholes(1, 100, 7), query="convs", help="3×3 convolutions in each stage; a 2×2 maximum ends it"
    )
    width: int = option(
        64, Whole(1, 4096), query="width", help=f"filters of the first stage; each further one doubles, up to {WIDEST}×"
    )
    features: int = option(4096, Whole(1, 16_384), query="features", help="width of the fully connected layers")
    norm: str = option("none", Choice(NORMS.names), query="norm", help="normalisation behind each convolution")
    dropout: float = option(
        0.5, Real(0, 0.95), query="dropout", help="share of the fully connected layers' values dropped in training"
    )

    def __post_init__(self) -> None:
        check(self)
        NORMS[self.norm].check((self.width,))


class _Row:
    """Numbered modules in a row, as `torch.nn.Sequential` names them: features.0, features.1, ..."""

    def __init__(self, net: Builder, name: str) -> None:
        self.net = net
        self.name = name
        self.count = 0

    def next(self) -> str:
        """The next module's name."""
        self.count += 1
        return f"{self.name}.{self.count - 1}"


def _graph(options: VGGOptions, classes: int, channels: int) -> Graph:
    net = Builder(bias=True, channels=channels)
    x = _features(net, options)
    net.stage = "head"
    x = net.keep("avgpool", AdaptiveAvgPool2d(POOLED), x)
    size = net.channels(x) * POOLED**2
    x = net.add_node("flatten", Flatten(), x, channels=size)
    row = _Row(net, "classifier")
    for _ in range(2):
        x = net.add_node(row.next(), Linear(net.channels(x), options.features), x, channels=options.features)
        x = net.keep(row.next(), ReLU(), x)
        dropout = row.next()
        if options.dropout:
            x = net.keep(dropout, Dropout(options.dropout), x)
    net.add_node(row.next(), Linear(options.features, classes), x, channels=classes)
    return net.graph()


def _features(net: Builder, options: VGGOptions) -> str:
    norm, row, x = NORMS[options.norm], _Row(net, "features"), IMAGE
    for stage, count in enumerate(options.convs):
        net.stage = f"conv{stage + 1}_x"
        width = min(options.width << stage, options.width * WIDEST)
        for _ in range(count):
            x = net.conv(row.next(), x, width, 3)
            if norm.op is not None:
                x = net.keep(row.next(), norm.op(width), x)
            x = net.keep(row.next(), ReLU(), x)
        x = net.keep(row.next(), MaxPool2d(2, 2), x)
    return x


def _title(options: VGGOptions) -> str:
    """VGG-16, and what sets it apart from the net of the paper."""
    norm, usual, layers = NORMS[options.norm], VGGOptions(), sum(options.convs) + 3
    found = {
        f"convolutions {'-'.join(map(str, options.convs))}": options.convs != PAPER.get(layers),
        f"width {options.width}": options.width != usual.width,
        f"fc width {options.features}": options.features != usual.features,
        f"dropout {options.dropout}": options.dropout != usual.dropout,
    }
    name = f"VGG-{layers}{f' with {norm.title}' if norm.op else ''}"
    return ", ".join([name, *(words for words, differs in found.items() if differs)])


def _least_image(options: VGGOptions) -> int:
    return 1 << len(options.convs)


VGG = Family(
    name="vgg",
    options=VGGOptions,
    graph=_graph,
    title=_title,
    least_image=_least_image,
    modules=lambda _options: {"": "VGG"},
)
