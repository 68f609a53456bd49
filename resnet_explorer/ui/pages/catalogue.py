"""The parts of the page of all nets: the chart of accuracy against cost, and the table."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import pyarrow as pa
import streamlit as st

from resnet_explorer.analysis import arithmetic, catalogue
from resnet_explorer.analysis.conventions import plural, short
from resnet_explorer.analysis.measures import BATCH, MEASURES
from resnet_explorer.analysis.metrics import METRICS
from resnet_explorer.analysis.published import PROTOCOLS, result
from resnet_explorer.figures.catalogue import scatter
from resnet_explorer.ui import canvas
from resnet_explorer.ui.parts import cells, controls, files, later, picker
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.view import cached, hide
from resnet_explorer.ui.view.views import CatalogueView

if TYPE_CHECKING:
    from resnet_explorer.analysis.catalogue import Point
    from resnet_explorer.analysis.published import Protocol, Result
    from resnet_explorer.ui.canvas import Described


PERCENT = "accuracy or error, %"
WIDEST_NAME = 165
"""Pixels in which the longest name of a net has room."""


def choices() -> None:
    """What the chart shows."""
    picker.show(
        controls.pick(CatalogueView, "protocol", {each.name: each.title for each in PROTOCOLS}),
        controls.pick(CatalogueView, "against", {each.name: each.title for each in METRICS}),
        key="chart",
    )


@functools.lru_cache(maxsize=64)
def _points(protocol: str, against: str) -> tuple[Point, ...]:
    return catalogue.points(cached.entries(), PROTOCOLS[protocol], against)


@functools.lru_cache(maxsize=64)
def _scatter(protocol: str, against: str) -> Described:
    return canvas.described(scatter(_points(protocol, against), PROTOCOLS[protocol], METRICS[against].title))


def chart(view: CatalogueView) -> None:
    """Accuracy against cost, what it means, where it is from, and the table behind it."""
    protocol, points = PROTOCOLS[view.protocol], _points(view.protocol, view.against)
    best = ", ".join(point.title for point in points if point.best)
    parts.drawn(
        _scatter(view.protocol, view.against),
        key="catalogue",
        title=f"{protocol.title} against {METRICS[view.against].title}",
        words=f"{protocol.title} of {plural(len(points), 'net')} against {METRICS[view.against].title}, "
        f"from {points[0].title} to {points[-1].title}; on the frontier: {best}",
        main=True,
    )
    parts.meaning(_reading(view.protocol, view.against))
    cells.behind(
        "The table behind the chart",
        lambda: pa.Table.from_pylist(_rows(points, view.against)),
        functools.partial(_point_row, view),
        key="catalogue_points",
        of=f"{view.protocol} {view.against}",
    )
    parts.source(
        f"{protocol.title}: {protocol.convention}. From [{protocol.source}]({protocol.link}). "
        f"{METRICS[view.against].title}: {METRICS[view.against].convention}; counted here{_at(protocol)}."
    )


def apart(name: str) -> str:
    """By how many percentage points the accuracies of a net differ by torchvision's two recipes."""
    one, other = (found.value for recipe in ("tv_v1", "tv_v2") if (found := result(name, recipe)))
    return parts.inline(arithmetic.points(one, other).said("{:.1f} points"))


def _at(protocol: Protocol) -> str:
    """At which size of image the chart counts, where it is not that of the table."""
    return f", at {protocol.image} px" if protocol.image else ""


def protocols() -> None:
    """What the columns of accuracies mean, and where they are from."""
    parts.source(
        "  \n".join(f"**{each.head}**: {each.convention}; [{each.source}]({each.link})." for each in PROTOCOLS)
    )


def _rows(points: tuple[Point, ...], against: str) -> list[dict[str, object]]:
    return [
        {"net": point.title, against: point.cost, PERCENT: round(point.value, 2), "on the frontier": point.best}
        for point in points
    ]


def _point_row(view: CatalogueView, at: int) -> cells.RowWorkings:
    """A net of the table behind the chart: how its cost is made, and how its accuracy was measured."""
    point, protocol = _points(view.protocol, view.against)[at], PROTOCOLS[view.protocol]
    published = f"{point.value:.2f} %, published: {protocol.convention}; {point.source}"
    cost = METRICS[view.against].title, point.working
    return cells.RowWorkings(point.title, {view.against: cost, PERCENT: (protocol.title, published)})


