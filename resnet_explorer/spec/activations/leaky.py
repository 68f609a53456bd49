"""The leaky rectifier (Maas, Hannun & Ng 2013): what is negative passes too, times a slope."""

from resnet_explorer.spec.activations.activation import Activation
from resnet_explorer.spec.ops import LeakyReLU

LEAKY = Activation(name="leaky", title="leaky ReLU", op=LeakyReLU, sloped=True)
