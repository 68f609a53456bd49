"""Settings shared by all tests."""

import os
from typing import Any

import pytest
from hypothesis import settings
from xdist.scheduler import LoadFileScheduling

# One thread per process: reproducible sums, and two test processes do not fight over two cores. Set before torch loads.
os.environ.setdefault("OMP_NUM_THREADS", "1")

# A slow machine is no failure, and the same commit gives the same verdict twice.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")


class OneBrowser(LoadFileScheduling):  # type: ignore[misc]  # xdist ships no types
    """Deals out files, but the browser's folder as a whole: one server, one Chromium, however many processes."""

    def _split_scope(self, nodeid: str) -> str:
        return "browser" if nodeid.startswith("tests/browser/") else str(super()._split_scope(nodeid))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> OneBrowser:
    return OneBrowser(config, log)
