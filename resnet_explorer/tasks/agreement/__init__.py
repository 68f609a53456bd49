"""How far the gradients of different mini-batches agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from resnet_explorer.options import Whole, option
from resnet_explorer.tasks.gradients import GradientsConfig
from resnet_explorer.tasks.profile import estimate as profiled
from resnet_explorer.tasks.speed import size
from resnet_explorer.tasks.task import Estimate, Task

if TYPE_CHECKING:
    from resnet_explorer.tasks.speed import Calibration


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementConfig(GradientsConfig):
    """Compare the gradients of different mini-batches at initialisation."""

    task: ClassVar[str] = "agreement"
    batches: int = option(6, Whole(2, 16), query="batches", help="mini-batches that are compared")


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Cosines between the whole weight gradients of pairs of mini-batches, their mean, and the mean loss."""

    cosines: tuple[float, ...]
    mean: float
    loss: float


def estimate(config: AgreementConfig, speed: Calibration) -> Estimate:
    """A step for each mini-batch; all gradients are held, in double precision."""
    one = profiled(config, speed)
    held = one.bytes + 3 * config.batches * size(config.net).weight_bytes
    return Estimate(seconds=config.batches * one.seconds, bytes=held)


TASK = Task(
    name="agreement",
    title="compare the gradients of mini-batches",
    config=AgreementConfig,
    run="resnet_explorer.tasks.agreement.run:agree",
    estimate=estimate,
    eased_by=("batch", "image"),
    records=(Agreement,),
)
