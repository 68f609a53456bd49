"""Figures that are not changed any more, as pages keep them."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import plotly.graph_objects as go

if TYPE_CHECKING:
    from collections.abc import Callable


class StillDict(dict[str, Any]):
    """A figure's dictionary, which nobody changes, and its JSON once somebody has asked for it."""

    json = ""


class Still(go.Figure):  # type: ignore[misc] # plotly has no types
    """A figure whose form for the browser is made once, and not whenever a page shows it: a third of a page's time.

    Neither it nor the dictionary that `to_dict` gives is to be changed.
    """

    def to_dict(self) -> StillDict:
        """The figure as plotly's own dictionary, the same one at each call."""
        if "_told" not in self.__dict__:
            self._told = StillDict(super().to_dict())
        told: StillDict = self._told
        return told


def once(to_json: Callable[..., str]) -> Callable[..., str]:
    """As `to_json` of plotly, which writes a still figure once for Streamlit, that asks for it so."""

    @functools.wraps(to_json)
    def written(figure: Any, *more: Any, **how: Any) -> str:
        if more or not isinstance(figure, StillDict) or how != {"validate": False}:
            return to_json(figure, *more, **how)
        figure.json = figure.json or to_json(figure, **how)
        return figure.json

    return written
