"""The parts of the Progression page: the step, its picture, what changed, and the whole way."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import streamlit as st

from resnet_explorer import diagrams
from resnet_explorer.analysis import arithmetic
from resnet_explorer.analysis.conventions import capital
from resnet_explorer.analysis.measures import BATCH, MEASURES, signed
from resnet_explorer.analysis.metrics import METRICS
from resnet_explorer.analysis.progression import STATIONS, Station, before, results
from resnet_explorer.analysis.published import PROTOCOLS
from resnet_explorer.analysis.sentence import Part, Sentence, say
from resnet_explorer.ui import canvas
from resnet_explorer.ui.pages.compare import nets as versus
from resnet_explorer.ui.parts import links, picker, pictures, present
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.parts.derived import Derived
from resnet_explorer.ui.view import cached, hide, link
from resnet_explorer.ui.view.labels import LABELS
from resnet_explorer.ui.view.views import ProgressionView

if TYPE_CHECKING:
    from resnet_explorer.analysis import Report
    from resnet_explorer.analysis.measures import Measure
    from resnet_explorer.analysis.published import Result

ORDER = tuple(STATIONS)
COUNTED = tuple(MEASURES[name] for name in ("params", "macs", "activations", "layers"))
"""The measures over the picture."""
TABLED = tuple(MEASURES[name] for name in ("layers", "params", "macs"))
"""The measures in the table of the whole way."""


def steps(station: Station) -> None:
    """Back, on, or to any station."""
    if hide.hides("station"):
        return
    place = ORDER.index(station)
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        for label, icon, to in (("Back", "arrow_back", place - 1), ("Next", "arrow_forward", place + 1)):
            there = 0 <= to < len(ORDER)
            st.button(
                label,
                icon=f":material/{icon}:",
                type="primary" if label == "Next" else "secondary",
                disabled=not there,
                on_click=link.choose,
                args=(ProgressionView,),
                kwargs={"station": ORDER[to].name if there else station.name},
            )
        titles = {each.name: f"{number}. {each.title}" for number, each in enumerate(ORDER, 1)}
        picker.show(picker.Pick("station", LABELS["station"], station.name, titles, _go), key="way", look="bare")


def _go(name: str) -> None:
    link.choose(ProgressionView, station=name)


def look(station: Station) -> str:
    """From which net, what changed, and how the picture shows it."""
    last = before(station)
    if last is None:
        return station.changed
    changed = {change.layer.path for change in cached.changes(last.spec, station.spec)}
    same = any(layer.path not in changed for layer in cached.report(station.spec).weighted)
    pale = (
        f"Pale layers are as they were in {last.title}; boldly outlined ones are new."
        if same
        else "Every layer is new."
    )
    return f"{'Back at' if station.since else 'From'} {last.title}: {station.changed} {pale}"


def drawn(station: Station) -> None:
    """The net on its layer axis, under its numbers; what it shares with the one before, if any, is pale."""
    last = before(station)
    tracks = pictures.tracks(versus.COST_TRACKS)
    if last is None:
        drawing = diagrams.axis(cached.report(station.spec), tracks)
    else:
        drawing = versus.marked(station.spec, last.spec, tracks)
    drawing = dataclasses.replace(drawing, title=station.title)
    with present.figure(drawing.title):
        canvas.picture(drawing, key="way_axis", counts=[] if present.on() else _counts(station, last))


def _counts(station: Station, last: Station | None) -> list[canvas.StatedNumber]:
    """Its numbers, each with what the step has changed."""
    report = cached.report(station.spec)
    old = cached.report(last.spec) if last else None
    return [_count(measure, report, old) for measure in COUNTED]


def _count(measure: Measure, report: Report, old: Report | None) -> canvas.StatedNumber:
    now = versus.count(measure, report)
    working, note = now.formula, ""
    if old:
        before = measure.of(old, BATCH)
        working += f"; the step: {arithmetic.difference(before, now.value).working}"
        note = signed(now.value - before, measure.text)
    return dataclasses.replace(now, label=capital(measure.title), formula=working, note=note)


def reading(station: Station) -> Sentence:
    """What the step does to the counts and to the error."""
    last = before(station)
    report = cached.report(station.spec)
    if last is None:
        fc = sum(layer.params for layer in report.layers if layer.op == "fc")
        share = arithmetic.share(fc, report.params).said("{:.1f} %")
        return say(share, f" of the parameters are in the fully connected layers. {_published(station)}")
    old = cached.report(last.spec)
    params, macs = (_share(report.count(name), old.count(name), METRICS[name].title) for name in ("params", "macs"))
    return say(f"Beside {last.title} it has ", params, ", and ", macs, f". {_published(station)}", _gain(last, station))


def _share(new: int, old: int, what: str) -> Part:
    """How much of the old number the new one is."""
    if new == old:
        return f"as many {what}"
    digits = 1 if abs(new / old - 1) > 0.001 else 2
    return say(arithmetic.share(new, old).said(f"{{:.{digits}f}} %"), f" of the {what}")


def _published(station: Station) -> str:
    found = [_words(each) for each in results(station)]
    if found:
        return f"Published: {'; '.join(found)}."
    groups: dict[tuple[str, str], list[str]] = {}
    for each in station.elsewhere:
        words = f"{each.title} {each.before:g} → **{each.after:g} %**"
        groups.setdefault((PROTOCOLS[each.protocol].title, each.where), []).append(words)
    measured = "; ".join(f"{', '.join(words)} ({title}; {where})" for (title, where), words in groups.items())
    others = f" The paper measured the change on other nets: {measured}." if measured else ""
    return f"No error of it was published under these protocols.{others}"


def _words(found: Result) -> str:
    protocol = PROTOCOLS[found.protocol]
    return f"**{found.value:.2f} %** ({protocol.title}; {found.place})"


def _gain(last: Station, station: Station) -> Part:
    """The difference under the first protocol that both have; never across protocols."""
    old = {each.protocol: each for each in results(last)}
    for found in results(station):
        if found.protocol in old:
            was = old[found.protocol].value
            gain = arithmetic.points(was, found.value).said("**{:+.2f} points**")
            return say(f" Under the same protocol as the step before ({PROTOCOLS[found.protocol].title}): ", gain, ".")
    if not results(station):
        return ""
    return " It shares no protocol with the step before, so the two accuracies are not compared."


def numbers(station: Station) -> None:
    """Every measure before and now, with a link to the whole comparison."""
    last = before(station)
    if last is None:
        return
    look = f"What the step from {last.title} to {station.title} does to every count."
    versus.numbers(cached.compared(last.spec, station.spec), look, (last.title, station.title))
    pair = {"": last.spec, versus.OTHER: station.spec}
    parts.said(links.inline("→ Compare them operation by operation", link.hrefs("compare", pair)))


def whole(station: Station) -> None:
    """All stations in one table; the present one stands out."""
    rows = []
    for number, each in enumerate(ORDER, 1):
        report, mark = cached.report(each.spec), "**" if each == station else ""
        errors = {found.protocol: f"{found.value:.2f}" for found in results(each)}
        cells = {
            "net": f"{number}. {each.title}",
            **{
                measure.column: Derived.of(measure.made(report, BATCH).said(f"{mark}{{:,}}{mark}"))
                for measure in TABLED
            },
            **{PROTOCOLS[name].head: errors.get(name, "–") for name in ("paper_10crop", "tv_v1", "tv_v2")},
        }
        rows.append(
            {head: cell if isinstance(cell, Derived) else f"{mark}{cell}{mark}" for head, cell in cells.items()}
        )
    parts.table(rows)
    parts.source(
        "Counts: 224 × 224 px, 1000 classes; MACs are multiply-adds of convolutions and fc. Accuracies of different "
        "columns must not be compared. "
        + " ".join(
            f"{PROTOCOLS[name].head}: {PROTOCOLS[name].convention}, [{PROTOCOLS[name].source}]({PROTOCOLS[name].link})."
            for name in ("paper_10crop", "tv_v1", "tv_v2")
        )
    )
