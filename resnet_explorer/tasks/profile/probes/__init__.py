"""What is read off a network at initialisation, one probe a file."""

from resnet_explorer.registry import Registry
from resnet_explorer.tasks.profile.probes.activation_gradient import ACTIVATION_GRADIENT
from resnet_explorer.tasks.profile.probes.probe import Pass, Probe
from resnet_explorer.tasks.profile.probes.relative_gradient import RELATIVE_GRADIENT
from resnet_explorer.tasks.profile.probes.signal import SIGNAL
from resnet_explorer.tasks.profile.probes.weight import WEIGHT
from resnet_explorer.tasks.profile.probes.weight_gradient import WEIGHT_GRADIENT

PROBES = Registry("probe", (WEIGHT_GRADIENT, ACTIVATION_GRADIENT, RELATIVE_GRADIENT, WEIGHT, SIGNAL))

__all__ = ["PROBES", "Pass", "Probe"]
