"""Modules of torch that draw no numbers as they are made: nobody reads them on meta, and they take most of the time."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import torch


@contextmanager
def undrawn() -> Iterator[None]:
    """Leave weights as they are allocated."""
    with pytest.MonkeyPatch.context() as patch:
        for draws in ("normal_", "uniform_", "fill_", "zero_"):
            patch.setattr(torch.Tensor, draws, lambda tensor, *_, **__: tensor)
        yield