def _published(found: Result, protocol: Protocol) -> str:
    return f"{found.value:.2f} %, published: {protocol.convention}; [{found.place}]({found.link})"


@functools.lru_cache(maxsize=64)
def _reading(protocol: str, against: str) -> str:
    """Who is on the frontier, and who is furthest from it."""
    points, kind, cost = _points(protocol, against), PROTOCOLS[protocol], METRICS[against].title
    best = [point for point in points if point.best]
    what = kind.unit.removesuffix(", %")
    on = parts.inline(arithmetic.named(point.title for point in best))
    of = parts.inline(arithmetic.named(point.title for point in points))
    factor = parts.inline(arithmetic.ratio(best[-1].cost, best[0].cost).said("{:.1f}"))
    ends = " to ".join(_cost(point) for point in (best[0], best[-1]))
    words = (
        f"**{on} of these {of} nets are on the frontier** (ringed): none is at once as cheap and as good. From "
        f"{best[0].title} to {best[-1].title}, {cost} grow by a factor of {factor} ({ends}) and the {what} goes "
        f"from {best[0].value:.2f} to {best[-1].value:.2f} %."
    )
    off = [(_gap(point, best, kind), point) for point in points if not point.best]
    if not off:
        return words
    (gap, rival), worst = max(off, key=lambda each: each[0][0])
    better = parts.inline(arithmetic.points(worst.value, rival.value).said(f"{gap:.1f} percentage points"))
    share = parts.inline(arithmetic.share(rival.cost, worst.cost).percent())
    return f"{words} Furthest off is **{worst.title}**: {rival.title} is {better} better at {share} of its {cost}."


def _cost(point: Point) -> str:
    return parts.inline(short(point.cost), point.working)


def _gap(point: Point, best: list[Point], protocol: Protocol) -> tuple[float, Point]:
    """By how many percentage points the best net that costs no more is better."""
    rivals = [rival for rival in best if rival.cost <= point.cost]
    rival = min(rivals, key=lambda each: each.value if protocol.error else -each.value)
    return abs(rival.value - point.value), rival


def _row(words: str, at: int) -> cells.RowWorkings:
    """A net of the table: how its counts are made, and how its accuracies were measured."""
    entry = cached.matching(words)[at]
    report, measures = cached.report(entry.preset.spec), map(MEASURES.__getitem__, entry.numbers)
    counted = {each.name: (each.title, each.made(report, BATCH).working) for each in measures}
    protocols = ((PROTOCOLS[name], found) for name, found in entry.results.items())
    published = {each.name: (each.title, _published(found, each)) for each, found in protocols}
    return cells.RowWorkings(entry.preset.title, counted | published)


def table(view: CatalogueView) -> None:
    """Every net, filtered, to sort and to take away."""
    controls.widgets(CatalogueView, "find")
    count = len(cached.catalogue_frame(view.find))
    if not count:
        st.info("No net has all of these words in its name, group or paper.", icon=":material/search_off:")
        return
    if not hide.hides("table"):
        height = min(480, 40 + 35 * count)
        show = functools.partial(_frame, view.find, count, height)
        later.show(show, key="nets", height=height)
    files.download("These nets as CSV", lambda: cached.catalogue_frame(view.find), "nets.csv")


def _frame(find: str, count: int, height: int) -> None:
    number = st.column_config.NumberColumn
    percent = {each.name: number(each.head, format="%.2f", help=each.convention) for each in PROTOCOLS}
    cells.frame(
        functools.partial(cached.catalogue_arrow, find),
        functools.partial(_row, find),
        key=f"nets {find}",
        height=height,
        column_config={
            "net": st.column_config.TextColumn(pinned=True, width=WIDEST_NAME),
            "image_px": number("image, px"),
            **cells.counts((*METRICS.names, "field_px")),
            "layers": number(MEASURES["layers"].column),
            **percent,
            "published": "where the accuracies stand",
            "name": "name in links",
            "year": number(format="%d"),
            "paper": st.column_config.LinkColumn(display_text=r"abs/(.*)"),
        },
        alt=f"{plural(count, 'net')}: counts, published accuracies by protocol, year and paper",
    )
