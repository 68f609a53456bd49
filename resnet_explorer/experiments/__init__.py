"""What can be run on real tensors. Importing this is light: each task imports torch when it runs."""

from resnet_explorer.experiments.agreement import AGREEMENT
from resnet_explorer.experiments.confirm import CONFIRM
from resnet_explorer.experiments.dense import DENSE
from resnet_explorer.experiments.devices import DEVICES
from resnet_explorer.experiments.gradients import GRADIENTS
from resnet_explorer.experiments.jacobian import JACOBIAN
from resnet_explorer.experiments.landscape import LANDSCAPE
from resnet_explorer.experiments.lesion import LESION
from resnet_explorer.experiments.own import OWN
from resnet_explorer.experiments.profile import PROFILE
from resnet_explorer.experiments.shattered import SHATTERED
from resnet_explorer.experiments.task import Task
from resnet_explorer.experiments.time_block import TIME_BLOCK
from resnet_explorer.experiments.time_nets import TIME_NETS
from resnet_explorer.experiments.train import TRAIN
from resnet_explorer.registry import Registry

TASKS = Registry(
    "task",
    (
        TRAIN,
        GRADIENTS,
        CONFIRM,
        TIME_BLOCK,
        TIME_NETS,
        DEVICES,
        PROFILE,
        AGREEMENT,
        JACOBIAN,
        DENSE,
        SHATTERED,
        LESION,
        LANDSCAPE,
        OWN,
    ),
)

__all__ = ["TASKS", "Task"]
