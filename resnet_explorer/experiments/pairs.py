"""Pairs of a plain and a residual net: the settings in which one is recorded, so that it is seen before it is run."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from resnet_explorer.experiments.experiment import Job
from resnet_explorer.experiments.words import final
from resnet_explorer.registry import Registry
from resnet_explorer.spec import PRESETS, title
from resnet_explorer.tasks.train import TrainConfig

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.experiments.experiment import Run
    from resnet_explorer.spec import NetSpec

ALIKE = 1.5
"""Losses within this factor are alike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A net and its plain counterpart, trained in the default setting; `tolerance` is as an experiment's."""

    name: str
    net: NetSpec
    tolerance: float | None = 0.05
    replays: bool = True

    def standard(self) -> tuple[Job, ...]:
        """Its jobs in the default setting."""
        return jobs(self.net)

    def answer(self, runs: Sequence[Run]) -> int | None:
        """Which net ended with the higher loss: 0 the plain one, 1 the residual one; None where they are alike."""
        return higher(*map(final, runs))


def jobs(net: NetSpec, **settings: Any) -> tuple[Job, ...]:
    """The jobs of a net and its counterpart, the plain net's first; of one without shortcuts there is one alone."""
    return tuple(
        Job(name=title(each), config=TrainConfig(net=each, **settings), residual=each != net.plain)
        for each in dict.fromkeys((net.plain, net.residual))
    )


def higher(plain: float, residual: float) -> int | None:
    """Which of two losses is the higher one, 0 or 1; None where they are alike, or one is no number."""
    if not (math.isfinite(plain) and math.isfinite(residual)) or max(plain, residual) <= ALIKE * min(plain, residual):
        return None
    return 0 if plain > residual else 1


PAIRS = Registry(
    "pair",
    (
        Pair(name="gradients", net=PRESETS["demo_resnet34"].spec),
        Pair(name="gradients_demo18", net=PRESETS["demo_resnet18"].spec),
        Pair(name="gradients_cifar56", net=PRESETS["cifar_resnet56"].spec),
    ),
)
"""The first one is what the Gradients page opens with."""
