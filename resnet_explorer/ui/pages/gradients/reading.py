"""The losses of a run in words, and its numbers to take away."""

from __future__ import annotations

import functools
import math
from typing import TYPE_CHECKING

import pyarrow as pa

from resnet_explorer.experiments import training, words, workings
from resnet_explorer.figures.numbers import number
from resnet_explorer.spec.ops import WEIGHTED
from resnet_explorer.tasks.task import key
from resnet_explorer.ui.parts import cells, files, findings

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from resnet_explorer.experiments import TrialRun
    from resnet_explorer.spec import Graph
    from resnet_explorer.spec.ops import Shape
    from resnet_explorer.tasks.train import TrainConfig

TAKEN = "norms of what the step takes from the layer's weights, and of these weights"


def alt_losses(runs: Sequence[TrialRun]) -> str:
    """The loss chart in words."""
    begun = [(run.job.name, run.steps[0].loss, run.steps[-1].loss) for run in runs if run.steps]
    ends = (f"{name} from {number(first)} to {number(last)}" for name, first, last in begun)
    return f"Training loss in nats over the steps: {'; '.join(ends)}."


def table(config: TrainConfig, runs: Sequence[TrialRun]) -> None:
    """Every number of the run, to look at and to take away."""
    cells.behind(
        "The numbers of this run",
        lambda: pa.Table.from_pandas(frame_of(runs), preserve_index=False),
        functools.partial(_row, runs),
        key="run_table",
        of=key(config),
    )
    files.download("All numbers as CSV", lambda: frame_of(runs), f"gradients-seed{config.seed}.csv")


def frame_of(runs: Sequence[TrialRun]) -> pd.DataFrame:
    """One row for each net and step: loss, ratio, the norm of each layer, and how far it moves.

    Non-finite numbers are left empty.
    """
    rows = [
        {"net": run.job.name, "step": step.step + 1, "loss": step.loss, "first/last": step.ratio}
        | dict(zip(_shapes(run), step.norms, strict=True))
        | dict(zip(map(_share, _shapes(run)), step.moves, strict=True))
        for run in runs
        for step in run.steps
    ]
    return findings.frame(rows)


def _shapes(run: TrialRun) -> dict[str, Shape]:
    """The shapes of the weights of its convolutions and fully connected layers, in the order of the norms."""
    graph: Graph = run.job.config.net.graph  # type: ignore[attr-defined]
    return {node.path: dict(node.op.weights)["weight"] for node in graph if node.op.kind in WEIGHTED}


def _row(runs: Sequence[TrialRun], row: int) -> cells.RowWorkings:
    run, at = [(run, at) for run in runs for at in range(len(run.steps))][row]
    step, shapes = run.steps[at], _shapes(run)
    numbers = {"loss": ("loss", words.LOSS)}
    if math.isfinite(step.ratio):
        numbers["first/last"] = "first/last", workings.quotient(*training.ends(run, at), words.ENDS)
    for path, shape in shapes.items():
        made = f"√ of the sum of the squares of the gradients of its {math.prod(shape):,} weights"
        numbers[path] = f"`{path}`", made
    for path, taken, weights in zip(shapes, step.updates, step.weights, strict=False):  # none where no update was made
        numbers[_share(path)] = f"`{_share(path)}`", workings.quotient(taken, weights, TAKEN)
    return cells.RowWorkings(f"{run.job.name}, step {step.step + 1:,}", numbers)


def _share(path: str) -> str:
    """The column that says how far a layer moves."""
    return f"{path}: update / weights"
