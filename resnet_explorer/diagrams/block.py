"""One block, drawn to scale: the width of a bar is its number of channels, so a bottleneck looks like one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from resnet_explorer.analysis import conventions, formula
from resnet_explorer.diagrams import arrow, bar, svg
from resnet_explorer.diagrams.block_words import describe, detour_label, equation, gate_lines
from resnet_explorer.diagrams.chain import Detour, chain, joins, lanes
from resnet_explorer.diagrams.drawing import Drawing
from resnet_explorer.diagrams.facts import operation_fact
from resnet_explorer.diagrams.proportions import LOWEST, PAGE, Proportions, between
from resnet_explorer.spec.ops import Activation, Rectifier

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.analysis import Layer
    from resnet_explorer.diagrams.facts import Fact
    from resnet_explorer.spec.ops import Shape

_WAYS = 56.0
"""Left of the widest bar, for the ways around and their names."""
_WORDS_SET = 0.84
_WORKINGS_SET = 0.92
"""How wide words are set at most, and workings, as a share of their estimated width."""
_LINE = 16.0
_SIGNS = {"add": "+", "mul": "×", "mix": "T", "cat": "∥", "unequal": "+"}


def channel_scale(*blocks: Sequence[Layer]) -> float:
    """Pixels per channel with which all of these blocks fit, to stand side by side."""
    return PAGE.widest / max(max(x.input_shape[0], x.output_shape[0]) for layers in blocks for x in layers)


def block(layers: Sequence[Layer], *, scale: float | None = None, name: str = "") -> Drawing:
    """The block of these layers (`stage.block(path)`), from x down to y.

    `scale` is in pixels per channel (`channel_scale` gives one for several blocks); `name` becomes the title.
    """
    return _Block(layers, scale or channel_scale(layers), name or f"block {layers[0].node.block}").drawing()


def abreast(blocks: Sequence[Sequence[Layer]], names: Sequence[str], height: float) -> tuple[Drawing, ...]:
    """Blocks side by side in so much height, for a room to see: weights stand beside the first, which has them all."""
    scale = channel_scale(*blocks) * LOWEST.widest / PAGE.widest
    highest = (max(_Block(each, scale, "", layout).drawing().height for each in blocks) for layout in (PAGE, LOWEST))
    layout = between(height, *highest)
    made: list[Drawing] = []
    for each, name in zip(blocks, names, strict=True):
        gates = {way.gate for way in chain(each).detours}
        size = layout.of(arcs=False in gates, gates=True in gates, worked=not made)
        made.append(_Block(each, scale, name, size).drawing())
    return tuple(replace(each, data={**each.data, "most": 1, "narrow": None}) for each in made)


class _Block:
    """A block while it is drawn, from the top down."""

    def __init__(self, layers: Sequence[Layer], scale: float, name: str, layout: Proportions = PAGE) -> None:
        self.layers = layers
        self.chain = chain(layers)
        self.lanes = lanes(self.chain)
        self.scale = scale
        self.name = name
        self.layout, self.middle, self.side = layout, layout.middle, layout.side
        self.y = layout.top
        self.parts: list[str] = []
        self.items: list[list[object]] = []
        self.facts: list[Fact] = []
        self.leaves: dict[str | None, float] = {}
        self.said = 0.0  # the foot of the last words beside the chain
        self.right = self.side  # where the longest of them end

    def drawing(self) -> Drawing:
        """All of it."""
        self.parts.append(svg.text(self.middle, self.layout.top - 7, "x", "mid b"))
        self._plate(self.layers[0].input_shape)
        self._arrow(None, self.layers[0].input_shape)
        for index, unit in enumerate(self.chain.units):
            if joins(unit[0]):
                self._sum(unit[0])
            else:
                for layer in unit:
                    self._operation(layer, after_sum=index > 0 and self.chain.units[index - 1][0].op == "add")
            self._arrow(unit[-1].path, unit[-1].output_shape)
        self._plate(self.layers[-1].output_shape)
        end = f'x="{svg.px(self.middle)}" y="{svg.px(self.y + self.layout.foot - 10)}" class="mid b"'
        self.parts.append(f"<text {end}>{equation(self.chain)}</text>")
        alt, height = describe(self.layers, self.chain), self.y + self.layout.foot
        return Drawing(
            svg=svg.picture("".join(self.parts), width=self.layout.width, height=height, title=self.name, alt=alt),
            title=self.name,
            alt=alt,
            width=self.layout.width,
            height=height,
            data={"kind": "block", "items": self.items, "facts": self.facts, "narrow": self._narrow()},
        )

    def _narrow(self) -> list[float]:
        """Where the figure begins, where the words beside it do, and where they end: what a narrow page has to show."""
        return [self.middle - self.layout.widest / 2 - _WAYS, self.side, round(self.right)]

    def _words(self, x: float, y: float, words: str, css: str = "") -> None:
        """Words beside the chain."""
        share = _WORKINGS_SET if "worked" in css else _WORDS_SET
        self.right = max(self.right, x + share * svg.width_of(words))
        self.parts.append(svg.text(x, y, words, css))

    def _plate(self, shape: Shape) -> None:
        """How wide x and y are."""
        width = shape[0] * self.scale
        self.parts.append(svg.rect(self.middle - width / 2, self.y, width, 4, 'class="head" rx="1"'))
        self.y += 4

    def _arrow(self, path: str | None, shape: Shape) -> None:
        """The way to the next unit, with the shape of what goes there."""
        top, foot = self.y + 1, self.y + self.layout.arrow - 2
        self.parts.append(svg.path(f"M{svg.px(self.middle)} {svg.px(top)}V{svg.px(foot - 5)}", "flow"))
        self.parts.append(svg.path(arrow.head(self.middle, foot, down=True), "head"))
        self.parts.append(svg.text(self.middle + 11, self.y + self.layout.arrow / 2 + 5, conventions.sizes(shape), "m"))
        self.leaves[path] = top + 9
        self.y += self.layout.arrow

    def _operation(self, layer: Layer, *, after_sum: bool) -> None:
        width, height = layer.output_shape[0] * self.scale, self.layout.weighted if layer.weighted else self.layout.thin
        self._bar(layer, (self.middle - width / 2, width, height))
        self._beside(layer, self.y + height / 2 + 4)
        words, colour = bar.label(layer), bar.shade(layer)
        if after_sum and isinstance(layer.node.op, Rectifier | Activation):
            words += ", after the addition"
        small = "" if layer.weighted else " s"
        if svg.width_of(words, svg.FONT_PX - bool(small)) + 8 <= width:
            self.parts.append(svg.text(self.middle, self.y + height / 2 + 4, words, f"on-{colour[1]} mid{small}"))
        else:
            self._words(self.middle + width / 2 + 6, self.y + height / 2 + 4, words, small.strip())
        self.y += height + self.layout.gap

    def _bar(self, layer: Layer, box: tuple[float, float, float]) -> None:
        x, width, height = box
        self.parts.append(svg.rect(x, self.y, width, height, f'class="{bar.shade(layer)[0]}" rx="2"'))
        self._item(layer, (x, self.y, width, height))

    def _item(self, layer: Layer, box: tuple[float, float, float, float]) -> None:
        """Where hover finds an operation."""
        self.items.append([layer.path, len(self.facts), *(round(n, 1) for n in box)])
        self.facts.append(operation_fact(layer))

    def _beside(self, layer: Layer, y: float) -> None:
        """The weights with their working, and what else the operation does to the shape."""
        op = layer.node.op
        self.said = y
        if not (layer.weighted and self.layout.worked):
            if op.params and self.layout.worked:
                self._words(self.side, y, formula.working(layer, "params"), "m s worked")
            return
        notes = []
        if getattr(op, "groups", 1) > 1:
            notes.append(f"{op.groups} groups")  # type: ignore[attr-defined]
        if getattr(op, "dilation", 1) > 1:
            notes.append(f"dilation {op.dilation}")  # type: ignore[attr-defined]
        if op.window[1] > 1:
            before, after = map(conventions.side, (layer.input_shape, layer.output_shape))
            notes.append(f"stride {op.window[1]}: {before} → {after} pixels")
        up, down = (7, 9) if self.layout.weighted > LOWEST.weighted + LOWEST.thin / 2 else (10, 3)
        self._words(self.side, y - (up if notes else 0), formula.working(layer, "params"), "b worked")
        if notes:
            self._words(self.side, y + down, ", ".join(notes))

    def _sum(self, layer: Layer) -> None:
        """Where the ways around come in."""
        middle = self.y + self.layout.sum
        ways = sorted((way for way in self.chain.detours if way.into == layer.path), key=self.lanes.__getitem__)
        for n, way in enumerate(ways):
            self._way(way, middle + 12 * (n - (len(ways) - 1) / 2), self.lanes[way])
            if way.gate:
                self._gate(way, middle)
        self.parts.append(
            f'<circle class="sum" cx="{svg.px(self.middle)}" cy="{svg.px(middle)}" r="{svg.px(self.layout.sum)}"/>'
        )
        self.parts.append(svg.text(self.middle, middle + 6, _SIGNS.get(layer.op, "×"), "on-sum mid"))
        self._item(layer, (self.middle - self.layout.sum, self.y, 2 * self.layout.sum, 2 * self.layout.sum))
        self.y += 2 * self.layout.sum

    def _way(self, way: Detour, foot: float, lane: int) -> None:
        """The bold arc from where the way leaves into the sum, with what it is and costs along it."""
        top = self.leaves[way.source]
        left = self.middle - self.layout.widest / 2 - 22 + 10 * (len(self.lanes) - 1 - lane)
        end = self.middle - self.layout.sum - 2
        kind, lines = detour_label(way)
        d = arrow.around((self.middle, top), left, (end - 7, foot))
        self.parts.append(svg.path(d, f"arc bold {kind}"))
        self.parts.append(svg.path(arrow.head(end, foot, down=False), "tip"))
        middle = (top + foot) / 2
        if way.gate:
            lines = ()  # they stand beside the circle
        middle = max(middle, *(svg.width_of(line) / 2 + 4 for line in lines), 0)
        for n, line in enumerate(reversed(lines)):
            x = left - 9 - 15 * n
            css = "way mid" if n == len(lines) - 1 else "way mid s"
            turned = f'transform="translate({svg.px(x)} {svg.px(middle)}) rotate(-90)"'
            self.parts.append(svg.text(0, 0, line, css).replace("<text", f"<text {turned}", 1))
        for layer in way.layers:
            r = arrow.corner(top, foot)
            self._item(layer, (left - 34, top + r, 40, foot - top - 2 * r))

    def _gate(self, way: Detour, middle: float) -> None:
        """What a gate computes, beside the circle where it scales."""
        lines = gate_lines(way) if self.layout.worked else ()
        first = max(middle + 4 - _LINE / 2 * (len(lines) - 1), self.said + _LINE)
        for n, line in enumerate(lines):
            self._words(self.side, first + _LINE * n, line)
