"""The parts of the Compare page: the two nets, their numbers, and what changed in the graph."""

from __future__ import annotations

import dataclasses
import functools
import re
from typing import TYPE_CHECKING

import streamlit as st

from resnet_explorer import diagrams
from resnet_explorer.analysis import arithmetic, formula, structure
from resnet_explorer.analysis.conventions import capital, noun, pixels, short
from resnet_explorer.analysis.measures import BATCH, COMPARED, MEASURES
from resnet_explorer.analysis.metrics import METRICS
from resnet_explorer.analysis.sentence import Part, Sentence, joined, say
from resnet_explorer.analysis.worked import Worked
from resnet_explorer.spec import reference, title
from resnet_explorer.ui import canvas
from resnet_explorer.ui.pages.compare import causes
from resnet_explorer.ui.parts import budget, cells, editor, files, picker, pictures, present
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.parts.derived import Derived
from resnet_explorer.ui.view import cached, hide, link
from resnet_explorer.ui.view.views import ExploreView

if TYPE_CHECKING:
    from resnet_explorer.analysis import Report
    from resnet_explorer.analysis.compare import Comparison
    from resnet_explorer.analysis.measures import Measure
    from resnet_explorer.diagrams import Drawing
    from resnet_explorer.spec.imports import Net

COST_TRACKS = ("macs", "params")
COUNTED = tuple(MEASURES[name] for name in ("layers", "params", "macs"))
"""The measures beside the names of the nets."""
OTHER = "b_"
HALF, FEW = 60, 30
"""Columns that can be told apart in half of a presented window; of a deeper net so few that its lines have room too."""


def choices() -> None:
    """Which nets."""
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="pair"):
        picker.show(editor.named_net("", "A"), editor.named_net(OTHER, "B"), key="pair", look="beside")
        if not hide.hides("build"):
            st.button("Swap", icon=":material/swap_horiz:", on_click=_swap)


def changes_of_nets() -> None:
    """Every option of both nets."""
    if hide.hides("build"):
        return
    for prefix, name in (("", "A"), (OTHER, "B")):
        build = st.expander(f"Change {name}", key=f"change_{name}", on_change="rerun")
        if build.open:
            with build:
                budget.panel(prefix, building=True)
                budget.limits(prefix)
                editor.options(prefix)


def _swap() -> None:
    link.choose_nets({"": link.net(OTHER), OTHER: link.net()})


def drawn(a: Net, b: Net) -> None:
    """The two nets on their layer axes, one above the other, so low that both are seen; presented, side by side."""
    tracks = pictures.tracks()
    with present.figure():
        canvas.picture(_one("A", a, b, tracks), _one("B", b, a, tracks), key="versus")


@functools.lru_cache(maxsize=64)
def _one(name: str, spec: Net, other: Net, tracks: tuple[str, ...]) -> Drawing:
    """One of two nets that are shown together, to one scale, its numbers beside its name; presented, it has tracks."""
    own, beside = cached.report(spec), cached.report(other)
    if tracks:
        most = HALF if max(own.depth, beside.depth) <= HALF else FEW
        once, others = (diagrams.folding(each, most) for each in (own, beside))
        drawing = diagrams.axis(own, tracks, folded=once, beside=beside, beside_folded=others)
    else:
        drawing = diagrams.axis(own, (), beside=beside, form=diagrams.LOW)
    numbers = {"counts": [count(measure, own).data() for measure in COUNTED]}
    drawing = dataclasses.replace(drawing, title=f"{name}: {title(spec)}", data=drawing.data | numbers)
    return _marked(drawing, spec, other)


def count(measure: Measure, report: Report) -> canvas.StatedNumber:
    """A number of a net, as it stands beside its name."""
    made = measure.made(report, BATCH)
    value = int(made.value)
    return canvas.StatedNumber(
        key=measure.name, label=measure.column, value=value, text=measure.text(value), formula=made.working
    )


def costs(a: Net, b: Net) -> None:
    """What the layers of both cost, stage under stage."""
    canvas.picture(_costs("A", a, b), _costs("B", b, a), key="versus_costs")


@functools.lru_cache(maxsize=64)
def _costs(name: str, spec: Net, other: Net) -> Drawing:
    drawing = diagrams.axis(cached.report(spec), COST_TRACKS, beside=cached.report(other), form=diagrams.COSTS)
    return dataclasses.replace(drawing, title=f"{name}: {title(spec)}")


@functools.lru_cache(maxsize=64)
def marked(spec: Net, other: Net, tracks: tuple[str, ...] = COST_TRACKS) -> Drawing:
    """The axis of a net, whose columns say how they differ from the other net."""
    return _marked(diagrams.axis(cached.report(spec), tracks), spec, other)


def _marked(drawing: Drawing, spec: Net, other: Net) -> Drawing:
    """The drawing of a net, whose columns say in `data-diff` how they differ from the other net."""
    kinds = {change.layer.path: change.kind for change in cached.changes(other, spec)}
    paths = [item[0] for item in drawing.data["items"]]

    def mark(match: re.Match[str]) -> str:
        return f'{match[0]} data-diff="{kinds.get(paths[int(match[1])], "same")}"'

    def line(match: re.Match[str]) -> str:  # of a block: as it was, or new, if all of its layers are
        of_block = {kinds.get(layer.path, "same") for layer in cached.report(spec).block(match[1])}
        return f'{match[0]} data-diff="{of_block.pop() if len(of_block) == 1 else "changed"}"'

    svg = re.sub(r'data-line="([^"]+)"', line, re.sub(r'data-i="(\d+)"', mark, drawing.svg))
    return dataclasses.replace(drawing, svg=svg)


