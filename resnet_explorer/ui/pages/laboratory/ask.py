"""The top of an experiment: its choices, and the question before its answer."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import streamlit as st

from resnet_explorer.experiments import EXPERIMENTS, workings
from resnet_explorer.experiments.own_choices import Own
from resnet_explorer.experiments.report import conditions
from resnet_explorer.options import options_of
from resnet_explorer.ui.pages.laboratory import own
from resnet_explorer.ui.parts import controls
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.view import hide, link
from resnet_explorer.ui.view.views import LaboratoryView

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from resnet_explorer.experiments import Experiment
    from resnet_explorer.experiments.experiment import Verdict
    from resnet_explorer.ui.pages.laboratory.bench import Bench, Seen

LABELS = {
    "race": "Nets",
    "setting": "Setting",
    "net": "Net and its counterpart",
    "third": "Third net",
    "fourth": "Fourth net",
    "init": "Initialisation",
    "eps": "ε",
    "steps": "Steps",
    "lr": "Learning rate",
    "seed": "Seed",
    "repeat": "Seeds in all",
    "norm": "BatchNorm",
    "zero_gamma": "Zero-γ",
}
"""What stands on the page, in this order."""
ROOM_PX, MOST_IN_ROW, IN_FIRST_ROW = 240, 5, 4
NO_GUESS = "no guess, just show it"


def choose(it: Bench) -> None:
    """What may be chosen about the experiment."""
    fields = {each.field for each in options_of(it.experiment.choices)}
    if getattr(it.choices, "init", "") != "near_identity":
        fields -= {"eps"}
    offered = {field: label for field, label in LABELS.items() if field in fields}
    if isinstance(it.choices, Own):
        with _row(MOST_IN_ROW):
            own.head(it.choices)
        own.choose(it.choices)
        return
    labels = list(offered.items())
    first = IN_FIRST_ROW if len(labels) > MOST_IN_ROW else MOST_IN_ROW
    for row in (labels[:first], labels[first:]):
        if row:
            with _row(len(row)):
                controls.widgets(it.experiment.choices, dict(row))


def _row(count: int) -> DeltaGenerator:
    """A row for so many widgets, no wider than they need."""
    width: Any = ROOM_PX * count if count < IN_FIRST_ROW else "stretch"
    return st.container(horizontal=True, gap="medium", vertical_alignment="bottom", width=width)


def question(it: Bench) -> int:
    """The question; gives the answer that was chosen, from 0, or one more for none, or -1 as long as there is none.

    Answers that these jobs cannot give are not offered.
    """
    asked = it.experiment.question
    answers = (*asked.answers, NO_GUESS)
    offered = [each for each in answers if each == NO_GUESS or asked.possible(answers.index(each), it.jobs)]
    guess = min(link.choices(LaboratoryView).guess - 1, len(answers) - 1)
    if answers[guess] not in offered:
        guess = -1
    if hide.hides("guess", "The question"):
        return guess
    name = f"guess.{it.experiment.name}"
    st.session_state[name] = answers[guess] if guess >= 0 else None
    st.radio(
        f"Predict first. {asked.text}",
        offered,
        index=None,
        key=name,
        on_change=_guess,
        args=(name, answers),
    )
    return guess


def _guess(name: str, answers: tuple[str, ...]) -> None:
    link.choose(LaboratoryView, guess=1 + answers.index(st.session_state[name]))


@functools.lru_cache(maxsize=64)
def _judge(now: Seen) -> Verdict | None:
    """The right answer; kept, since a page asks for it on every run."""
    return EXPERIMENTS[now.name].question.judge(now.runs)


def judged(experiment: Experiment, guess: int, now: Seen) -> None:
    """What was measured, and whether the guess was right."""
    verdict = _judge(now) if now.finished else None
    if verdict is None:
        return
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
    parts.meaning(f"Measured: {workings.shown(verdict.words, parts.inline)} ({conditions(now.runs)}).")
