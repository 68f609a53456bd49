"""A data frame whose numbers say how they are made: a click on one shows its formula under the frame.

The browser draws the cells itself, so that they cannot hold `Derived` numbers; it tells which one was clicked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import streamlit as st

from resnet_explorer.analysis.measures import MEASURES
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.view import hide

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import pyarrow as pa

HINT = parts.by_hand("A click on a number shows how it is made.")


class RowWorkings(NamedTuple):
    """What a row of a table is of, and of its numbers, by column, their titles and workings."""

    name: str
    numbers: Mapping[str, tuple[str, str]]

    def said(self, column: str) -> str:
        """How a number is made, each line of its working on a line of its own; empty where none stands."""
        title, working = self.numbers.get(column, ("", ""))
        lines = working.replace("\n", "<br>")
        return working and f"**{self.name}**, {title}: {lines}"


def frame(table: Callable[[], pa.Table], row: Callable[[int], RowWorkings], *, key: str, **look: Any) -> None:
    """A table to sort and to search, and what each `row` says of its numbers, which is made when one is clicked.

    Rows count as the table gives them, however it is sorted. After a click this part alone runs again; what it says
    stands where readers of screens listen. The key must tell what the table is of, so that another starts unclicked.

    It is asked for its rows each time, since a session holds its parts for two minutes after its page was closed.
    """
    if hide.hides("table"):
        return

    @st.fragment
    def part() -> None:
        state = st.dataframe(
            table(),
            key=key,
            on_select="rerun",
            selection_mode="single-cell",
            hide_index=True,
            placeholder=parts.MISSING,
            **look,
        )
        words = " ".join(row(at).said(column) for at, column in state["selection"]["cells"])
        st.markdown(f'<span role="status">{words}</span>', unsafe_allow_html=True)

    part()


def counts(names: Iterable[str]) -> dict[str, Any]:
    """Columns of these measures, their numbers in groups of three digits."""
    return {name: st.column_config.NumberColumn(MEASURES[name].column, format="localized") for name in names}


def behind(
    label: str, table: Callable[[], pa.Table], row: Callable[[int], RowWorkings], *, key: str, of: str, **look: Any
) -> None:
    """The table behind a chart `of` something, made when somebody opens it; a click on a number explains it."""
    parts.opened(label, lambda: explained(table, row, key=f"{key} {of}", **look), key=key)


def explained(table: Callable[[], pa.Table], row: Callable[[int], RowWorkings], *, key: str, **look: Any) -> None:
    """A table which says what a click on it does, as high as it is where its `look` does not say how high."""
    if not hide.hides("table"):
        frame(table, row, key=key, **{"height": "auto"} | look)
        st.caption(HINT)
