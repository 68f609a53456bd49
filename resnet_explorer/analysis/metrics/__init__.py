"""What is counted of each layer."""

from resnet_explorer.analysis.metrics.activations import ACTIVATION_COUNT
from resnet_explorer.analysis.metrics.macs import MACS
from resnet_explorer.analysis.metrics.metric import Metric
from resnet_explorer.analysis.metrics.params import PARAMS
from resnet_explorer.registry import Registry

METRICS = Registry("metric", (MACS, PARAMS, ACTIVATION_COUNT))

__all__ = ["METRICS", "Metric"]
