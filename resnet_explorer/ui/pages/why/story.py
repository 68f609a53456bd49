"""The layer axis that stays over the story while it is read, and the list of its chapters."""

from __future__ import annotations

import functools

import streamlit as st

from resnet_explorer import diagrams
from resnet_explorer.analysis.conventions import short
from resnet_explorer.spec import from_query, title
from resnet_explorer.ui import canvas
from resnet_explorer.ui.pages.why import CHAPTERS
from resnet_explorer.ui.view import cached


def picture() -> None:
    """The net of the chapter that is being read, on its axis; the stylesheet keeps it in sight."""
    with st.container(key="story"):
        canvas.story(_chapters(), key="axis_of_story")


@functools.cache
def _chapters() -> tuple[canvas.StoryChapter, ...]:
    return tuple(_chapter(each.short, each.title, each.net, each.track) for each in CHAPTERS)


def _chapter(name: str, heading: str, net: str, track: str) -> canvas.StoryChapter:
    report = cached.report(from_query(net))
    caption = f"{title(report.spec)}: {short(report.params)} parameters, {short(report.macs)} MACs"
    return canvas.StoryChapter(name, heading, caption, diagrams.axis(report, (track,)))
