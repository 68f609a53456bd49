"""The net itself on the layer axis: bars, shortcut arcs, stages and their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from resnet_explorer.analysis.conventions import plural
from resnet_explorer.diagrams import layout, svg, wording

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from resnet_explorer.analysis import Report
    from resnet_explorer.diagrams.columns import Column, Span
    from resnet_explorer.diagrams.layout import Bars, Form, Grid

ARC = 21
SHORTCUT_WORDS = {
    "identity": "identity",
    "projection": "projection, its cost",
    "padding": "zero padding",
    "weightless": "without weights",
}


class StageSpan(NamedTuple):
    """A stage's columns and the lines of its label; the last is the size of its map, before which stand the channels.

    `folds` says whether it has equal blocks, `folded` whether they are drawn as lines.
    """

    first: int
    last: int
    lines: tuple[str, ...]
    channels: str
    folds: bool
    folded: bool


def shade(column: Column) -> str:
    """The class that colours a layer: by its kernel, or the classifier's own."""
    kernel = getattr(column.layer.node.op, "kernel", None)
    return "fc" if kernel is None else kernel_class(kernel)


def kernel_class(kernel: int) -> str:
    """1x1 light, 3x3 and the like middle, 7x7 and above dark."""
    return "k1" if kernel == 1 else "k3" if kernel < 6 else "k7"


def stages(report: Report, columns: Sequence[Column], foldable: Collection[str] = ()) -> list[StageSpan]:
    """The stages that have columns, in order; `foldable` are those that have equal blocks."""
    found: list[StageSpan] = []
    names = [column.layer.node.stage for column in columns]
    for stage in report.stages:
        if stage.name not in names:
            continue
        first = names.index(stage.name)
        last = first + names.count(stage.name) - 1
        count = len(stage.blocks)
        blocks = (plural(count, "block"),) if count else ()
        lines = (stage.name, *blocks, wording.extent(stage.output_shape))
        folded = any(column.times > 1 for column in columns[first : last + 1])
        shape = stage.output_shape
        channels = f"{shape[0]:,} × " if len(shape) == 3 else ""
        found.append(StageSpan(first, last, lines, channels, stage.name in foldable, folded))
    return found


def net_bars(columns: Sequence[Column], scale: Bars, grid: Grid) -> str:
    """A bar for each layer: height = side of its map, width = channels, shade = kernel."""
    drawn = []
    for i, column in enumerate(columns):
        height = scale.height(column.layer.side)
        width = max(min(1.0, 0.8 * grid.slot), grid.slot * scale.share(column.layer.channels))
        x, y = grid.centre(i) - width / 2, scale.form.middle - height / 2
        drawn.append(svg.rect(x, y, width, height, f'class="{shade(column)}" data-i="{i}"'))
    return "".join(drawn)


def arcs(columns: Sequence[Column], spans: Sequence[Span], scale: Bars, grid: Grid) -> str:
    """The shortcuts, each over its block; the dot is where it is added."""
    drawn, dots = [], []
    for span in spans:
        if span.shortcut is None:
            continue
        inset = min(2.0, 0.12 * grid.width(span.first))
        left, right = svg.px(grid.left(span.first) + inset), svg.px(grid.right(span.last) - inset)
        foot = foot_of(columns, span, scale)
        data = svg.attribute("data-block", span.path)
        top = svg.px(foot - ARC * 4 / 3)
        d = f"M{left} {svg.px(foot)}C{left} {top} {right} {top} {right} {svg.px(foot)}"
        drawn.append(svg.path(d, f"arc {span.shortcut}", data))
        dots.append(f"M{right} {svg.px(foot)}h0")
    return "".join(drawn) + (svg.path("".join(dots), "dot") if dots else "")


def shortcuts(columns: Sequence[Column], spans: Sequence[Span], scale: Bars) -> list[dict[str, object]]:
    """The shortcut of each block as the browser reads it: its columns, where it begins, and whether it is there."""
    return [
        {
            "blocks": _blocks(span),
            "first": span.first,
            "last": span.last,
            "foot": round(foot_of(columns, span, scale), 1),
            "on": span.shortcut is not None,
        }
        for span in spans
    ]


def _blocks(span: Span) -> str:
    """The blocks that a span stands for, as a range; where they have no numbers, the first, and how many."""
    stage, _, first = span.path.rpartition(".")
    if span.times == 1:
        return span.path
    return f"{stage}.{first}-{int(first) + span.times - 1}" if first.isdecimal() else f"{span.path} ×{span.times}"


def foot_of(columns: Sequence[Column], span: Span, scale: Bars) -> float:
    """Where an arc stands: above the tallest bar of its block."""
    tallest = max(scale.height(columns[i].layer.side) for i in range(span.first, span.last + 1))
    return scale.form.middle - tallest / 2 - 7


