"""The choices of an own run: nets, data set, training; which data sets there are; and the paper's recipe."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from resnet_explorer import jobs as service
from resnet_explorer.datasets import here, look
from resnet_explorer.datasets.files import FOLDER
from resnet_explorer.experiments import recipe
from resnet_explorer.experiments.own_choices import Own, network
from resnet_explorer.spec import PRESETS, title, to_query
from resnet_explorer.ui.parts import controls
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.view import link

if TYPE_CHECKING:
    from resnet_explorer.datasets import Found

NETS = ("first", "second", "third", "fourth")
MAIN = ("steps", "batch", "lr")
SEEDS = ("seed", "repeat")
MORE = ("optimiser", "weight_decay", "schedule", "warmup", "clip", "clip_at", "init", "eps", "augment")


def head(choices: Own) -> None:
    """Which training, and on what, beside the choice of the experiment."""
    controls.widgets(Own, "recipe")
    if choices.recipe != "cifar":
        controls.named_choice(Own, "data", _sets(here(), choices.data))


def choose(choices: Own) -> None:
    """What else may be chosen, and what is to be known of it."""
    paper = choices.recipe == "cifar"
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        for field in NETS:
            controls.named_choice(Own, field, _nets(getattr(choices, field)))
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        controls.widgets(Own, *(() if paper else MAIN), *SEEDS)
    if not paper:
        st.caption(_described(look(choices.data)))
    _more(choices, paper=paper)
    parts.behind("Data sets of this installation", lambda: _table(here()), key="lab.own.sets")
    if paper:
        _recipe()


def _more(choices: Own, *, paper: bool) -> None:
    more = st.expander("More choices", key="lab.own.more", on_change="rerun")
    if not more.open:
        return
    idle = {"eps"} if choices.init != "near_identity" else set()
    idle |= {"clip_at"} if choices.clip == "none" else set()
    offered = [] if paper else [field for field in MORE if field not in idle]
    with more, st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        controls.widgets(Own, *offered, "norm", "device")
        if not paper:
            controls.freeze(Own, choices.freezable)


def _nets(current: str) -> dict[str, str]:
    """The nets to choose from: none, the net of Explore, every named net, and what the link holds."""
    built = link.net()
    titles = {"": "none", **{each.name: each.title for each in PRESETS}}
    if to_query(built).removeprefix("net=") not in titles and len(to_query(built)) <= 180:
        titles[to_query(built)] = f"{title(built)} (the net of Explore)"
    found = network(current)
    if current not in titles and found:
        titles[current] = title(found)
    return titles


def _sets(known: tuple[Found, ...], current: str) -> dict[str, str]:
    titles = {each.dataset.name: each.dataset.title + ("" if each.facts else ", not usable") for each in known}
    return titles if current in titles else titles | {current: f"{look(current).dataset.title}, not usable"}


def _described(found: Found) -> str:
    """A data set in a sentence, or why it cannot be used."""
    if found.facts is None:
        return f"{found.dataset.title} cannot be used here: {found.problem}."
    facts, name = found.facts, found.dataset.title
    test = f"{facts.test:,} held out" if facts.test else "none held out"
    colours = "colour" if facts.channels == 3 else "gray"
    return (
        f"{name}: {facts.classes} classes, {facts.train:,} {colours} pictures of {facts.side} × "
        f"{facts.side} pixels to train with, {test}. {found.dataset.source}."
    )


def _table(known: tuple[Found, ...]) -> list[dict[str, str]]:
    """Every data set, and why one cannot be used."""
    return [
        {
            "data set": found.dataset.title,
            "classes": f"{found.facts.classes}" if found.facts else "",
            "a picture": "{1} × {2} × {2}".format(*found.facts) if found.facts else "",
            "training": f"{found.facts.train:,}" if found.facts else "",
            "held out": f"{found.facts.test:,}" if found.facts else "",
            "state": "usable" if found.facts else f"not usable: {found.problem}",
        }
        for found in known
    ]


def _recipe() -> None:
    """What the recipe is, that it was not run, why it cannot be here, and what runs it."""
    lacking = []
    if look("cifar10").facts is None:
        lacking.append(f"{look('cifar10').problem}")
    if "cuda" not in service.engine().devices():
        lacking.append("no worker has a CUDA GPU")
    here_now = f" Not run here either: {'; '.join(lacking)}." if lacking else ""
    st.info(
        f"{recipe.NOT_RUN}{here_now}  \nMini-batches of 128, SGD with momentum 0.9 and weight decay 1e-4, a rate of "
        "0.1 divided by 10 at 32,000 and 48,000 of 64,000 steps; 4 pixels of padding, a random crop and mirroring; the "
        "mean picture subtracted; nets of 110 layers begin with 0.01 until the training error is below 80 %.  \n"
        f"On a machine that has both, with `{FOLDER}` set: `{recipe.COMMAND}`",
        icon=":material/science:",
    )
