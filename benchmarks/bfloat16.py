"""How far bfloat16 distorts the norms of the gradients, against float32 and float64.

`python -m benchmarks.bfloat16`. The same weights and the same mini-batch of digits; forward pass under autocast. The
experiments use float32 alone: a goal that bfloat16 misses keeps it out.
"""

import statistics
import sys

import torch
from torch.nn import functional as F

from benchmarks._paired import tell
from resnet_explorer.experiments import nets
from resnet_explorer.tasks.norms import ratio, read
from resnet_explorer.tasks.setting import setting
from resnet_explorer.tasks.train import TrainConfig

GOAL = 0.01
SEEDS = (0, 1, 2)


def norms(config: TrainConfig, kind: torch.dtype) -> tuple[tuple[float, ...], float]:
    """The norm of each weight's gradient at the start, and the first/last ratio."""
    start = setting(config)
    batch = next(start.batches)
    if kind is torch.bfloat16:
        with torch.autocast("cpu", torch.bfloat16):
            outputs = start.outputs(batch)
        loss = F.cross_entropy(outputs.float(), batch.labels)
    else:
        start.module.to(kind)
        loss = F.cross_entropy(start.module(batch.images.to(kind)), batch.labels)
    loss.backward()  # type: ignore[no-untyped-call]
    _, found, _ = read(loss, start.watch)
    return found, ratio(found, start.watch)


def main() -> int:
    """Compare, net by net."""
    torch.set_num_threads(1)
    rows, worst = [], 0.0
    for depth in (20, 56):
        for residual in (False, True):
            off: dict[torch.dtype, list[float]] = {torch.float32: [], torch.bfloat16: []}
            leaning = []
            for seed in SEEDS:
                config = TrainConfig(net=nets.cifar(depth, residual=residual), seed=seed)
                exact, truth = norms(config, torch.float64)
                for kind, found in off.items():
                    measured, leans = norms(config, kind)
                    found += [abs(a / b - 1) for a, b in zip(measured, exact, strict=True)]
                leaning.append(abs(leans / truth - 1))
            half = off[torch.bfloat16]
            worst = max(worst, *half)
            rows.append(
                (
                    nets.name(depth, residual=residual),
                    f"{max(off[torch.float32]):.1e}",
                    f"{100 * statistics.median(half):.1f} %",
                    f"{100 * max(half):.0f} %",
                    f"{100 * max(leaning):.0f} %",
                )
            )
    print("\nfloat32 at most | bfloat16, median | bfloat16 at most | bfloat16, first / last at most")
    shown = [(name, "   ".join(values)) for name, *values in rows]
    verdict = f"bfloat16 is off by {100 * worst:.0f} % at most; not used (it would be below {100 * GOAL:.0f} %)"
    return tell("Relative error of gradient norms against float64", shown, verdict, met=worst > GOAL, unit="see above")


if __name__ == "__main__":
    sys.exit(main())
