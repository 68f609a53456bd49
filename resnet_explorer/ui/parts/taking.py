"""Taking a net away: a button for each format that needs nothing but Python."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import streamlit as st

from resnet_explorer.exports import EXPORTS
from resnet_explorer.ui.view import cached, hide, link

if TYPE_CHECKING:
    from resnet_explorer.exports import Export
    from resnet_explorer.spec import NetSpec

WORDS = (
    "The net as a file: code that needs PyTorch alone, tables, the drawing, a page to print, the papers to cite, or a "
    "notebook. On the command line: `export`, which writes initialised weights too."
)
FORMATS = tuple(each for each in EXPORTS if not each.extra)


def away(spec: NetSpec) -> None:
    """The formats of a net; a file is made when it is asked for."""
    if hide.hides("download"):
        return
    name = link.file_name(spec)
    with st.container(horizontal=True, gap="small"):
        for each in FORMATS:
            st.download_button(
                each.title,
                data=functools.partial(_made, spec, each),
                file_name=f"{name}{each.suffix}",
                mime=each.mime,
                on_click="ignore",
                type="tertiary",
                icon=":material/download:",
                help=each.help,
                key=f"take.{each.name}",
            )


def _made(spec: NetSpec, form: Export) -> str | bytes:
    return form.write(cached.report(spec))
