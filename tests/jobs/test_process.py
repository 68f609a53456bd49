"""The engine seen from outside its process."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import psutil

HERE = Path(__file__).parent
SERVER = [sys.executable, "-W", "error::ResourceWarning", str(HERE / "server.py")]
PATHS = {**os.environ, "PYTHONPATH": f"{HERE.parent.parent}{os.pathsep}{HERE}"}


def test_a_real_training_leaves_torch_out_of_this_process() -> None:
    command = [*SERVER, "resnet_explorer.tasks:TASKS", "run"]
    done = subprocess.run(command, env=PATHS, capture_output=True, text=True, timeout=100, check=False)
    assert done.stdout.split() == ["done", "5", "False"], done.stderr


def test_no_worker_outlives_a_killed_server() -> None:
    with subprocess.Popen([*SERVER, "standins:TASKS", "hang"], env=PATHS, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        pids = [int(pid) for pid in server.stdout.readline().split()]
        assert len(pids) >= 1
        server.kill()
        server.wait()
    end = time.monotonic() + 30
    while any(_lives(pid) for pid in pids):
        assert time.monotonic() < end
        time.sleep(0.02)


def test_importing_the_service_imports_neither_torch_nor_dask() -> None:
    code = "import sys, resnet_explorer.jobs; print(*({'torch', 'dask', 'distributed'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], env=PATHS, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def _lives(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
