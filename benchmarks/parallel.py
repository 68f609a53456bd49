"""Plain and residual side by side in two one-thread processes, against one after the other with two threads.

`python -m benchmarks.parallel`. Needs two idle cores. Goals: 1.3 times the throughput; the demo of four nets, 80 steps
each, within 10 s. Processes are started and warmed before the clock is.
"""

import multiprocessing
import statistics
import sys
import time
from concurrent.futures import ProcessPoolExecutor

from benchmarks._paired import tell

ROUNDS = 3
PAIR = ("demo_plain34", "demo_resnet34")
DEMO = ("demo_plain34", "demo_resnet34", "demo_plain18", "demo_resnet18")
STEPS = 80
GOAL = 1.3
GOAL_SECONDS = 10


def train(name: str, threads: int, steps: int = STEPS) -> str:
    """Train one net with that many threads."""
    import torch  # noqa: PLC0415 - in the workers alone

    import resnet_explorer as rx  # noqa: PLC0415
    from resnet_explorer.experiments import TASKS  # noqa: PLC0415
    from resnet_explorer.records import TrainConfig  # noqa: PLC0415

    torch.set_num_threads(threads)
    config = TrainConfig(net=rx.preset(name), steps=steps)
    return str(TASKS["train"].run(config, lambda _: None, lambda: False).status)


def wall(pool: ProcessPoolExecutor, names: tuple[str, ...], threads: int) -> float:
    """Seconds until all of them are trained."""
    began = time.perf_counter()
    for job in [pool.submit(train, name, threads) for name in names]:
        assert job.result() == "done"  # noqa: S101 - or the time means nothing
    return time.perf_counter() - began


def main() -> int:
    """Take turns, a few rounds."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, context) as one, ProcessPoolExecutor(2, context) as two:
        one.submit(train, PAIR[0], 2, 3).result()
        for job in [two.submit(train, name, 1, 30) for name in (*PAIR, *PAIR)]:
            job.result()
        seconds: dict[str, list[float]] = {"one after the other, two threads": [], "side by side, one thread each": []}
        demo = []
        for _ in range(ROUNDS):
            seconds["one after the other, two threads"].append(wall(one, PAIR, 2))
            seconds["side by side, one thread each"].append(wall(two, PAIR, 1))
            demo.append(wall(two, DEMO, 1))
    after, beside = (statistics.median(times) for times in seconds.values())
    rows = [(name, f"{statistics.median(times):.2f}") for name, times in {**seconds, "four nets": demo}.items()]
    fast = after >= GOAL * beside
    quick = statistics.median(demo) <= GOAL_SECONDS
    verdict = f"{after / beside:.2f} times the throughput (goal {GOAL}); four nets within {GOAL_SECONDS} s: {quick}"
    return tell("The 34-layer demo, 80 steps", rows, verdict, met=fast and quick, unit="seconds, median")


if __name__ == "__main__":
    sys.exit(main())
