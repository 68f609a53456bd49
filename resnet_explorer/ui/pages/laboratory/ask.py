"""The choices of an experiment, and what its measurement says of a guess."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import streamlit as st

from resnet_explorer.experiments import EXPERIMENTS
from resnet_explorer.experiments.own_choices import Own
from resnet_explorer.experiments.report import conditions
from resnet_explorer.options import options_of
from resnet_explorer.ui.pages.laboratory import own
from resnet_explorer.ui.parts import controls
from resnet_explorer.ui.parts import text as parts

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from resnet_explorer.experiments import Experiment
    from resnet_explorer.experiments.experiment import Verdict
    from resnet_explorer.ui.pages.laboratory.bench import Bench
    from resnet_explorer.ui.parts.bench import RunProgress

FIELDS = (
    *("race", "setting", "net", "third", "fourth", "init"),
    *("eps", "steps", "lr", "seed", "repeat", "norm", "zero_gamma"),
)
"""What stands on the page, in this order."""
ROOM_PX, MOST_IN_ROW, IN_FIRST_ROW = 240, 5, 4


def choose(it: Bench) -> None:
    """What may be chosen about the experiment."""
    fields = {each.field for each in options_of(it.experiment.choices)}
    if getattr(it.choices, "init", "") != "near_identity":
        fields -= {"eps"}
    offered = [field for field in FIELDS if field in fields]
    if isinstance(it.choices, Own):
        with _row(MOST_IN_ROW):
            own.head(it.choices)
        own.choose(it.choices)
        return
    first = IN_FIRST_ROW if len(offered) > MOST_IN_ROW else MOST_IN_ROW
    for row in (offered[:first], offered[first:]):
        if row:
            with _row(len(row)):
                controls.widgets(it.experiment.choices, *row)


def _row(count: int) -> DeltaGenerator:
    """A row for so many widgets, no wider than they need."""
    width: Any = ROOM_PX * count if count < IN_FIRST_ROW else "stretch"
    return st.container(horizontal=True, gap="medium", vertical_alignment="bottom", width=width)


@functools.lru_cache(maxsize=64)
def _judge(now: RunProgress) -> Verdict | None:
    """The right answer; kept, since a page asks for it on every run."""
    return EXPERIMENTS[now.name].question.judge(now.runs)


def judged(experiment: Experiment, guess: int, now: RunProgress) -> str:
    """Whether the guess was right; gives what was measured, in a sentence."""
    verdict = _judge(now) if now.finished else None
    if verdict is None:
        return ""
    right = "" if verdict.right is None else experiment.question.answers[verdict.right]
    if not right:
        st.info("From these runs it cannot be told.", icon=":material/help:")
    elif guess == verdict.right:
        st.success(f"As you said: “{right}”.", icon=":material/check_circle:")
    elif guess < len(experiment.question.answers):
        said = experiment.question.answers[guess]
        st.warning(f"You said “{said}”. The answer is “{right}”.", icon=":material/lightbulb:")
    else:
        st.info(f"The answer is “{right}”.", icon=":material/straighten:")
    return f"Measured: {verdict.words.shown(parts.inline)} ({conditions(now.runs)})."
