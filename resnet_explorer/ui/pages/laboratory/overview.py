"""All experiments in the order in which they are best seen, each a link; and the way from one to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from resnet_explorer.experiments import EXPERIMENTS, PARTS
from resnet_explorer.ui.parts import links, picker
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.view import hide, link
from resnet_explorer.ui.view.labels import LABELS
from resnet_explorer.ui.view.views import LaboratoryView

if TYPE_CHECKING:
    from resnet_explorer.experiments import Experiment


def show() -> None:
    """Every experiment by the question it answers, part by part."""
    parts.opening(
        "Laboratory",
        "Why do residual nets train where plain ones do not? Each experiment asks for your guess, then shows what was "
        "measured. The first is the one to begin with; each answers what those before it leave open.",
    )
    with st.container(key="lab_parts", gap="xsmall"):
        for name, title in PARTS.items():
            parts.section(title, "  \n".join(_link(each) for each in EXPERIMENTS if each.part == name))


def back(experiment: Experiment) -> None:
    """To all experiments, or straight to another one."""
    with st.container(horizontal=True, gap="medium", vertical_alignment="center", key="lab_bar"):
        st.page_link(**_to(""), label="All experiments", icon=":material/arrow_back:")
        if hide.hides("experiment"):
            return
        titles = {each.name: each.title for each in EXPERIMENTS}
        picker.show(
            picker.Pick("experiment", LABELS["experiment"], experiment.name, titles, _go), key="experiment", look="bare"
        )


def _go(name: str) -> None:
    link.choose(LaboratoryView, experiment=name, guess=0, run="", step=0)


def onward(experiment: Experiment) -> str:
    """The way to the next experiment, by its question."""
    names = EXPERIMENTS.names
    place = names.index(experiment.name) + 1
    return _link(EXPERIMENTS[names[place]], "Next:\u2003") if place < len(names) else ""


def _link(each: Experiment, before: str = "") -> str:
    """An experiment by its title and its question."""
    return f"{before}{links.inline(f'**{each.title}**', _to(each.name))}\u2003{each.asks}"


def _to(name: str) -> dict[str, Any]:
    """The link to an experiment with the present seed and choices, before any guess."""
    return link.onward("laboratory", experiment=name, guess="0", lab_run="", lab_step="0")
