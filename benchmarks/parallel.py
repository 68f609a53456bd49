"""Plain and residual side by side in two one-thread processes, against one after the other with two threads.

`python -m benchmarks.parallel`. Needs two idle cores. Goals: 1.3 times the throughput; 80 % of twice what one worker
does alone; the demo of four nets, 80 steps each, within 10 s. Processes are started and warmed before the clock is,
and what is compared is measured in turns. The machine's load is told: other work on it makes the figures worse.
"""

import multiprocessing
import statistics
import sys
import time
from concurrent.futures import ProcessPoolExecutor

import psutil

from benchmarks._paired import tell

ROUNDS = 3
PAIR = ("demo_plain34", "demo_resnet34")
DEMO = ("demo_plain34", "demo_resnet34", "demo_plain18", "demo_resnet18")
STEPS = 80
BESIDE = "side by side, one thread each"
GOAL = 1.3
GOAL_ALONE = 0.8
GOAL_SECONDS = 10


def train(name: str, threads: int, steps: int = STEPS) -> str:
    """Train one net with that many threads."""
    import torch  # noqa: PLC0415 - in the workers alone

    import resnet_explorer as rx  # noqa: PLC0415
    from resnet_explorer.tasks import TASKS  # noqa: PLC0415
    from resnet_explorer.tasks.train import TrainConfig  # noqa: PLC0415

    torch.set_num_threads(threads)
    config = TrainConfig(net=rx.preset(name), steps=steps)
    return str(TASKS["train"].carry_out(config, lambda _: None, lambda: False).status)


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
        seconds: dict[str, list[float]] = {"one after the other, two threads": [], BESIDE: []}
        demo, alone = [], []
        load = psutil.getloadavg()[0]
        for _ in range(ROUNDS):
            seconds["one after the other, two threads"].append(wall(one, PAIR, 2))
            seconds[BESIDE].append(wall(two, PAIR, 1))
            alone.append(sum(wall(two, (name,), 1) for name in PAIR))
            demo.append(wall(two, DEMO, 1))
    after, beside = (statistics.median(times) for times in seconds.values())
    shown = {**seconds, "one after the other, one worker": alone, "four nets": demo}
    rows = [(name, f"{statistics.median(times):.2f}") for name, times in shown.items()]
    fast = after >= GOAL * beside
    quick = statistics.median(demo) <= GOAL_SECONDS
    share = statistics.median(one / (2 * pair) for one, pair in zip(alone, seconds[BESIDE], strict=True))
    verdict = (
        f"{after / beside:.2f} times the throughput (goal {GOAL}); {100 * share:.0f} % of twice one worker alone (goal "
        f"{100 * GOAL_ALONE:.0f} %); four nets within {GOAL_SECONDS} s: {quick}; load of the machine before: {load:.1f}"
    )
    met = fast and quick and share >= GOAL_ALONE
    return tell("The 34-layer demo, 80 steps", rows, verdict, met=met, unit="seconds, median")


if __name__ == "__main__":
    sys.exit(main())
