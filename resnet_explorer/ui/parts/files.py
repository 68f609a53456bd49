"""Files that a page has to take away, each made when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from resnet_explorer.exports.tables import neutral
from resnet_explorer.ui.view import hide

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

TYPES = {"csv": "text/csv", "json": "application/json"}


def download(label: str, frame: Callable[[], pd.DataFrame], name: str) -> None:
    """A table as CSV, made when it is asked for; cells that a spreadsheet would take for a formula are made neutral."""
    offered(label, lambda: csv(frame()), name)


def offered(label: str, made: Callable[[], str], name: str) -> None:
    """A file of text, made when it is asked for."""
    if hide.hides("download"):
        return
    st.download_button(
        label,
        data=made,
        file_name=name,
        mime=TYPES[name.rpartition(".")[2]],
        on_click="ignore",
        icon=":material/download:",
        key=f"download.{name}",
    )


def csv(frame: pd.DataFrame) -> str:
    """The table as CSV text, numbers as numbers."""
    texts = frame.select_dtypes(include=["object", "str"]).columns
    return frame.assign(**{name: frame[name].map(neutral) for name in texts}).to_csv(index=False, lineterminator="\n")
