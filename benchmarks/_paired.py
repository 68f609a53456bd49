"""Measurements in turns: whatever else the machine does meets each of the things compared alike."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from resnet_explorer.terminal import table

ROOT = Path(__file__).resolve().parents[1]


def in_turns(things: dict[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """CPU seconds of each call, the things taken in turns, back and forth; each is called once before, uncounted."""
    for thing in things.values():
        thing()
    seconds: dict[str, list[float]] = {name: [] for name in things}
    order = list(things.items())
    for _ in range(rounds):
        order.reverse()
        for name, thing in order:
            began = time.process_time()
            thing()
            seconds[name].append(time.process_time() - began)
    return seconds


def in_fresh_processes(programs: dict[str, str], rounds: int) -> dict[str, list[float]]:
    """The number that each program prints, each run in a process of its own, in turns."""
    numbers: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(rounds):
        for name, program in programs.items():
            done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True, cwd=ROOT)
            numbers[name].append(float(done.stdout))
    return numbers


def median_ratio(above: Iterable[float], below: Iterable[float]) -> float:
    """The median of the ratios of measurements taken in the same round."""
    return statistics.median(a / b for a, b in zip(above, below, strict=True))


def medians(seconds: dict[str, list[float]]) -> list[tuple[str, ...]]:
    """Rows of a table: each thing with its median in milliseconds."""
    return [(name, f"{1000 * statistics.median(times):,.2f}") for name, times in seconds.items()]


def tell(title: str, rows: Sequence[tuple[str, ...]], verdict: str, *, met: bool, unit: str = "CPU ms, median") -> int:
    """Print a small table and what came of it; the exit status, 1 where the goal was missed."""
    print(f"\n{title}\n\n{table(('', unit), rows)}\n\n{verdict}: {'met' if met else 'MISSED'}")
    return 0 if met else 1
