"""What may be said of several seeds together, and of nets that did not train to their end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.laboratory.experiment import Verdict
from resnet_explorer.laboratory.words import listed, named, over

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.laboratory.experiment import Run


def agreed(answers: Sequence[int], words: str, why: str = "the seeds do not agree") -> Verdict:
    """The answer that all of them give; where they differ there is none, and the words say so."""
    if len(set(answers)) == 1:
        return Verdict(answers[0], words)
    return Verdict(None, f"{words}; {why}")


def ended(runs: Sequence[Run], name: str) -> list[Run]:
    """The runs of that name, once none of them goes on or was stopped."""
    found = [run for run in runs if run.job.name == name]
    return found if all(map(over, found)) else []


def lost(deep: Sequence[Run]) -> Verdict | None:
    """What there is to say where no net is left to read; nothing as long as they have not ended."""
    if not deep:
        return None
    return Verdict(None, f"{deep[0].job.name} was not trained: its loss is no longer a finite number")


def of_those(found: Sequence[Run], every: Sequence[Run]) -> str:
    """How many of the seeds that is, where some diverged."""
    return f", over those {len(found)} of {len(every)} seeds that did not diverge" if len(found) < len(every) else ""


def left_out(runs: Sequence[Run]) -> str:
    """Which nets diverged, so that nothing is read of them, in a sentence; nothing where none did."""
    lost = {name: [run for run in group if _diverged(run)] for name, group in named(runs).items()}
    groups = {name: len(group) for name, group in named(runs).items()}
    said = [
        f"{name} with {len(found)} of {groups[name]} seeds" if groups[name] > 1 else name
        for name, found in lost.items()
        if found
    ]
    return f"Left out, since their loss is no longer a finite number: {listed(said)}." if said else ""


def _diverged(run: Run) -> bool:
    return bool(run.result) and run.result.status == "diverged"
