"""Channels last against torch's own layout: where does it pay in a step of training?

`python -m benchmarks.layout`. One thread; steps in turns, ratios of the same round. Goal: it pays in every net for
which `layout_of` chooses it, those that keep the image's resolution at first. For the rest the figure is told alone.
"""

import dataclasses
import sys
from typing import TYPE_CHECKING

import torch

import resnet_explorer as rx
from benchmarks._paired import in_turns, median_ratio, medians, tell
from benchmarks.norms import UPDATES, stepper
from resnet_explorer.experiments import nets
from resnet_explorer.spec import NetSpec
from resnet_explorer.tasks.setting import layout_of, setting
from resnet_explorer.tasks.train import TrainConfig

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 12


def cases() -> dict[str, NetSpec]:
    """The nets of the laboratory, the paper's CIFAR nets, and a small ResNet-34 for larger images."""
    return {
        "ResNet-20, 8 filters, 8 px": nets.cifar(20, residual=True),
        "demo ResNet-34, 8 px": rx.preset("demo_resnet34"),
        "CIFAR ResNet-20, 32 px": rx.preset("cifar_resnet20"),
        "ResNet-34, 16 filters, 64 px": dataclasses.replace(rx.preset("resnet34").having(width=16), image=64),
        "ResNet-34, 64 px": dataclasses.replace(rx.preset("resnet34"), image=64),
    }


def main() -> int:
    """Take turns, step by step."""
    torch.set_num_threads(1)
    statuses = []
    for name, net in cases().items():
        config = TrainConfig(net=net, batch=32)
        steppers: dict[str, Callable[[], object]] = {}
        for title, layout in (("torch's own", torch.contiguous_format), ("channels last", torch.channels_last)):
            start = setting(config)
            start.module.to(memory_format=layout)  # type: ignore[call-overload] # in place; torch types it for tensors
            steppers[title] = stepper(start._replace(layout=layout), config, UPDATES)
        seconds = in_turns(steppers, ROUNDS)
        share = median_ratio(seconds["channels last"], seconds["torch's own"])
        last = layout_of(net.graph) is torch.channels_last
        verdict = f"channels last takes {share:.2f} of a step; chosen: {'channels last' if last else 'its own'}"
        statuses.append(tell(f"{name}, batch 32", medians(seconds), verdict, met=share < 1 or not last))
    return max(statuses)


if __name__ == "__main__":
    sys.exit(main())