def numbers(found: Comparison, look: str = "", names: tuple[str, str] | None = None) -> None:
    """Every measure of both, with the difference and the ratio; a part of the page where it says what to look at."""
    first, second = names or (f"A: {title(found.a.spec)}", f"B: {title(found.b.spec)}")
    table = _numbers(found.a.spec, found.b.spec, first, second, link.choices(ExploreView).memory_batch)
    if look:
        parts.section("In numbers", look, table)
    else:
        parts.table(table)
    sides = ((first, found.a), (second, found.b))
    images = [f"{name}: {pixels(report.spec.input_shape)}" for name, report in sides]
    parts.source(
        f"Counted for one image ({'; '.join(images)}); memory in bytes. "
        + " ".join(f"{capital(measure.title)}: {measure.convention}." for measure in COMPARED)
    )


@functools.lru_cache(maxsize=64)
def _numbers(one: Net, other: Net, first: str, second: str, batch: int) -> str:
    reports = cached.report(one), cached.report(other)
    rows: list[dict[str, str]] = []
    for measure in COMPARED:
        made = [measure.made(report, batch) for report in reports]
        a, b = (int(each.value) for each in made)
        rows.append(
            {
                "measure": f"{measure.title}, {batch} images" if measure.name == "training_memory" else measure.title,
                first: Derived.of(made[0]),
                second: Derived.of(made[1]),
                "difference": Derived.of(arithmetic.difference(a, b)),
                "ratio": Derived.of(arithmetic.ratio(b, a).said("{:.2f}")) if a else parts.MISSING,
            }
        )
    return parts.written(rows)


def reading(found: Comparison) -> Part:
    """What differs most, and what it comes from."""
    if found.a.spec == found.b.spec:
        return "A and B are the same net. Choose another, and every difference appears here."
    return say("B has ", joined(" and ", (_more(found, of) for of in ("params", "macs"))), ". ", causes.heaviest(found))


def _more(found: Comparison, name: str) -> Part:
    """How many more or fewer of a metric B has, with the working behind the number."""
    added, title_of = found.difference(name), METRICS[name].title
    if not added:
        return f"as many {title_of}"
    a, b = found.a.count(name), found.b.count(name)
    number = arithmetic.difference(a, b).said(f"**{short(abs(added))}**")
    share = say(" (", arithmetic.growth(a, b).percent(digits=1, sign="+"), ")") if a else ""
    return say(number, f" {'more' if added > 0 else 'fewer'} {title_of}", share)


def _row(a: Net, b: Net, at: int) -> cells.RowWorkings:
    fold = cached.folds(a, b)[at]
    counts = {each.name: (each.title, formula.of_changes(fold.changes, each.name).working) for each in METRICS}
    times = "times", arithmetic.named(change.layer.path for change in fold.changes).working
    return cells.RowWorkings(f"{fold.stage}, {fold.name} ({fold.kind})", {**counts, "times": times})


@functools.lru_cache(maxsize=64)
def _changed(a: Net, b: Net) -> Sentence:
    """How many operations are as they were, and how many are not."""
    stages: dict[str, list[str]] = {kind: [] for kind in structure.KINDS}
    for change in cached.changes(a, b):
        stages[change.kind].append(change.layer.node.stage)
    layers = cached.report(b).layers
    new, other = len(stages["added"]), len(stages["changed"])
    same = len(layers) - new - other
    kept = Worked(same, f"{same:,}", f"{len(layers):,} − {new:,} added − {other:,} changed = {same:,}")
    kinds = (arithmetic.kinds(of).said(f"**{{:,}} {kind}**") for kind, of in stages.items())
    total = arithmetic.kinds(layer.node.stage for layer in layers)
    are = " is as it is in A; " if same == 1 else " are as they are in A; "
    return say("Of the ", total, f" {noun(len(layers), 'operation')} of B, ", kept, are, joined(", ", kinds), ".")


def changed(a: Net, b: Net) -> None:
    """How many operations differ, and which when somebody opens them, equal ones of a stage in one row."""
    with parts.together():
        parts.section(
            "What changed in the graph",
            "Every operation at the same place in both nets, compared: another kind, another size, or another input.",
        )
        parts.meaning(_changed(a, b))
    if not cached.changes(a, b):
        return
    cells.behind(
        "Every operation that differs",
        functools.partial(cached.folds_arrow, a, b),
        functools.partial(_row, a, b),
        key="changes",
        of=f"{reference(a)} {reference(b)}",
        height=min(420, 40 + 35 * len(cached.folds(a, b))),
        column_config={
            **cells.counts(METRICS.names),
            "first": st.column_config.TextColumn("first of them", width="medium"),
        },
        alt=f"What was removed, changed and added between {title(a)} and {title(b)}, stage by stage",
    )
    name = f"{link.file_name(a)}-{link.file_name(b)}.csv"
    files.download("These changes as CSV", lambda: structure.frame(cached.folds(a, b)), name)
