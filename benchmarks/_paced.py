"""The app with runs that nobody trains: steps come at a set pace, so that ways to show them can be compared.

Started by `benchmarks.live`. The numbers are made up (they wander about); how many there are, and how large, is as in a
run of the 34-layer demo. The seed of a run says how many updates a second there are, in its last two digits.
"""

import functools
import os
import random
import time
from collections.abc import Sequence

import streamlit as st

from resnet_explorer import analyse
from resnet_explorer import jobs as service
from resnet_explorer.jobs.snapshot import Snapshot
from resnet_explorer.jobs.visitor import NOBODY, Visitor
from resnet_explorer.spec import NetSpec
from resnet_explorer.tasks.task import Config, key
from resnet_explorer.tasks.train import Step, TrainConfig
from resnet_explorer.ui.canvas import stream

UPDATES, STEPS_EACH = 50, 2
STEPS = UPDATES * STEPS_EACH
REST_SECONDS = 3.0
"""Between the last step and the end of a run, when a page shows it anew: that is not to be counted."""


@functools.cache
def steps(net: NetSpec) -> tuple[Step, ...]:
    """Made-up steps of a net."""
    chance = random.Random(len(net.graph))  # noqa: S311 - nothing is secret
    norms = [1.0] * len(analyse(net).weighted)
    made = []
    for index in range(STEPS):
        norms = [norm * chance.lognormvariate(0, 0.1) for norm in norms]
        made.append(Step(index, 2.3 * 0.98**index, tuple(norms), norms[0] / norms[-2], tuple(norms)))
    return tuple(made)


class Paced(service.Engine):
    """An engine without workers."""

    def __init__(self) -> None:
        super().__init__()
        self.begun: dict[str, tuple[TrainConfig, float]] = {}

    def start(self) -> None:
        """There is nothing to start."""

    def press(self, configs: Sequence[Config], who: Visitor = NOBODY) -> list[str]:  # noqa: ARG002
        """Their first updates come at once."""
        for config in configs:
            assert isinstance(config, TrainConfig)  # noqa: S101 - for the type
            self.begun.setdefault(key(config), (config, time.monotonic()))
        return list(map(key, configs))

    def snapshot(self, key: str, since: int = 0, visitor: str = "") -> Snapshot | None:  # noqa: ARG002
        """As many updates as the pace has brought."""
        if key not in self.begun:
            return None
        config, began = self.begun[key]
        passed = time.monotonic() - began
        updates = min(UPDATES, 1 + int(passed * (config.seed % 100)))
        over = passed > UPDATES / (config.seed % 100) + REST_SECONDS
        records = steps(config.net)[since : updates * STEPS_EACH]
        return Snapshot(key=key, config=config, state="done" if over else "running", records=records)

    def snapshots(self, keys: Sequence[str], visitor: str = "") -> list[Snapshot]:
        """The same of several."""
        return [each for name in keys if (each := self.snapshot(name, 0, visitor))]


PACED = Paced()
service.engine = lambda: PACED  # type: ignore[assignment] # the seam of the tests, too
app = st.App(os.environ["BENCHMARK_PAGE"], routes=stream.routes())
