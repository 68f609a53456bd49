"""The few parts that pages are put together from: what to look at, what it means, where it is from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    import pandas as pd

PAPER = "He et al. 2015, [arXiv:1512.03385](https://arxiv.org/abs/1512.03385)"


def opening(title: str, look: str) -> None:
    """The title of a page, and the sentence that says what to look at."""
    st.title(title, anchor=False)
    st.markdown(look)


def section(title: str, look: str = "") -> None:
    """A part of a page, with the sentence that says what to look at."""
    st.subheader(title, anchor=False)
    if look:
        st.markdown(look)


def meaning(text: str) -> None:
    """What a figure means, under it."""
    st.markdown(text)


def source(text: str) -> None:
    """Where a figure's numbers are from, and how they count."""
    st.caption(text)


def dark() -> bool:
    """Whether the visitor looks at the dark theme."""
    return st.context.theme.type == "dark"


def download(label: str, frame: pd.DataFrame, name: str) -> None:
    """A table as CSV; text cells that a spreadsheet would take for a formula are made neutral."""
    st.download_button(
        label,
        data=lambda: csv(frame),
        file_name=name,
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
        key=f"download.{name}",
    )


def csv(frame: pd.DataFrame) -> str:
    """The table as CSV text, numbers as numbers."""
    texts = frame.select_dtypes(include=["object", "str"]).columns
    return frame.assign(**{name: frame[name].map(_neutral) for name in texts}).to_csv(index=False)


def _neutral(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip()[:1] in {"=", "+", "-", "@"} else cell
