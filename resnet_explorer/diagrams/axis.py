"""The layer axis: the net from the image to the classes, one column a layer, and what each layer costs under it."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from resnet_explorer.analysis import conventions
from resnet_explorer.analysis.measures import BATCH
from resnet_explorer.analysis.receptive_field import receptive_fields
from resnet_explorer.diagrams import layout, repeats, strip, svg, tracks, wording
from resnet_explorer.diagrams.columns import drawn
from resnet_explorer.diagrams.drawing import Drawing
from resnet_explorer.diagrams.facts import column_facts
from resnet_explorer.errors import ExplorerError
from resnet_explorer.spec import title
from resnet_explorer.spec.ops import FullyConnected

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from resnet_explorer.analysis import Report
    from resnet_explorer.diagrams.columns import Column, ColumnLayout, Span
    from resnet_explorer.diagrams.layout import Form

NORMS_HEIGHT = 190
_WAYS = {
    "identity": ("identity", "identities"),
    "projection": ("projection", "projections"),
    "padding": ("with zero padding", "with zero padding"),
    "weightless": ("without weights", "without weights"),
}
_KERNELS = {"k1": "1×1", "k3": "3×3", "k7": "7×7", "fc": "classifier"}


def axis(
    report: Report,
    tracks: Sequence[str] = tracks.MEASURE_TRACKS.names,
    *,
    folded: Collection[str] | None = None,
    beside: Report | None = None,
    beside_folded: Collection[str] | None = None,
    form: Form = layout.WHOLE,
) -> Drawing:
    """The net on its axis, with these tracks (names of `MEASURE_TRACKS`) under it, in that form.

    In the stages of `folded`, of equal blocks the first is drawn, each other one as a line; None leaves it to the
    number of columns. With a net that is shown `beside` it, with stages `beside_folded` likewise, both nets and each
    track have one scale, which the track's label names, and each stage one place.

    Raises:
        UnknownName: there is no such track.
        ExplorerError: it has no layer that would be a column.
    """
    other = drawn(beside, beside_folded) if beside else None
    return _Axis(report, tuple(tracks), drawn(report, folded), beside=other, form=form).drawing()


class _Axis:
    """The layer axis while it is drawn."""

    def __init__(
        self,
        report: Report,
        names: tuple[str, ...],
        net: ColumnLayout,
        *,
        beside: ColumnLayout | None,
        form: Form,
    ) -> None:
        self.form = form
        self.report = report
        self.columns, self.spans = net.columns, net.spans
        if not self.columns:
            raise ExplorerError(f"{title(report.spec)} has no convolution and no fully connected layer to draw")
        self.beside = beside.columns if beside else ()
        self.grid = layout.grid(repeats.behind(net), beside and repeats.behind(beside))
        self.bars = layout.bars((*self.columns, *self.beside), form)
        self.stages = strip.stages(report, self.columns, net.foldable)
        self.names = names
        self.norms_top = form.below + 26 if form.norms else None
        top = form.below + 26 + (NORMS_HEIGHT + tracks.GAP if form.norms else 0)
        self.tops = [top + n * (tracks.HEIGHT + tracks.GAP) for n in range(len(names))]
        self.height = (self.tops[-1] + tracks.HEIGHT if names else top - tracks.GAP) + 8

    def drawing(self) -> Drawing:
        """All of it."""
        plot, words, rows = self._tracks()
        borders = strip.rules(self.stages, self.grid, self.form, self.height - 8)
        net, texts = self._net() if self.form.tallest else self._names()
        inner = f'<g class="plot" transform="translate({layout.GUTTER} 0)">{borders}{net}{plot}</g>{texts}{words}'
        width = layout.GUTTER + layout.PLOT + 8
        name = f"{title(self.report.spec) if self.form.totals else 'A net'} on the layer axis"
        alt = sentences(self.report, self.columns, self.spans, totals=self.form.totals)
        return Drawing(
            svg=svg.picture(inner, width=width, height=self.height, title=name, alt=alt),
            title=name,
            alt=alt,
            width=width,
            height=self.height,
            data=self._data(rows),
        )

    def _net(self) -> tuple[str, str]:
        """The net's shapes, and its words."""
        net = (
            strip.net_bars(self.columns, self.bars, self.grid)
            + repeats.lines(self.columns, self.spans, self.bars, self.grid)
            + strip.arcs(self.columns, self.spans, self.bars, self.grid)
            + repeats.arcs(self.columns, self.spans, self.bars, self.grid)
            + strip.braces(self.stages, self.grid, self.form)
        )
        texts = (
            _net_label(self.report, self.form, folded=any(column.times > 1 for column in self.columns))
            + legend(self.columns, self.spans)
            + strip.stage_labels(self.stages, self.grid, self.form)
            + strip.fold_marks(self.spans, self.grid, self.form)
        )
        return net, texts

    def _names(self) -> tuple[str, str]:
        """The lines over its stages, and their names."""
        named = [stage._replace(lines=stage.lines[:1], channels="") for stage in self.stages]
        return strip.braces(named, self.grid, self.form), strip.stage_labels(named, self.grid, self.form)

    def _tracks(self) -> tuple[str, str, list[dict[str, object]]]:
        """Shapes, words, and the values for hover."""
        shapes, words, rows = [], [], []
        whole = max(self.report.spec.input_shape[1:] or self.report.spec.input_shape)
        for name, top in zip(self.names, self.tops, strict=True):
            track = tracks.MEASURE_TRACKS[name]
            found = tracks.reading(track, self.columns, self.beside)
            words.append(tracks.row(track, found, top, totals=self.form.totals))
            if track.adds_up:
                shapes.append(tracks.bars(found, self.grid, top) + repeats.bars(found, self.spans, self.grid, top))
            else:
                shapes.append(tracks.line(found, self.grid, top, whole))
                words.append(tracks.whole_label(found.scale, top, whole))
            totals = [sum(pair) for pair in found.values]
            most = self.columns[totals.index(max(totals))].last.path  # of equal layers all have it, or the last alone
            told = self.form.totals or not track.adds_up
            working = track.measure.made(self.report, BATCH).working if told else "in all: to be counted"
            heading = f"{track.title}; most, {max(totals):,}{track.unit}, at {most}"
            rows.append(
                {
                    "name": name,
                    "unit": track.unit,
                    "top": top,
                    "values": totals if track.adds_up else [first for first, _ in found.values],
                    "scale": found.scale,
                    "heading": heading,
                    "working": working,
                }
            )
        return "".join(shapes), "".join(words), rows

    def _data(self, rows: list[dict[str, object]]) -> dict[str, object]:
        items, facts = column_facts(self.columns, receptive_fields(self.report.graph, max))
        norms = None if self.norms_top is None else {"top": self.norms_top, "height": NORMS_HEIGHT}
        return {
            "kind": "axis",
            "gutter": layout.GUTTER,
            "plot": layout.PLOT,
            "slots": round(self.grid.slots, 3),
            "places": None if self.grid.even else [[round(x, 2) for x in place] for place in self.grid.columns],
            "height": self.height,
            "brace": self.form.brace,
            "row": tracks.HEIGHT,
            "tracks": rows,
            "norms": norms,
            "cuts": strip.shortcuts(self.columns, self.spans, self.bars),
            "items": items,
            "facts": facts,
        }


