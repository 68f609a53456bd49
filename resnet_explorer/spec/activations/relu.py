"""The rectifier of the paper."""

from __future__ import annotations

from resnet_explorer.spec.activations.activation import Activation
from resnet_explorer.spec.ops import ReLU


def _op(_slope: float) -> ReLU:
    return ReLU()


RELU = Activation(name="relu", title="ReLU", op=_op)
