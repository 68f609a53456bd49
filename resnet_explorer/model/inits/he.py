"""He et al., arXiv:1502.01852, by the fan-out as torchvision does: convolutions N(0, 2 / (out_channels · k²))."""

from resnet_explorer.model.inits import pytorch
from resnet_explorer.model.inits.init import Init, always, convolutions, he_normal

fill = convolutions(he_normal, rest=pytorch.fill)
"""Biases of convolutions zero, fully connected layers as PyTorch and torchvision have them."""

HE = Init(name="he", title="He, fan-out (arXiv:1502.01852)", of=always(fill))
