"""Describing somebody's module against torchinfo on meta, which counts the same layers and finds no structure.

`python -m benchmarks.describe`; needs torchinfo, which nothing else does: `pip install torchinfo==1.8.0`. Goal: at most
1.6 times its time.
"""

import functools
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import torch
from torch import nn

import resnet_explorer as rx
from benchmarks._paired import in_turns, median_ratio, medians, tell

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 7
GOAL = 1.6


def main() -> int:
    """Take turns on ResNet-50 and ResNet-152."""
    torch.set_num_threads(1)
    met, summary = [], import_module("torchinfo").summary  # by name: it is no requirement of the project's
    for name in ("resnet50", "resnet152"):
        spec = rx.preset(name)
        module = rx.build(spec, init=None, device="meta").eval()
        things: dict[str, Callable[[], object]] = {
            "from_module": functools.partial(rx.from_module, module),
            "from_module and analyse": functools.partial(_counted, module),
            "torchinfo on meta": functools.partial(summary, module, (1, 3, 224, 224), device="meta", verbose=0),
        }
        seconds = in_turns(things, ROUNDS)
        ratio = median_ratio(seconds["from_module"], seconds["torchinfo on meta"])
        verdict = f"from_module takes {ratio:.2f} times as long as torchinfo (goal {GOAL})"
        met.append(tell(f"{spec.title}, every operation", medians(seconds), verdict, met=ratio <= GOAL))
    return max(met)


def _counted(module: nn.Module) -> rx.Report:
    return rx.analyse(rx.from_module(module))


if __name__ == "__main__":
    sys.exit(main())
