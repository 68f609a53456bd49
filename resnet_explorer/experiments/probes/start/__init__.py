"""What is read off a network at initialisation, one probe a file."""

from resnet_explorer.experiments.probes.start.activation_gradient import ACTIVATION_GRADIENT
from resnet_explorer.experiments.probes.start.probe import Pass, Probe
from resnet_explorer.experiments.probes.start.relative_gradient import RELATIVE_GRADIENT
from resnet_explorer.experiments.probes.start.signal import SIGNAL
from resnet_explorer.experiments.probes.start.weight import WEIGHT
from resnet_explorer.experiments.probes.start.weight_gradient import WEIGHT_GRADIENT
from resnet_explorer.registry import Registry

PROBES = Registry("probe", (WEIGHT_GRADIENT, ACTIVATION_GRADIENT, RELATIVE_GRADIENT, WEIGHT, SIGNAL))

__all__ = ["PROBES", "Pass", "Probe"]
