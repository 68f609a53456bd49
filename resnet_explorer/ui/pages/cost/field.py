"""How far a net sees, on the Cost page: the receptive field of its shortest and of its longest path."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from resnet_explorer import diagrams
from resnet_explorer.analysis import formula
from resnet_explorer.analysis.conventions import sizes
from resnet_explorer.analysis.receptive_field import past as of_all
from resnet_explorer.analysis.receptive_field import range_px
from resnet_explorer.spec import title
from resnet_explorer.spec.ops import AdaptiveAvgPool2d
from resnet_explorer.ui import canvas
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.view import cached

if TYPE_CHECKING:
    from resnet_explorer.analysis import Layer
    from resnet_explorer.diagrams import Drawing
    from resnet_explorer.spec.imports import Net


@functools.lru_cache(maxsize=64)
def _window(spec: Net) -> Drawing:
    return diagrams.window(title(spec), spec.sides, *range_px(spec.graph))


def window(spec: Net) -> None:
    """The receptive field of the shortest and of the longest path, on the image."""
    canvas.picture(_window(spec), key="field")
    parts.meaning(_sees(spec))


@functools.lru_cache(maxsize=64)
def _sees(spec: Net) -> str:
    report, (shortest, longest) = cached.report(spec), range_px(spec.graph)
    far = parts.inline(formula.of_field(report).said("**{:,}**"))
    past, besides = of_all(spec.graph), ""
    if longest > max(spec.sides):
        besides = f" The image has {sizes(spec.sides)} px: past it there is padding."
    besides += f" Past this window every value depends on the whole image, by {past}." if past else ""
    besides += "".join(map(_fitted, report.layers))
    if shortest == longest:
        way = "Its shortcuts go round none that widens it." if spec.graph.joined else "There is no way round a layer."
        return f"On every path, one value of the last map sees the same window: {far} px. {way}{besides}"
    near = parts.inline(formula.of_field(report, min).said("**{:,}**"))
    paper = "Veit et al. 2016, [arXiv:1605.06431](https://arxiv.org/abs/1605.06431)"
    return (
        f"By its convolutions and pools, one value of the last map sees {near} to {far} pixels across, depending on "
        f"the path: shortcuts go round the convolutions that widen the window. Unravelled into its paths ({paper}), a "
        f"residual net looks at the image at several scales at once.{besides}"
    )


def _fitted(layer: Layer) -> str:
    """That what fits the last map to a size is not counted, where it takes means."""
    came, fits = layer.input_shape[1:], layer.output_shape[1:]
    if not isinstance(layer.node.op, AdaptiveAvgPool2d) or came == fits:
        return ""
    return f" What fits this map of {sizes(came)} to {sizes(fits)} is not counted: a value behind it may see more."
