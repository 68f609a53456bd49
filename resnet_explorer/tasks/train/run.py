"""Training: a fold of small steps over mini-batches, each reported as a record."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

import torch
from torch.nn import functional as F

from resnet_explorer.model.device import described, explained
from resnet_explorer.tasks.norms import ratio, read
from resnet_explorer.tasks.setting import setting
from resnet_explorer.tasks.train import Step, Training, final_loss, optimising

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resnet_explorer.tasks.setting import Setting
    from resnet_explorer.tasks.task import Report, Stopped
    from resnet_explorer.tasks.train import TrainConfig


def train(config: TrainConfig, report: Report, stopped: Stopped) -> Training:
    """Train as the config says; end early if asked to, or when the loss is not finite.

    Raises:
        ExplorerError: the device is not there or has too little memory, or the batch is larger than the data set.
    """
    with explained(config.device):
        return fit(setting(config), config, report, stopped)


def fit(start: Setting, config: TrainConfig, report: Report, stopped: Stopped) -> Training:
    """Train what was set up, and leave it trained."""
    began = time.perf_counter()
    losses: list[float] = []
    status, message = "done", ""
    for step in steps(start, config):
        report(step)
        losses.append(step.loss)
        if not math.isfinite(step.loss):
            status, message = "diverged", _divergence(step, config)
            break
        if stopped():
            status = "stopped"
            break
    return Training(
        paths=start.watch.paths,
        status=status,
        final_loss=final_loss(losses),
        seconds=time.perf_counter() - began,
        device=described(start.device),
        threads=torch.get_num_threads(),
        torch=str(torch.__version__),
        message=message,
    )


def steps(start: Setting, config: TrainConfig) -> Iterator[Step]:
    """The steps of a training, each told with its update; where the loss is not finite, none is made any more."""
    optimiser, clip = optimising.optimiser(start.module, config), optimising.CLIPS[config.clip]
    pace, move = optimising.Pace(config), optimising.Move(optimiser, start.watch.weights)
    clipped = tuple(start.module.parameters()) if config.clip == "global" else start.watch.weights
    for index, batch in zip(range(config.steps), start.batches, strict=False):
        optimiser.zero_grad()
        outputs = start.outputs(batch)
        loss = F.cross_entropy(outputs, batch.labels)
        loss.backward()  # type: ignore[no-untyped-call]
        value, norms, weights = read(loss, start.watch)
        told = Step(index, value, norms, ratio(norms, start.watch), weights)
        if not math.isfinite(value):
            yield told
            return
        clip(clipped, config.clip_at)
        pace(optimiser, index, outputs, batch.labels)
        yield told._replace(updates=move())


def _divergence(step: Step, config: TrainConfig) -> str:
    """Why a run ended at a step."""
    kinds = {node.op.kind for node in config.net.graph}
    advice = (
        "without normalisation, shortcuts add up the signals of the blocks, which may overflow"
        if "add" in kinds and not kinds & {"bn", "gn"}
        else "a smaller learning rate may help"
    )
    return f"The loss was no longer a finite number at step {step.step + 1}: the run ended there ({advice})."
