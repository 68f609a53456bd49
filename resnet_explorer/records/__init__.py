"""What pages, command line, service and workers hand each other: configs of jobs, and what jobs report."""

from resnet_explorer.records.job import (
    BlockConfig,
    Config,
    ConfirmConfig,
    DevicesConfig,
    Estimate,
    GradientsConfig,
    Snapshot,
    TrainConfig,
    key,
)
from resnet_explorer.records.result import BlockTime, Confirmation, Count, Gradients, Step, Training

__all__ = [
    "BlockConfig",
    "BlockTime",
    "Config",
    "ConfirmConfig",
    "Confirmation",
    "Count",
    "DevicesConfig",
    "Estimate",
    "Gradients",
    "GradientsConfig",
    "Snapshot",
    "Step",
    "TrainConfig",
    "Training",
    "key",
]
