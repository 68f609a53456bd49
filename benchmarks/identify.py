"""Which net a safetensors file is, of ResNet-50, ResNet-152 and ResNet-1202: header, reading, departures.

`python -m benchmarks.identify`. Goal: at most 20 CPU-ms, however large the file: its numbers are a hole here, and
nobody looks at them. The third has 7,208 names to read, eight times as many as the second.
"""

import json
import math
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

import resnet_explorer as rx
from benchmarks._paired import medians, tell
from resnet_explorer.checkpoints.tensors import expected

ROUNDS = 15
GOAL_MS = 20
NETS = ("resnet50", "resnet152", "cifar_resnet1202")


def written(name: str, folder: Path) -> Path:
    """A file of that net's size, its numbers a hole."""
    entries, end = {}, 0
    for path, shape in expected(rx.preset(name).graph).items():
        size = 4 * math.prod(shape)
        entries[path] = {"dtype": "F32", "shape": shape, "data_offsets": [end, end + size]}
        end += size
    header = json.dumps(entries).encode()
    place = folder / f"{name}.safetensors"
    place.write_bytes(len(header).to_bytes(8, "little") + header)
    os.truncate(place, 8 + len(header) + end)
    return place


def main() -> int:
    """Take turns."""
    seconds: dict[str, list[float]] = {name: [] for name in NETS}
    with tempfile.TemporaryDirectory() as folder:
        places = {name: written(name, Path(folder)) for name in seconds}
        for _ in range(ROUNDS):
            for name, place in places.items():
                began = time.process_time()
                found = rx.identify(place)
                seconds[name].append(time.process_time() - began)
                assert name in found.same  # noqa: S101 - or the race means nothing
    worst = 1000 * max(statistics.median(each) for each in seconds.values())
    verdict = f"at most {worst:.1f} CPU-ms (goal {GOAL_MS})"
    return tell("which net a file is", medians(seconds), verdict, met=worst <= GOAL_MS)


if __name__ == "__main__":
    sys.exit(main())
