"""The record of a chapter of the story."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from resnet_explorer.ui.parts.text import Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """Where a reader can see for himself: a page, with a net and choices of its own."""

    label: str
    page: str
    net: str = ""
    prefix: str = ""
    texts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """One claim: `look` says what to look at, `picture` and `table` are the evidence, `means` says what it means.

    `origin` is where the evidence is from. `numbers` gives those that stand in `look` and `means`, by the names that
    these have for them in braces; all but a picture are asked once. `short` is its title in the list of chapters; while
    it is read, the layer axis above the page shows `net`, as a link names it, and under it the `track`.
    """

    name: str
    title: str
    short: str
    net: str
    track: str
    look: str
    means: str
    tries: tuple[Try, ...]
    numbers: Callable[[], dict[str, str]] = dict
    picture: Callable[[], None] | None = None
    table: Callable[[], Rows] = str
    origin: Callable[[], str] = str

    @functools.cache  # noqa: B019 - there are eight of them, for ever
    def told(self) -> tuple[str, Rows, str, str]:
        """What to look at, the table, where that is from, and what it means."""
        numbers = self.numbers()
        return self.look.format_map(numbers), self.table(), self.origin(), self.means.format_map(numbers)
