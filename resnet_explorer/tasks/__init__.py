"""What can be run on real tensors. Importing this is light: a task finds its code, and torch, as it runs."""

from resnet_explorer.registry import Registry
from resnet_explorer.tasks import (
    agreement,
    confirm,
    dense,
    describe,
    devices,
    gradients,
    jacobian,
    landscape,
    lesion,
    profile,
    profile_module,
    shattered,
    time_block,
    time_nets,
    train,
)
from resnet_explorer.tasks.task import Task

TASKS = Registry(
    "task",
    (
        train.TASK,
        gradients.TASK,
        confirm.TASK,
        time_block.TASK,
        time_nets.TASK,
        devices.TASK,
        profile.TASK,
        profile_module.TASK,
        agreement.TASK,
        jacobian.TASK,
        dense.TASK,
        shattered.TASK,
        lesion.TASK,
        landscape.TASK,
        describe.TASK,
    ),
)

__all__ = ["TASKS", "Task"]
