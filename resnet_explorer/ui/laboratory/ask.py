"""The top of the page: which experiment, its choices, and the question before its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from resnet_explorer.laboratory import EXPERIMENTS
from resnet_explorer.laboratory.own_choices import Own
from resnet_explorer.options import options_of
from resnet_explorer.ui import controls, link
from resnet_explorer.ui.laboratory import own
from resnet_explorer.ui.views import LaboratoryView

if TYPE_CHECKING:
    from resnet_explorer.laboratory import Experiment
    from resnet_explorer.ui.laboratory.bench import Bench, Seen

LABELS = {
    "seed": "Seed",
    "repeat": "Seeds in all",
    "steps": "Steps",
    "lr": "Learning rate",
    "race": "Nets",
    "setting": "Setting",
    "net": "Net",
    "third": "Third net",
    "fourth": "Fourth net",
    "norm": "BatchNorm",
    "init": "Initialisation",
    "eps": "ε",
    "zero_gamma": "Zero-γ",
}
NO_GUESS = "no guess, just show it"


def choose(it: Bench) -> None:
    """The choice of an experiment, and what may be chosen about it."""
    st.session_state.experiment = it.experiment.name
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        st.selectbox(
            "Experiment",
            EXPERIMENTS.names,
            format_func=lambda name: EXPERIMENTS[name].title,
            key="experiment",
            on_change=_take,
        )
        offered = {each.field: LABELS[each.field] for each in options_of(it.experiment.choices) if each.field in LABELS}
        if getattr(it.choices, "init", "") != "near_identity":
            offered.pop("eps", None)
        if isinstance(it.choices, Own):
            own.head(it.choices)
        else:
            controls.widgets(it.experiment.choices, offered)
    if isinstance(it.choices, Own):
        own.choose(it.choices)


def _take() -> None:
    link.choose(LaboratoryView, experiment=st.session_state.experiment, guess=0, run="")


def question(experiment: Experiment) -> int:
    """The question; gives the answer that was chosen, from 0, or one more for none, or -1 as long as there is none."""
    guess = link.choices(LaboratoryView).guess - 1
    answers = (*experiment.question.answers, NO_GUESS)
    guess = min(guess, len(answers) - 1)
    name = f"guess.{experiment.name}"
    st.session_state[name] = answers[guess] if guess >= 0 else None
    st.radio(
        f"**Predict first.** {experiment.question.text}",
        answers,
        index=None,
        key=name,
        on_change=_guess,
        args=(name, answers),
    )
    return guess


def _guess(name: str, answers: tuple[str, ...]) -> None:
    link.choose(LaboratoryView, guess=1 + answers.index(st.session_state[name]))


def judged(experiment: Experiment, guess: int, now: Seen) -> None:
    """What was measured, and whether the guess was right."""
    verdict = experiment.question.judge(now.runs)
    if verdict is None or not now.finished:
        return
    right = experiment.question.answers[verdict.right]
    measured = f"Measured: {verdict.measured}; the answer is “{right}”."
    if guess == verdict.right:
        st.success(f"As you said. {measured}", icon=":material/check_circle:")
    elif guess < len(experiment.question.answers):
        said = experiment.question.answers[guess]
        st.warning(f"You said “{said}”. {measured}", icon=":material/lightbulb:")
    else:
        st.info(measured, icon=":material/straighten:")
