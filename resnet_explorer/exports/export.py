"""The record of a format in which a net is taken away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from resnet_explorer import exports
from resnet_explorer.errors import ExplorerError
from resnet_explorer.spec import NetSpec, title

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

    def made(self, report: Report) -> str | bytes:
        """The file of a net, if it can be one.

        Raises:
            ExplorerError: the net is imported, and the format is for nets with a description.
        """
        if not (self.any_net or isinstance(report.spec, NetSpec)):
            *others, last = (each.name for each in exports.EXPORTS if each.any_net)
            raise ExplorerError(
                f"{title(report.spec)} is an imported net, which {self.name} cannot hold, as no description makes it "
                f"anew; take {', '.join(others)} or {last}"
            )
        return self.write(report)
