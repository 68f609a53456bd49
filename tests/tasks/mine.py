"""A module of somebody's own, small enough to be measured at once."""

from torch import nn


def tiny() -> nn.Sequential:
    """Scores of ten classes for images of 8 x 8."""
    return nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Flatten(), nn.Linear(144, 10))
