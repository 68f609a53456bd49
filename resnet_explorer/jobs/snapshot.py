"""How far a job is, as pages see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from resnet_explorer.tasks.made import Made
    from resnet_explorer.tasks.task import Config

FINAL = ("done", "diverged", "stopped", "failed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """How far a job is. `state`: waiting, running, then one of `FINAL`.

    `records` are what it reported so far, in order; `result` what it returned; `message` one sentence for people
    where something is to be said; `position` its place among the waiting (0: next); `made` by what it was measured.
    """

    key: str
    config: Config
    state: str
    records: tuple[Any, ...] = ()
    result: Any = None
    message: str = ""
    position: int = 0
    made: Made | None = None

    @property
    def finished(self) -> bool:
        """Whether nothing more will come."""
        return self.state in FINAL
