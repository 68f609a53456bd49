"""What stands behind each convolution."""

from resnet_explorer.registry import Registry
from resnet_explorer.spec.norms.batch import BATCH
from resnet_explorer.spec.norms.group import GROUP
from resnet_explorer.spec.norms.none import NONE
from resnet_explorer.spec.norms.norm import Norm

NORMS = Registry("norm", (BATCH, NONE, GROUP))

__all__ = ["NORMS", "Norm"]
