"""What follows each normalisation."""

from resnet_explorer.registry import Registry
from resnet_explorer.spec.activations.activation import Activation
from resnet_explorer.spec.activations.leaky import LEAKY
from resnet_explorer.spec.activations.relu import RELU

ACTIVATIONS = Registry("activation", (RELU, LEAKY))

__all__ = ["ACTIVATIONS", "Activation"]
