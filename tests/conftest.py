"""Settings shared by all tests."""

import os

from hypothesis import settings

# One thread per process: reproducible sums, and two test processes do not fight over two cores. Set before torch loads.
os.environ.setdefault("OMP_NUM_THREADS", "1")

# A slow machine is no failure, and the same commit gives the same verdict twice.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")
