"""What collecting the norms of every weight, of its gradient and of its update adds to a step of training.

`python -m benchmarks.norms`. Goals: at most 3 % for weights and gradients, at most 1 % more for the updates. Without
updates the step is torch's own, on each weight by itself; with them Adam's is made on all weights as one, which takes
less time, by about what the updates take.
"""

import sys
from collections.abc import Callable

import torch

import resnet_explorer as rx
from benchmarks._paired import in_turns, median_ratio, medians, tell
from resnet_explorer.tasks.norms import ratio, read
from resnet_explorer.tasks.setting import Setting, setting
from resnet_explorer.tasks.train import TrainConfig, optimising

ROUNDS = 120
GOAL, MORE = 0.03, 0.01
BARE, NORMS, UPDATES = "without norms", "with norms", "with norms and updates"


def stepper(start: Setting, config: TrainConfig, what: str) -> Callable[[], None]:
    """One step on the same setting, with some of the norms or without; the loss is read in all."""
    optimiser = optimising.optimiser(start.module, config)
    move = optimising.move(optimiser, start.watch.weights)

    def step() -> None:
        start.module.zero_grad()
        loss = start.loss(next(start.batches))
        loss.backward()  # type: ignore[no-untyped-call]
        if what == BARE:
            loss.item()
        else:
            ratio(read(loss, start.watch)[1], start.watch)
        if what == UPDATES:
            move()
        else:
            optimiser.step()

    return step


def main() -> int:
    """Take turns, step by step."""
    torch.set_num_threads(1)
    statuses = []
    for name, optimiser in (
        ("demo_resnet34", "sgd"),
        ("demo_plain34", "sgd"),
        ("demo_plain34", "adam"),
        ("cifar_resnet20", "sgd"),
    ):
        config = TrainConfig(net=rx.preset(name), lr=1e-6, optimiser=optimiser)
        start = setting(config)
        rounds = ROUNDS if name.startswith("demo") else ROUNDS // 6
        seconds = in_turns({what: stepper(start, config, what) for what in (BARE, NORMS, UPDATES)}, rounds)
        added = median_ratio(seconds[NORMS], seconds[BARE]) - 1
        more = median_ratio(seconds[UPDATES], seconds[NORMS]) - 1
        verdict = (
            f"{100 * added:.1f} % of a step (goal {100 * GOAL:.0f} %), "
            f"and {100 * more:.1f} % more (goal {100 * MORE:.0f} %)"
        )
        met = added <= GOAL and more <= MORE
        statuses.append(tell(f"{name}, {optimiser}, batch 64", medians(seconds), verdict, met=met))
    return max(statuses)


if __name__ == "__main__":
    sys.exit(main())
