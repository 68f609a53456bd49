"""Counting ResNet-152, every layer, at image sizes not seen before, against fvcore on the live module.

`python -m benchmarks.analyse`. Goal: at least 100 times faster, imports and building excluded; 500 hoped for.
"""

import dataclasses
import itertools
import sys
import time

import torch

import resnet_explorer as rx
from benchmarks._paired import median_ratio, medians, tell
from resnet_explorer.model import measured

ROUNDS = 5
GOAL = 100


def main() -> int:
    """Take turns, at another image size in each."""
    torch.set_num_threads(1)
    spec = rx.preset("resnet152")
    module = rx.build(spec, init=None)
    seconds: dict[str, list[float]] = {"analyse": [], "fvcore by_module": [], "analyse, twice as deep": []}
    deeper = spec.having(blocks=tuple(2 * count for count in spec.options.blocks))
    sizes = itertools.count(33)
    for _ in range(ROUNDS):
        now = dataclasses.replace(spec, image=next(sizes))
        image = torch.zeros(1, *now.input_shape)
        began = time.process_time()
        report = rx.analyse(now)
        counted = time.process_time()
        by_module = measured.fvcore_by_module(module, image)
        ended = time.process_time()
        rx.analyse(dataclasses.replace(deeper, image=now.image))
        seconds["analyse"].append(counted - began)
        seconds["fvcore by_module"].append(ended - counted)
        seconds["analyse, twice as deep"].append(time.process_time() - ended)
        assert all(by_module[row.path] == row.macs for row in report.weighted)  # noqa: S101 - or the race means nothing
    ratio = median_ratio(seconds["fvcore by_module"], seconds["analyse"])
    depth = median_ratio(seconds["analyse, twice as deep"], seconds["analyse"])
    verdict = f"{ratio:,.0f} times faster (goal {GOAL}); twice the depth takes {depth:.1f} times as long"
    return tell("ResNet-152, every layer", medians(seconds), verdict, met=ratio >= GOAL)


if __name__ == "__main__":
    sys.exit(main())
