"""Batch normalisation, "right after each convolution and before activation" (arXiv:1512.03385, Section 3.4)."""

from resnet_explorer.spec.norms.norm import Norm
from resnet_explorer.spec.ops import BatchNorm2d

BATCH = Norm(name="batch", title="BatchNorm", op=BatchNorm2d)