def legend(columns: Sequence[Column], spans: Sequence[Span]) -> str:
    """What the shades and the arcs mean, of those that are there: one line above the net."""
    shades = Counter(strip.shade(column) for column in columns)
    kinds = Counter(span.shortcut for span in spans)
    x, left = 0.0, []
    several = any(isinstance(column.layer.node.op, FullyConnected) for column in columns)
    for shade, words in (_KERNELS | {"fc": "fully connected"} if several else _KERNELS).items():
        if shade in shades:
            left.append(svg.rect(x, 3, 9, 11, f'class="{shade}"') + svg.text(x + 13, 13, words, "m"))
            x += 13 + svg.width_of(words) + 12
    right, x = [], 0.0
    for kind, words in reversed(strip.SHORTCUT_WORDS.items()):
        if kind in kinds:
            x -= svg.width_of(words)
            right.append(svg.text(x, 13, words, "m"))
            if kind == "projection":
                x -= 15
                right.append(svg.rect(x, 3, 9, 11, 'class="extra"'))
            right.append(
                svg.path(f"M{svg.px(x - 30)} 13C{svg.px(x - 30)} 2 {svg.px(x - 6)} 2 {svg.px(x - 6)} 13", f"arc {kind}")
            )
            x -= 44
    if not right:
        right.append(svg.text(0, 13, "no shortcuts", "m end"))
    start, end = layout.GUTTER, layout.GUTTER + layout.PLOT
    return (
        f'<g class="at shades" data-x="0" transform="translate({start} 0)">{"".join(left)}</g>'
        f'<g class="at ways" data-x="{layout.PLOT}" transform="translate({end} 0)">{"".join(right)}</g>'
    )


def _net_label(report: Report, form: Form, *, folded: bool) -> str:
    words = svg.text(0, form.middle - 12, "the net", "name")
    notes = [conventions.plural(report.depth, "layer")] if form.totals else []
    notes += [f"image {wording.extent(report.spec.input_shape)}", *["each line a block"] * folded]
    words += "".join(svg.text(0, form.middle + 4 + 15 * n, note, "m") for n, note in enumerate(notes))
    return f'<g class="side">{words}</g>'


def sentences(report: Report, columns: Sequence[Column], spans: Sequence[Span], *, totals: bool) -> str:
    """The picture in words."""
    image = conventions.sizes(report.spec.input_shape)
    known = getattr(report.spec, "classes", None)
    last = report.layers[-1].output_shape
    values = f"{conventions.sizes(last)} {conventions.noun(math.prod(last), 'value')}"
    gives = values if known is None else conventions.plural(known, "class")
    net = f"{title(report.spec)}: {conventions.plural(report.depth, 'weighted layer')}" if totals else "A net"
    what = "input" if known is None else "image"
    parts = [f"{net} from an {what} of {image} to {gives}."]
    named = [
        f"{s.name} {conventions.plural(len(s.blocks), 'block')} at {wording.extent(s.output_shape)}"
        for s in report.stages
        if s.blocks
    ]
    parts.append(f"Stages: {conventions.listed(named)}." if named else "")
    kinds: Counter[str] = Counter()
    for span in spans:
        if span.shortcut:
            kinds[span.shortcut] += span.times
    ways = [f"{count:,} {_WAYS[kind][count != 1]}" for kind, count in kinds.most_common()]
    cut = sum(span.times for span in spans if not span.shortcut)
    ways += [f"none over {cut:,}"] if cut and ways else []
    parts.append(f"Shortcuts over blocks: {conventions.listed(ways)}." if ways else "No shortcuts.")
    work, learned = conventions.noun(report.macs, "MAC"), conventions.noun(report.params, "parameter")
    if totals:
        parts.append(
            f"In all {conventions.short(report.macs)} {work} and {conventions.short(report.params)} {learned}."
        )
    if any(column.times > 1 for column in columns):
        mean = "in a row of costs as high as the mean of its layers"
        parts.append(f"Of equal blocks the first is drawn, each other one as a line, {mean}.")
    return " ".join(filter(None, parts))
