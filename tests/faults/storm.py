"""The server of a class, as a process that is killed again and again.

Arguments: where runs are kept, and which class it is. It asks for the jobs of the class that are not done, and for them
again where they failed; it says when the first of them runs, and ends when all are done.
"""

import sys
import time
from pathlib import Path

from resnet_explorer import preset
from resnet_explorer.jobs import Engine, Limits
from resnet_explorer.jobs.database import Database
from resnet_explorer.jobs.visitor import Visitor
from resnet_explorer.tasks.task import key
from resnet_explorer.tasks.train import TrainConfig

NETS = ("demo_plain18", "demo_resnet18", "demo_plain34", "demo_resnet34")
CLASS, STEPS = 20, 60


def configs(which: int) -> list[TrainConfig]:
    """What each of a class has chosen: all are different."""
    chosen = range(CLASS * which, CLASS * (which + 1))
    return [TrainConfig(net=preset(NETS[seed % len(NETS)]), seed=seed, steps=STEPS + seed % CLASS) for seed in chosen]


def main() -> None:
    """Carry out the class."""
    store = Database(Path(sys.argv[1]))
    engine = Engine(processes=2, limits=Limits(seconds=1e6, wall=1e6), store=store)
    engine.start()
    left, told = {key(each): each for each in configs(int(sys.argv[2]))}, False
    while left:
        for name, each in tuple(left.items()):
            now = engine.snapshot(name, visitor=name)  # each is watched by somebody else
            if now is None or now.state in {"failed", "stopped"}:
                engine.submit(each, Visitor(name))
            elif now.state == "done":
                del left[name]
            elif now.state == "running" and not told:
                told = True
                print("running", flush=True)  # noqa: T201
        time.sleep(0.05)
    engine.close()


if __name__ == "__main__":
    main()
