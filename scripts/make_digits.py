"""Write the packaged digits from scikit-learn's copy: `python scripts/make_digits.py`.

The images are shuffled once here, the first 1500 being for training, so that the split depends on no generator later.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits

TARGET = Path(__file__).parents[1] / "resnet_explorer" / "datasets" / "digits.npz"


def digits() -> dict[str, np.ndarray]:
    """Images N, 8, 8 with values 0 to 16, and labels N, both uint8, in the packaged order."""
    bunch = load_digits()
    order = np.random.default_rng(0).permutation(len(bunch.target))
    return {"images": bunch.images[order].astype(np.uint8), "labels": bunch.target[order].astype(np.uint8)}


if __name__ == "__main__":
    np.savez_compressed(TARGET, allow_pickle=False, **digits())
    print(f"{TARGET}: {TARGET.stat().st_size:,} bytes")
