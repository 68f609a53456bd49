"""The packaged data."""

from resnet_explorer.experiments.datasets.dataset import Dataset, Images
from resnet_explorer.experiments.datasets.digits import DIGITS
from resnet_explorer.registry import Registry

DATASETS = Registry("data set", (DIGITS,))

__all__ = ["DATASETS", "Dataset", "Images"]
