"""All named nets in one table, with what was published of them, and which of them are on the frontier."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, NamedTuple

from resnet_explorer.analysis import formula
from resnet_explorer.analysis.measures import BATCH, COMPARED, MEASURES
from resnet_explorer.analysis.metrics import METRICS
from resnet_explorer.analysis.origins import origin
from resnet_explorer.analysis.published import PROTOCOLS, result
from resnet_explorer.analysis.report import Report, analyse
from resnet_explorer.spec import PRESETS, from_query

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    import pandas as pd

    from resnet_explorer.analysis.origins import Origin
    from resnet_explorer.analysis.published import Protocol, Result
    from resnet_explorer.analysis.worked import Worked
    from resnet_explorer.spec import NetSpec, Preset

SHOWN = tuple(measure.name for measure in COMPARED if measure.name != "training_memory")
"""The measures that stand in the table; memory depends on a batch."""
DEPTH_OPTIONS = frozenset({"blocks", "convs", "stride"})
"""Options in which nets of one design differ with their depth; basic blocks have no choice of the stride's place."""
SAME_DESIGN = {"basic": "", "bottleneck": ""}
"""Blocks that one paper uses in one family, by depth: ResNet-34 and ResNet-50 differ in depth, to a reader."""


class Entry(NamedTuple):
    """A named net: its numbers (by measure), where it is from, and what was published of it (by protocol).

    `made` are its counts with their workings, by metric.
    """

    preset: Preset
    numbers: dict[str, int]
    origin: Origin
    results: dict[str, Result]
    made: dict[str, Worked]


class Point(NamedTuple):
    """A net in the plane of cost and accuracy; `path` is the same for nets that differ in depth alone.

    `best` ones are on the frontier: no other net of the column is as cheap and as good. `working` is that of the cost,
    `source` says where the accuracy stands.
    """

    title: str
    layers: int
    residual: bool
    cost: int
    value: float
    path: Hashable
    best: bool
    working: str
    source: str


def catalogue(report: Callable[[NetSpec], Report] = analyse) -> tuple[Entry, ...]:
    """Every named net, in the order of the list; `report` may be a reading that is kept."""
    return tuple(_entry(preset, report(preset.spec)) for preset in PRESETS)


def _entry(preset: Preset, report: Report) -> Entry:
    found = ((protocol.name, result(preset.name, protocol.name)) for protocol in PROTOCOLS)
    return Entry(
        preset=preset,
        numbers={name: MEASURES[name].of(report, BATCH) for name in SHOWN},
        origin=origin(preset.spec),
        results={name: each for name, each in found if each is not None},
        made={name: formula.of_stages(report, name) for name in METRICS.names},
    )


def matching(entries: Iterable[Entry], words: str) -> tuple[Entry, ...]:
    """The entries in whose name, title, group or paper every one of these words occurs."""
    wanted = words.lower().split()
    return tuple(each for each in entries if all(word in _text(each) for word in wanted))


def _text(entry: Entry) -> str:
    preset = entry.preset
    return " ".join((preset.name, preset.title, preset.group, entry.origin.title, str(entry.origin.year))).lower()


def frame(entries: Sequence[Entry]) -> pd.DataFrame:
    """A row for each net: accuracies of each protocol in a column of their own, and beside them where they stand."""
    import pandas as pd  # noqa: PLC0415 - heavy, and only tables need it

    columns: dict[str, object] = {
        "net": [entry.preset.title for entry in entries],
        **{name: [entry.numbers[name] for entry in entries] for name in SHOWN},
    }
    for protocol in PROTOCOLS:
        found = [entry.results.get(protocol.name) for entry in entries]
        columns[protocol.name] = pd.array([each.value if each else None for each in found], dtype="Float64")
    columns |= {
        "year": [entry.origin.year for entry in entries],
        "paper": [entry.origin.link for entry in entries],
        "group": [entry.preset.group for entry in entries],
        "image_px": [entry.preset.spec.image for entry in entries],
        "published": ["; ".join(source(each) for each in entry.results.values()) for entry in entries],
        "name": [entry.preset.name for entry in entries],
    }
    return pd.DataFrame(columns)


def source(found: Result) -> str:
    """Where a published number stands, in full."""
    return f"{found.value:g}: {found.place}"


def points(entries: Iterable[Entry], protocol: Protocol, metric: str) -> tuple[Point, ...]:
    """The nets that have a number under that protocol, by cost: of the form that was measured, and each form once."""
    made = [_point(entry, entry.results[protocol.name], metric) for entry in entries if protocol.name in entry.results]
    made.sort(key=lambda point: point.cost)
    return tuple(point._replace(best=not any(_beats(other, point, protocol) for other in made)) for point in made)


def _point(entry: Entry, found: Result, metric: str) -> Point:
    made = entry.made[metric]
    measured = from_query(found.form) if found.form else entry.preset.spec
    image = PROTOCOLS[found.protocol].image or measured.image
    if (measured, image) != (entry.preset.spec, entry.preset.spec.image):
        report = analyse(dataclasses.replace(measured, image=image))
        made = formula.of_stages(report, metric)
    return Point(
        title=entry.preset.title,
        layers=entry.numbers["layers"],
        residual=entry.preset.spec.graph.joined,
        cost=int(made.value),
        value=found.value,
        path=path(entry.preset.spec),
        best=True,
        working=made.working,
        source=found.place,
    )


def _beats(one: Point, other: Point, protocol: Protocol) -> bool:
    """Whether one is as cheap and as good as the other, and cheaper or better."""
    no_worse = one.cost <= other.cost and not protocol.better(other.value, one.value)
    return no_worse and (one.cost, one.value) != (other.cost, other.value)


def path(spec: NetSpec) -> Hashable:
    """What nets have in common that differ in depth alone."""
    options = tuple(
        (field.name, _design(getattr(spec.options, field.name)))
        for field in dataclasses.fields(spec.options)
        if field.name not in DEPTH_OPTIONS
    )
    return spec.family, options, spec.image, spec.classes


def _design(value: object) -> object:
    return SAME_DESIGN.get(value, value) if isinstance(value, str) else value
