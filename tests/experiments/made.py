"""Runs that were made up, to see how they are read."""

import dataclasses
from typing import Any

from resnet_explorer.analysis.frozen import outer
from resnet_explorer.experiments import EXPERIMENTS, Trial, TrialRun
from resnet_explorer.experiments.choices import AtStart
from resnet_explorer.tasks import TASKS
from resnet_explorer.tasks.train import Step, Training


def steps(losses: list[float]) -> tuple[Step, ...]:
    return tuple(Step(i, loss, (1.0, 1.0), 1.0, (1.0, 1.0)) for i, loss in enumerate(losses))


def trained(job: Trial, looks: dict[int, tuple[float, ...]]) -> TrialRun:
    """A training with these steps, counted from 1: gradients, weights and updates of the outer convolutions."""
    config: Any = job.config
    count = sum(node.op.kind in {"conv", "fc"} for node in config.net.graph)
    ends = outer(config.net)

    def row(*values: float) -> tuple[float, ...]:
        return tuple(dict(zip(ends, values, strict=True)).get(place, 1.0) for place in range(count))

    records = tuple(
        Step(at - 1, 1.0, row(*found[:2]), found[0] / found[1], row(*found[2:4]), row(*found[4:6]))
        for at, found in looks.items()
    )
    return dataclasses.replace(ended(job, 1.0), records=records)


def ended(job: Trial, loss: float, status: str = "done") -> TrialRun:
    told = {"paths": ("a", "b"), "status": status, "final_loss": loss, "seconds": 1.0}
    made = {"device": "cpu", "threads": 1, "torch": "2.13.0"}
    result = Training(**told, **made)
    return TrialRun(job=job, records=steps([loss, loss]), result=result)


def profiled(**choices: Any) -> list[TrialRun]:
    """At the start, with nets as they are."""
    jobs = EXPERIMENTS["at_start"].jobs(AtStart(**{"net": "cifar_resnet20", "seed": 7, **choices}))
    return [
        TrialRun(
            job=job,
            result=TASKS["profile"].carry_out(dataclasses.replace(job.config, batch=8), lambda _: None, lambda: False),
        )
        for job in jobs
    ]
