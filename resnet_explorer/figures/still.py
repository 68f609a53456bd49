"""Figures that are not changed any more, as pages keep them."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go


class Still(go.Figure):  # type: ignore[misc] # plotly has no types
    """A figure whose form for the browser is made once, and not whenever a page shows it: a third of a page's time.

    Neither it nor the dictionary that `to_dict` gives is to be changed.
    """

    def to_dict(self) -> dict[str, Any]:
        """The figure as plotly's own dictionary, the same one at each call."""
        if "_told" not in self.__dict__:
            self._told = super().to_dict()
        told: dict[str, Any] = self._told
        return told
