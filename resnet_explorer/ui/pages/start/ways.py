"""Where the front door leads: three doors, some nets, and all pages by their sections."""

from __future__ import annotations

import functools

import streamlit as st

from resnet_explorer.analysis.bottleneck import compare
from resnet_explorer.analysis.progression import STATIONS
from resnet_explorer.spec import PRESETS, title
from resnet_explorer.ui.pages.why.chapter import Try
from resnet_explorer.ui.view import link
from resnet_explorer.ui.view.navigation import sections
from resnet_explorer.ui.view.views import BottleneckView

RACE = PRESETS["demo_resnet34"]
NETS = {
    "resnet18": "18",
    "resnet34": "34",
    "resnet50": "50",
    "resnet101": "101",
    "resnet152": "152",
    "resnext50_32x4d": "ResNeXt-50",
    "wide_resnet50_2": "Wide-50",
    "seresnet50": "SE-50",
    "vgg16": "VGG-16",
    "cifar_resnet110": "CIFAR-110",
}
"""What is offered to open, with short names."""


@functools.cache
def _factor() -> str:
    """How many times fewer weights the paper's bottleneck has than two 3x3 convolutions of its outer width."""
    size = BottleneckView()
    found = compare(size.channels, size.reduction, size.pixels, norm=size.norm, projection=size.projection)
    return f"{found.ratio:.0f}×"


def doors() -> None:
    """Three doors: each a question or a deed, and what is behind it."""
    ways = (
        (
            Try(label=f"Where does {_factor()} come from?", page="bottleneck"),
            "A bottleneck beside two 3×3 convolutions: the same input, the same output, counted.",
        ),
        (
            Try(label="Race them live", page="gradients", net=RACE.name, prefix="g_"),
            f"{title(RACE.spec.plain)} and {title(RACE.spec)}, trained on your machine, every layer watched.",
        ),
        (
            Try(label="From VGG to ResNet", page="progression", texts=(("station", STATIONS.names[0]),)),
            f"{len(STATIONS)} nets, one change at a time, each with its numbers.",
        ),
    )
    with st.container(key="doors"):
        for column, (way, words) in zip(st.columns(len(ways)), ways, strict=True):
            with column.container(border=True, gap="xsmall"):
                st.page_link(**link.afresh(way.page, way.net, way.prefix, **dict(way.texts)), label=f"**{way.label}**")
                st.markdown(words)


def nets() -> None:
    """Links that open a net."""
    with st.container(key="open_net", horizontal=True, gap="small", vertical_alignment="center"):
        st.markdown("**Open a net**", width="content")
        for name, label in NETS.items():
            st.page_link(**link.afresh("explore", name), label=label, help=PRESETS[name].title)
        st.page_link(**link.onward("catalogue"), label="all")


def pages() -> None:
    """All pages by their sections, where the bar folds away: the stylesheet shows it on narrow screens."""
    with st.container(key="all_pages"):
        for section, listed in sections().items():
            if section:
                st.markdown(f"**{section}**")
            for each in listed[not section :]:
                st.page_link(**link.onward(each.name), label=each.title, help=each.help)
