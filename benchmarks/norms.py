"""What collecting the gradient norm of every weight adds to a step of training.

`python -m benchmarks.norms`. Goal: at most 3 %.
"""

import sys
from collections.abc import Callable

import torch

import resnet_explorer as rx
from benchmarks._paired import in_turns, median_ratio, medians, tell
from resnet_explorer.experiments.probes.norms import ratio, read
from resnet_explorer.experiments.probes.setting import Setting, setting
from resnet_explorer.records import TrainConfig

ROUNDS = 120
GOAL = 0.03


def stepper(start: Setting, *, norms: bool) -> Callable[[], None]:
    """One step of SGD on the same setting, with or without the norms; the loss is read in both."""
    optimiser = torch.optim.SGD(start.module.parameters(), lr=1e-6, momentum=0.9, weight_decay=1e-4)

    def step() -> None:
        optimiser.zero_grad()
        loss = start.loss(next(start.batches))
        loss.backward()  # type: ignore[no-untyped-call]
        if norms:
            ratio(read(loss, start.watch)[1], start.watch)
        else:
            loss.item()
        optimiser.step()

    return step


def main() -> int:
    """Take turns, step by step."""
    torch.set_num_threads(1)
    statuses = []
    for name in ("demo_resnet34", "demo_plain34", "cifar_resnet20"):
        start = setting(TrainConfig(net=rx.preset(name)))
        rounds = ROUNDS if name.startswith("demo") else ROUNDS // 6
        seconds = in_turns(
            {"without norms": stepper(start, norms=False), "with norms": stepper(start, norms=True)}, rounds
        )
        added = median_ratio(seconds["with norms"], seconds["without norms"]) - 1
        verdict = f"{100 * added:.1f} % of a step (goal {100 * GOAL:.0f} %)"
        statuses.append(tell(f"{name}, batch 64", medians(seconds), verdict, met=added <= GOAL))
    return max(statuses)


if __name__ == "__main__":
    sys.exit(main())
