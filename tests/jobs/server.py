"""A process that runs jobs with nothing protected by a main guard, as a server's script may be. Tells how it is going.

Arguments: the registry of tasks, then `run` (one job, then say what is loaded) or `hang` (one job until killed).
"""

import sys
import time

import psutil

from resnet_explorer import preset
from resnet_explorer.jobs import Engine
from resnet_explorer.tasks.train import TrainConfig

tasks, what = sys.argv[1:]
engine = Engine(processes=1, tasks=tasks)
key = engine.submit(
    TrainConfig(net=preset("demo_resnet18"), seed=1000 if what == "hang" else 0, steps=2000 if what == "hang" else 5)
)
while not ((now := engine.snapshot(key)) and (now.finished if what == "run" else now.records)):
    time.sleep(0.01)
if what == "run":
    print(now.state, len(now.records), "torch" in sys.modules)  # noqa: T201
    engine.close()
else:
    print(*[p.pid for p in psutil.Process().children(recursive=True)], flush=True)  # noqa: T201
    time.sleep(60)
