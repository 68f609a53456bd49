"""The columns of the layer axis: the weighted layers of the main path, each with what is counted along with it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection

    from resnet_explorer.analysis import Layer, Report

MOST = 160
"""Columns that are drawn one by one; a deeper net has its repeated blocks folded."""


class Column(NamedTuple):
    """A weighted layer of the main path.

    `own` are the layers counted with it (itself and the BatchNorm behind it, say), `joined` those of the shortcut that
    ends here. It stands for `times` equal layers of which `last` is the last.
    """

    layer: Layer
    own: tuple[Layer, ...]
    joined: tuple[Layer, ...]
    times: int
    last: Layer

    def parts(self, metric: str) -> tuple[int, int]:
        """What one such layer counts itself, and what the shortcut that ends here adds."""
        return sum(x.count(metric) for x in self.own), sum(x.count(metric) for x in self.joined)


class Span(NamedTuple):
    """A block's columns, from `first` up to and including `last`.

    `shortcut` is identity, projection (it has weights), padding (it has none, but adds zeros), weightless (it does
    something else without weights), or None in a plain net. It stands for `times` equal blocks.
    """

    path: str
    first: int
    last: int
    shortcut: str | None
    times: int


class _Piece(NamedTuple):
    """Columns that are folded together or not at all: a block, or one layer outside blocks."""

    block: str | None
    columns: tuple[Column, ...]
    layers: tuple[Layer, ...]


class ColumnLayout(NamedTuple):
    """The columns and the blocks over them, and the stages that have equal blocks one after the other, in order."""

    columns: tuple[Column, ...]
    spans: tuple[Span, ...]
    foldable: tuple[str, ...]


def drawn(report: Report, folded: Collection[str] | None = None) -> ColumnLayout:
    """All that is drawn; in the stages of `folded`, of equal blocks the first alone; None leaves it to their number."""
    runs = _runs(_pieces(report.layers))
    once = _folding(runs, MOST) if folded is None else folded
    return ColumnLayout(*_placed([[_merged(run)] if _stage(run) in once else run for run in runs]), _foldable(runs))


def columns(report: Report, folded: Collection[str] = ()) -> tuple[tuple[Column, ...], tuple[Span, ...]]:
    """The columns and the blocks over them; in the stages of `folded`, of runs of equal blocks the first alone."""
    return drawn(report, folded)[:2]


def foldable(report: Report) -> tuple[str, ...]:
    """The stages that have equal blocks one after the other, in order."""
    return _foldable(_runs(_pieces(report.layers)))


def folding(report: Report, most: int = MOST) -> tuple[str, ...]:
    """The stages to fold, those that spare most columns first, so that `most` columns suffice; none if they do."""
    return _folding(_runs(_pieces(report.layers)), most)


def _foldable(runs: list[list[_Piece]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_stage(run) for run in runs if len(run) > 1))


def _folding(runs: list[list[_Piece]], most: int) -> tuple[str, ...]:
    count = sum(len(piece.columns) for run in runs for piece in run)
    spared: Counter[str] = Counter()
    for run in runs:
        spared[_stage(run)] += (len(run) - 1) * len(run[0].columns)
    folded: list[str] = []
    for stage, columns_less in spared.most_common():
        if count <= most or not columns_less:
            break
        folded.append(stage)
        count -= columns_less
    return tuple(stage for stage in spared if stage in folded)


def _stage(run: list[_Piece]) -> str:
    return run[0].layers[-1].node.stage


def shortcut_kind(layers: tuple[Layer, ...]) -> str | None:
    """How x gets around the branch of a block."""
    if all(layer.node.op.branch is None for layer in layers):
        return None
    way = [layer for layer in layers if layer.node.shortcut]
    if not way:
        return "identity"
    if any(layer.params for layer in way):
        return "projection"
    return "padding" if any(layer.op == "pad" for layer in way) else "weightless"


def _pieces(layers: tuple[Layer, ...]) -> list[_Piece]:
    groups: list[list[Layer]] = []
    weighs = True
    for layer in layers:
        before = groups[-1] if groups else []
        same = bool(before) and before[-1].node.block == layer.node.block
        if before and (not weighs or (same and (layer.node.block or not layer.weighted))):
            before.append(layer)
            weighs = weighs or layer.weighted
        else:
            groups.append([layer])
            weighs = layer.weighted
    found: list[_Piece] = []
    first: list[Layer] = []
    for each in groups:
        group, first = [*first, *each], []
        made = _columns(group)
        block = group[-1].node.block
        if not made and not found:  # what has no column goes with what stands before it, or else behind it
            first = group
            continue
        if not made:
            last = found.pop()
            block, group = block or last.block, [*last.layers, *group]
            made = _columns(group)
        found.append(_Piece(block, made, tuple(group)))
    return found


def _columns(group: list[Layer]) -> tuple[Column, ...]:
    """A column for each weighted layer of the main path; the shortcut's layers join at the last."""
    main: list[list[Layer]] = []
    joined: list[Layer] = []
    waiting: list[Layer] = []
    for layer in group:
        if layer.node.shortcut:
            joined.append(layer)
        elif layer.weighted and not layer.node.gate:
            main.append([layer, *waiting])
            waiting = []
        elif main:
            main[-1].append(layer)
        else:
            waiting.append(layer)
    made = [Column(own[0], tuple(own), (), 1, own[0]) for own in main]
    if made:
        made[-1] = made[-1]._replace(joined=tuple(joined))
    return tuple(made)


def _runs(pieces: list[_Piece]) -> list[list[_Piece]]:
    """Consecutive equal blocks together."""
    runs: list[list[_Piece]] = []
    before: object = None
    for piece in pieces:
        form = [(id(layer.node.op), layer.output_shape) for layer in piece.layers] if piece.block else None
        if form and form == before:
            runs[-1].append(piece)
        else:
            runs.append([piece])
        before = form
    return runs


def _merged(run: list[_Piece]) -> _Piece:
    pairs = zip(run[0].columns, run[-1].columns, strict=True)
    return run[0]._replace(columns=tuple(a._replace(times=len(run), last=b.layer) for a, b in pairs))


def _placed(runs: list[list[_Piece]]) -> tuple[tuple[Column, ...], tuple[Span, ...]]:
    placed: list[Column] = []
    spans: list[Span] = []
    for piece in (piece for run in runs for piece in run):
        first = len(placed)
        placed += piece.columns
        if piece.block:
            kind = shortcut_kind(piece.layers)
            spans.append(Span(piece.block, first, len(placed) - 1, kind, piece.columns[0].times))
    return tuple(placed), tuple(spans)
