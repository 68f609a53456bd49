"""The question, large, and what its visitor guesses beside the axes of the answer: an answer, a line, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from resnet_explorer.figures.plot import Plot
from resnet_explorer.ui import canvas
from resnet_explorer.ui.pages.laboratory import layers, start
from resnet_explorer.ui.pages.laboratory.bench import lacking
from resnet_explorer.ui.parts import archive, live, present
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.view import hide, link
from resnet_explorer.ui.view.labels import LABELS
from resnet_explorer.ui.view.views import LaboratoryView

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from resnet_explorer.experiments import Experiment
    from resnet_explorer.experiments.sketch import Guess, Sketch
    from resnet_explorer.ui.pages.laboratory.bench import Bench

DRAWN = "lab.drawn"
ROOM = (1, 2)
"""Words beside the figure, and the figure."""


def question(it: Bench) -> int:
    """The question; gives the answer that was guessed, from 0, or one more for none, or -1 before it is to be shown.

    Answers that these jobs cannot give are none.
    """
    asked = it.experiment.question
    parts.opening(asked.text, it.experiment.look)
    guess = min(link.choices(LaboratoryView).guess - 1, len(asked.answers))
    return guess if guess == len(asked.answers) or asked.possible(guess, it.jobs) else -1


def drawn(experiment: Experiment) -> Guess:
    """The line that this visitor has drawn for an experiment, if any."""
    known: dict[str, Guess] = st.session_state.setdefault(DRAWN, {})
    return known.get(experiment.name, ())


def take(it: Bench) -> None:
    """The answers to choose from, what shows the right one, and the axes that wait for it."""
    sketch = it.experiment.sketch(it.jobs) if it.experiment.sketch else None
    if present.on():
        with present.figure(it.experiment.question.text):
            _axes(it, sketch)
            with st.container(key="reveal"):
                _show(it)
        return
    words, figure = st.columns(ROOM)
    with words:
        _answers(it, sketch)
    with figure:
        _axes(it, sketch)


def _answers(it: Bench, sketch: Sketch | None) -> None:
    asked = it.experiment.question
    offered = [each for place, each in enumerate(asked.answers) if asked.possible(place, it.jobs)]
    if not hide.hides("guess"):
        st.radio(
            LABELS["guess"] + (", picked or drawn" if sketch and sketch.line else ""),
            offered,
            index=None,
            key=_name(it),
        )
    _show(it)


def _name(it: Bench) -> str:
    """By which the answer that is picked is kept; presented there is none to pick."""
    return f"guess.{it.experiment.name}"


def _show(it: Bench) -> None:
    """What shows the right answer."""
    waits = archive.kept(it) is not None or not lacking(it, live.snapshots(it.keys))
    _, refused = start.hint(it)
    st.button(
        "Show what happens",
        type="primary",
        icon=":material/visibility:",
        on_click=_reveal,
        args=(it,),
        disabled=refused and not waits,
        help=None if waits else "Nothing is measured with these choices yet: this runs it here.",
    )


def _reveal(it: Bench) -> None:
    """Show the answer; where nothing is measured yet, measure it."""
    answers, picked = it.experiment.question.answers, st.session_state.get(_name(it))
    link.choose(LaboratoryView, guess=1 + (answers.index(picked) if picked in answers else len(answers)))
    if archive.kept(it) is None and lacking(it, live.snapshots(it.keys)):
        start.run(it)


def _axes(it: Bench, sketch: Sketch | None) -> None:
    """The axes without the answer; where a line is asked for, to draw on, but before a room."""
    if not present.on():
        parts.section(titled(it.experiment))
    if sketch and sketch.line and isinstance(sketch.blank(), Plot) and not present.on():
        canvas.sketch(
            sketch,
            drawn(it.experiment),
            key=f"lab.sketch.{it.name}",
            changed=lambda told: _keep(it.experiment, sketch, told),
        )
    else:
        figure, alt = blank(it, sketch)
        parts.chart(figure, key="lab.blank", alt=alt, fills=present.on())


def titled(experiment: Experiment) -> str:
    """What stands over the figure that answers: its first chart, or where it has none a line over the layers."""
    return experiment.charts[0].title if experiment.charts else layers.title(experiment.name)


def blank(it: Bench, sketch: Sketch | None) -> tuple[go.Figure, str]:
    """The axes without the answer, and their words."""
    if sketch is None:
        return layers.blank(it)
    return sketch.blank().figure(dark=parts.dark()), f"Empty axes: {sketch.x.title}."


def _keep(experiment: Experiment, sketch: Sketch, told: str) -> None:
    st.session_state.setdefault(DRAWN, {})[experiment.name] = sketch.read(told)
