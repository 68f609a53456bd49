"""The cluster that carries jobs out: our own worker processes, or any Dask cluster by its address.

Only the engine's own thread calls this, so that no page ever waits for it. Importing it imports dask.
"""

from __future__ import annotations

import logging
import multiprocessing.spawn
import threading
import time
import uuid
from concurrent.futures import CancelledError
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import dask
import distributed

from resnet_explorer.jobs import process, worker
from resnet_explorer.jobs.job import DIED, LOST, Outcome
from resnet_explorer.tasks.made import here
from resnet_explorer.tasks.speed import Calibration

if TYPE_CHECKING:
    from collections.abc import Callable

    from resnet_explorer.jobs.job import Place, Site
    from resnet_explorer.tasks.made import Made
    from resnet_explorer.tasks.task import Config

log = logging.getLogger(__name__)

CONNECT_SECONDS = 5
GRACE_SECONDS = 0.3
"""What nannies have to learn that their workers are meant to end, and are not to be started again."""

WORKER_NAME = "Dask Worker process"
OVERHEAD_BYTES = 1_500_000_000
"""What a worker holds beside a job's own tensors: Python, torch, workspaces."""

SETTINGS = {
    "distributed.scheduler.allowed-failures": 0,  # a crash is told, not silently run again
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,
    "distributed.worker.memory.terminate": 0.95,
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
    # Idle, the server spent 8 % of a core on these and each worker 6 %: now 2 % and 0.5 %.
    "distributed.admin.tick.interval": "500ms",
    "distributed.admin.system-monitor.interval": "5s",
    "distributed.worker.memory.monitor-interval": "500ms",
    "distributed.worker.profile.enabled": False,
    # Without dask's MALLOC_TRIM_THRESHOLD_, with which training takes longer.
    "distributed.nanny.pre-spawn-environ": worker.THREADS,
}


class Cluster:
    """A connection to workers that are ready: one-thread processes of our own, or those at an address.

    Raises:
        OSError: nothing answers at the address.
    """

    def __init__(self, site: Site, job_bytes: int) -> None:
        dask.config.set(SETTINGS)
        _spare_main()
        self.tasks = site.tasks
        self.local = None if site.address else _local(site.processes + site.spare, job_bytes)
        self.client: Any = None
        self.topic = f"resnet-explorer-{uuid.uuid4().hex}"
        try:
            self.client = distributed.Client(  # type: ignore[no-untyped-call]
                site.address or self.local, timeout=CONNECT_SECONDS, set_as_default=False
            )
            self.client.register_plugin(worker.Warm(site.tasks))
        except Exception:
            self.close()
            raise

    @property
    def connected(self) -> bool:
        """Whether the scheduler can be reached."""
        return bool(self.client.status == "running")

    def workers(self) -> int:
        """How many jobs run at once: one to a worker."""
        return len(self.client.scheduler_info()["workers"])

    def calibration(self) -> Calibration:
        """How fast the slowest worker is, as its warm-up measured it."""
        found = [each for each in self.client.run(worker.calibration, on_error="ignore").values() if each]
        if not found:
            return Calibration()
        return Calibration(
            layer_seconds=max(each.layer_seconds for each in found),
            macs_per_second=min(each.macs_per_second for each in found),
        )

    def makers(self) -> frozenset[Made]:
        """By what the workers measure."""
        return frozenset(self.client.run(here, on_error="ignore").values())

    def listen(self, hear: Callable[[dict[str, Any]], None]) -> None:
        """Have every event of our attempts told, from the client's own thread."""
        self.client.subscribe_topic(self.topic, lambda event: hear(event[1]))

    def launch(self, config: Config, attempt: str, ended: Callable[[Outcome], None]) -> distributed.Future[Outcome]:
        """Have an attempt carried out by the next free worker; `ended` is called from another thread."""
        future: distributed.Future[Outcome] = self.client.submit(
            worker.carry_out, self.tasks, config, self.topic, attempt, key=attempt, pure=False, retries=0
        )
        future.add_done_callback(lambda done: ended(_outcome(done)))  # type: ignore[no-untyped-call]
        return future

    def ask_to_stop(self, attempt: str) -> None:
        """Raise the attempt's flag, which its worker looks at several times a second."""
        self._flag(attempt).set()

    def forget(self, attempt: str) -> None:
        """Take the flag down: the attempt is over."""
        self._flag(attempt).clear()
        self.let_go_on(attempt)

    def hold(self, attempt: str) -> None:
        """Have the attempt pause between two steps, until it is let go on."""
        self._flag(worker.held(attempt)).set()

    def let_go_on(self, attempt: str) -> None:
        """Have it go on."""
        self._flag(worker.held(attempt)).clear()

    def _flag(self, attempt: str) -> Any:
        return distributed.Event(attempt, client=self.client)  # type: ignore[no-untyped-call]

    def restart(self, place: Place) -> None:
        """End the worker process at once; its nanny starts another. Only processes of our own are killed by their id.

        Returns when the scheduler knows, so that the next job is not sent to a worker that is dying.
        """
        if place.pid in self._pids():
            process.end([place.pid])
        else:
            self.client.restart_workers([place.worker], timeout=CONNECT_SECONDS, raise_for_error=False)
        end = time.monotonic() + CONNECT_SECONDS
        while place.worker in self.client.scheduler_info()["workers"] and time.monotonic() < end:
            time.sleep(0.02)

    def close(self) -> None:
        """Let go of the cluster. Our own workers end with it, at once: they hold nothing that is worth waiting for."""
        try:
            if self.client:
                with suppress(OSError, TimeoutError):
                    self.client.close(timeout=2)
        finally:
            if self.local:
                threading.Timer(GRACE_SECONDS, process.end, [self._pids()]).start()
                with suppress(TimeoutError):
                    self.local.close(timeout=CONNECT_SECONDS)

    def _pids(self) -> list[int]:
        """The ids of our own worker processes; none at an outside address, whatever its host."""
        return [nanny.pid for nanny in self.local.workers.values() if nanny.pid] if self.local else []


def _local(workers: int, job_bytes: int) -> distributed.LocalCluster:
    return distributed.LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",  # None means port 8787
        scheduler_kwargs={"dashboard": False},
        memory_limit=job_bytes + OVERHEAD_BYTES,
        silence_logs=logging.ERROR,
    )


def _outcome(future: distributed.Future[Outcome]) -> Outcome:
    """What became of an attempt, whether or not its worker lived to tell."""
    try:
        if future.status == "finished":
            outcome: Outcome = future.result()
            return outcome
    except CancelledError:  # given up while it was asked for
        return Outcome("failed", message=LOST)
    if future.status == "cancelled":
        return Outcome("failed", message=LOST)
    error = future.exception()  # type: ignore[no-untyped-call]
    name = type(error).__name__
    if name == "KilledWorker":
        return Outcome("failed", message=DIED)
    return Outcome("failed", message=f"the worker hit an unexpected error: {name}", detail=repr(error))


def _spare_main() -> None:
    """Keep new worker processes from importing this process's main module again.

    It may be a script without a guard, or what Streamlit put in its place: a page. Workers need nothing of it.
    """
    ours = multiprocessing.spawn.get_preparation_data
    if getattr(ours, "spares_main", False):
        return

    def spared(name: str) -> dict[str, Any]:
        data = ours(name)
        if name.startswith(WORKER_NAME):
            data.pop("init_main_from_name", None)
            data.pop("init_main_from_path", None)
        return data

    spared.spares_main = True  # type: ignore[attr-defined]
    multiprocessing.spawn.get_preparation_data = spared
