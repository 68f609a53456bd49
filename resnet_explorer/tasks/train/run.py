"""Training: a fold of small steps over mini-batches, each reported as a record."""

from __future__ import annotations

import dataclasses
import math
import time
from typing import TYPE_CHECKING

import torch
from torch.nn import functional as F

from resnet_explorer.datasets import find
from resnet_explorer.model.device import described, explained
from resnet_explorer.tasks.data import tested
from resnet_explorer.tasks.norms import ratio, read
from resnet_explorer.tasks.setting import setting
from resnet_explorer.tasks.train import Step, Training, final_loss, optimising
from resnet_explorer.tasks.train.schedule import Schedule

MOST_RECORDS = 2000
"""Steps that a run reports at most, evenly spread, the first and the last among them."""

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resnet_explorer.tasks.setting import Setting
    from resnet_explorer.tasks.task import Report, Stopped
    from resnet_explorer.tasks.train import TrainConfig


def train(config: TrainConfig, report: Report, stopped: Stopped) -> Training:
    """Train as the config says, then test on the held-out pictures if it asks for that and the data set has any.

    It ends early if asked to, or when the loss is not finite.

    Raises:
        ExplorerError: the device or the data set is not there, its files are broken, the memory does not suffice, or
            the batch is larger than the data set.
    """
    facts = find(config.data).facts()
    with explained(config.device):
        start = setting(config)
        trained = fit(start, config, thinned(report, config.steps), stopped)
        asked = config.test and facts.test and trained.status == "done"
        right = _right(start, config, stopped) if asked else None
    if right is None:
        return dataclasses.replace(trained, stamp=facts.stamp if config.test else "")
    return dataclasses.replace(trained, accuracy=right / facts.test, tested=facts.test, stamp=facts.stamp)


def thinned(report: Report, steps: int) -> Report:
    """A report that hands on evenly spread steps, the last, and one that is not finite."""
    every = math.ceil(steps / MOST_RECORDS)

    def some(step: Step) -> None:
        if step.step % every == 0 or step.step == steps - 1 or not math.isfinite(step.loss):
            report(step)

    return some


def _right(start: Setting, config: TrainConfig, stopped: Stopped) -> int | None:
    """How many of the held-out pictures it names rightly; None where it was asked to stop."""
    right = 0
    start.module.eval()
    with torch.no_grad():
        for batch in tested(config.net.input_shape, config.batch, start.device, config.data):
            if stopped():
                return None
            right += int((start.outputs(batch).argmax(1) == batch.labels).sum())
    return right


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
    schedule, move = Schedule(config), optimising.move(optimiser, start.watch.weights)
    clipped = tuple(start.module.parameters()) if config.clip == "global" else start.watch.weights
    for index, batch in zip(range(config.steps), start.batches, strict=False):
        start.module.zero_grad()
        outputs = start.outputs(batch)
        loss = F.cross_entropy(outputs, batch.labels)
        loss.backward()  # type: ignore[no-untyped-call]
        value, norms, weights = read(loss, start.watch)
        told = Step(index, value, norms, ratio(norms, start.watch), weights)
        if not math.isfinite(value):
            yield told
            return
        clip(clipped, config.clip_at)
        schedule(optimiser, index, outputs, batch.labels)
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