def braces(stage_spans: Sequence[StageSpan], grid: Grid, form: Form) -> str:
    """A line under each stage."""
    parts = [
        f"M{svg.px(grid.left(s.first) + inset)} {svg.px(form.brace)}H{svg.px(grid.end(s.last) - inset)}"
        for s in stage_spans
        for inset in [min(5.0, 0.25 * grid.width(s.first))]
    ]
    return svg.path("".join(parts), "brace")


def rules(stage_spans: Sequence[StageSpan], grid: Grid, form: Form, bottom: float) -> str:
    """The borders of the stages, through the net and all tracks; the stages' labels between them are left free."""
    runs = [(layout.TOP, form.brace), (form.below, bottom)]
    parts = [
        f"M{svg.px(grid.left(s.first))} {svg.px(top)}V{svg.px(foot)}"
        for s in stage_spans[1:]
        for top, foot in runs
        if foot > top
    ]
    return svg.path("".join(parts), "rule")


def stage_labels(stage_spans: Sequence[StageSpan], grid: Grid, form: Form) -> str:
    """Name, blocks and size under each stage; a short stage's label moves aside and a line leads back to it.

    Stem and head give way where there is no room: `data-spare` says so to who lays the labels out again. In a net
    without blocks each would; there none does as long as all have room side by side.
    """
    labels = [(s, grid.middle(s.first, s.last), _width(s), len(s.lines) < 3) for s in stage_spans]
    kept = _with_room(labels)
    places = layout.spread([c for _, c, _, _ in kept], [w for _, _, w, _ in kept], -6, layout.PLOT + 6)
    shown = {id(label[0]): place for label, place in zip(kept, places, strict=True)}
    return "".join(
        _label(s, (centre, shown.get(id(s))), width, form.brace, spare=spare) for s, centre, width, spare in labels
    )


def _with_room(labels: list[tuple[StageSpan, float, float, bool]]) -> list[tuple[StageSpan, float, float, bool]]:
    """The labels without the spare ones that would touch a neighbour; of two such the first stays."""
    if all(spare for *_, spare in labels) and sum(width for _, _, width, _ in labels) <= layout.PLOT:
        return labels
    kept: list[tuple[StageSpan, float, float, bool]] = []
    for i, label in enumerate(labels):
        near = [*kept[-1:], *(each for each in labels[i + 1 : i + 2] if not each[-1])]
        if not label[-1] or not any(_touch(label, each) for each in near):
            kept.append(label)
    return kept


def _touch(one: tuple[StageSpan, float, float, bool], other: tuple[StageSpan, float, float, bool]) -> bool:
    (_, centre, width, _), (_, middle, wide, _) = one, other
    return abs(centre - middle) < (width + wide) / 2


def _width(stage: StageSpan, *, slim: bool = False) -> float:
    last = stage.lines[-1] if slim else stage.channels + stage.lines[-1]
    return 6 + max(svg.width_of(stage.lines[0], 13), *(svg.width_of(line) for line in (*stage.lines[1:-1], last)))


def _label(stage: StageSpan, placed: tuple[float, float | None], width: float, brace: float, *, spare: bool) -> str:
    centre, place = placed
    at = centre if place is None else place
    lead = f"M{svg.px(centre - at)} {svg.px(brace)}v5L0 {svg.px(brace + 10)}"
    texts = [svg.text(0, brace + 22, stage.lines[0], "name mid")]
    texts += [svg.text(0, brace + 22 + 15 * n, line, "m mid halo") for n, line in enumerate(stage.lines[1:], 1)]
    if stage.channels:
        texts[-1] = texts[-1].replace(">", f'><tspan class="channels">{stage.channels}</tspan>', 1)
    data = svg.attribute("data-x", svg.px(centre)) + svg.attribute("data-w", svg.px(width))
    data += svg.attribute("data-slim", svg.px(_width(stage, slim=True)))
    hidden = ' visibility="hidden"' if place is None else ""
    flags = ' data-spare=""' if spare else ""
    if stage.folds:
        flags += svg.attribute("data-folds", stage.lines[0]) + svg.attribute("data-first", stage.first)
        flags += ' data-folded=""' if stage.folded else ""
    return (
        f'<g class="stage" transform="translate({svg.px(layout.GUTTER + at)} 0)"{data}{flags}{hidden}>'
        f"{svg.path(lead, 'brace')}{''.join(texts)}</g>"
    )


def fold_marks(spans: Sequence[Span], grid: Grid, form: Form) -> str:
    """×N under each block that stands for N."""
    return "".join(
        f'<g class="at" data-x="{svg.px(x)}" transform="translate({svg.px(layout.GUTTER + x)} 0)">'
        + svg.text(0, form.brace - 4, f"×{span.times}", "mid b halo")
        + "</g>"
        for span in spans
        if span.times > 1
        for x in [grid.middle(span.first, span.last)]
    )
