"""One thread, as workers have."""

import pytest
import torch


@pytest.fixture(autouse=True, scope="package")
def one_thread() -> None:
    torch.set_num_threads(1)
