"""What can be run on real tensors. Importing this is light: each task imports torch when it runs."""

from resnet_explorer.registry import Registry
from resnet_explorer.tasks.agreement.task import AGREEMENT
from resnet_explorer.tasks.confirm.task import CONFIRM
from resnet_explorer.tasks.dense.task import DENSE
from resnet_explorer.tasks.devices.task import DEVICES
from resnet_explorer.tasks.gradients.task import GRADIENTS
from resnet_explorer.tasks.jacobian.task import JACOBIAN
from resnet_explorer.tasks.landscape.task import LANDSCAPE
from resnet_explorer.tasks.lesion.task import LESION
from resnet_explorer.tasks.own.task import OWN
from resnet_explorer.tasks.profile.task import PROFILE
from resnet_explorer.tasks.shattered.task import SHATTERED
from resnet_explorer.tasks.task import Task
from resnet_explorer.tasks.time_block.task import TIME_BLOCK
from resnet_explorer.tasks.time_nets.task import TIME_NETS
from resnet_explorer.tasks.train.task import TRAIN

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
