"""The record of a format in which a net is taken away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from resnet_explorer.analysis import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A format: `write(report)` gives the file of that net, as text or as bytes; `suffix` ends its name.

    `title` says in a few words what is in it, `help` what it is good for; `extra` is what must be installed for it.
    `any_net` tells that an imported net can be taken away so, too: the others say what its description alone knows.
    """

    name: str
    title: str
    help: str
    suffix: str
    mime: str
    write: Callable[[Report], str | bytes]
    extra: str = ""
    any_net: bool = False
