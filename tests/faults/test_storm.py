"""Random SIGKILLs while a class of twenty different jobs goes on. Run by `python3 tasks.py faults`.

`RESNET_EXPLORER_KILLS` (100) and `RESNET_EXPLORER_SEED` say how many, and which.
"""

import os
import random
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from resnet_explorer.jobs.database import RESTARTED, Database
from resnet_explorer.jobs.job import DIED, LOST, SILENT
from resnet_explorer.tasks.task import key
from tests.faults.storm import CLASS, configs
from tests.faults.test_faults import alive, until

KILLS, SEED = int(os.environ.get("RESNET_EXPLORER_KILLS", "100")), int(os.environ.get("RESNET_EXPLORER_SEED", "0"))

pytestmark = [
    pytest.mark.timeout(4 * 3600),
    pytest.mark.skipif(sys.platform == "win32", reason="processes are killed by signals"),
]


def begun(folder: Path, which: int) -> subprocess.Popen[bytes]:
    """A server that has a job running, or is through."""
    command = [sys.executable, "-m", "tests.faults.storm", str(folder), str(which)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert server.stdout
    server.stdout.readline()
    return server


def states(folder: Path, keys: list[str]) -> list[str]:
    """What is told of each job by somebody who looks after all are gone; none hangs, and none fails without a word."""
    store = Database(folder)
    found = [store.get(each) for each in keys]
    store.close()
    cut = {(each.state, each.message) for each in found if each and each.state != "done"}
    assert cut <= {("failed", why) for why in (RESTARTED, DIED, LOST, SILENT)}
    return [each.state if each else "never begun" for each in found]


def children(server: subprocess.Popen[bytes]) -> list[psutil.Process]:
    return psutil.Process(server.pid).children(recursive=True) if server.poll() is None else []


def test_random_kills_lose_no_finished_run_and_leave_no_row_stuck_and_no_orphan(tmp_path: Path) -> None:
    chance, which, kills = random.Random(SEED), 0, Counter[str]()  # noqa: S311 - nothing is secret
    keys, done = [key(each) for each in configs(which)], 0
    server = begun(tmp_path, which)
    while kills.total() < KILLS:
        time.sleep(chance.uniform(0.2, 6))
        workers = children(server)
        if server.poll() is not None:  # this class is through: the next one comes
            assert server.returncode == 0
            assert set(states(tmp_path, keys)) == {"done"}
            which, done = which + 1, 0
            keys = [key(each) for each in configs(which)]
        elif workers and chance.random() < 0.7:
            kills["worker"] += 1
            with suppress(psutil.NoSuchProcess):
                chance.choice(workers).kill()
            continue
        else:
            kills["server"] += 1
            server.kill()
            server.wait()
            until(lambda workers=workers: not any(map(alive, workers)), 60)  # type: ignore[misc]
            now = states(tmp_path, keys)
            assert now.count("done") >= done  # nothing that was done is lost
            assert set(now) <= {"done", "failed", "never begun"}  # nothing is stuck
            done = now.count("done")
            print(f"seed {SEED}: {dict(kills)}, class {which}: {done} of {CLASS} done", flush=True)  # noqa: T201
        server.communicate()  # it has ended; this closes its pipe
        server = begun(tmp_path, which)
    workers = children(server)
    server.communicate(timeout=3600)
    assert server.returncode == 0
    assert set(states(tmp_path, keys)) == {"done"}
    until(lambda: not any(map(alive, workers)), 30)
