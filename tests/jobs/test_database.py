"""Runs on the disk: what is done stays, what was lost is told, and whatever is wrong with the disk is survived."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import psutil
import pytest

from resnet_explorer import preset
from resnet_explorer.jobs import database as module
from resnet_explorer.jobs import written
from resnet_explorer.jobs.database import ELSEWHERE, FILE, RESTARTED, Database
from resnet_explorer.jobs.job import Job
from resnet_explorer.jobs.owner import Owner, this
from resnet_explorer.jobs.place import folder
from resnet_explorer.jobs.snapshot import Snapshot
from resnet_explorer.tasks import TASKS
from resnet_explorer.tasks.made import here
from resnet_explorer.tasks.plain import config_from_plain, config_to_plain
from resnet_explorer.tasks.task import Estimate, key
from resnet_explorer.tasks.time_block import BlockConfig
from resnet_explorer.tasks.time_nets import NetsConfig
from resnet_explorer.tasks.train import Step, TrainConfig

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NET = preset("demo_resnet18")


def run(seed: int, state: str = "done", records: int = 3) -> Snapshot:
    config = TrainConfig(net=NET, seed=seed)
    steps = tuple(Step(each, 2.3 / (each + 1), (0.1, 1e-300), 0.1, (3.0,)) for each in range(records))
    return Snapshot(key=key(config), config=config, state=state, records=steps, made=here(), message="é")


def job(seed: int) -> Job:
    config = TrainConfig(net=NET, seed=seed)
    return Job(key=key(config), attempt=f"{key(config)}-{seed}", config=config, needs=Estimate(seconds=1, bytes=1))


@pytest.fixture
def opened(tmp_path: Path) -> Callable[..., Database]:
    return lambda **limits: Database(tmp_path, **limits)


def test_what_is_done_opens_after_a_restart_to_the_last_bit(opened: Callable[..., Database]) -> None:
    opened().put(run(1))
    again = opened()
    assert again.get(run(1).key) == run(1)
    assert again.get("0123456789abcdef") is None
    assert len(again) == 1


def test_a_run_that_its_process_left_behind_is_told(opened: Callable[..., Database], tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; from tests.jobs.test_database import Database, job\n"
        "it = Database(pathlib.Path(sys.argv[1])); it.began(job(1))\n"
        "print(1, flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, stdin=subprocess.PIPE
    ) as other:
        assert other.stdout
        other.stdout.readline()
        it = opened()
        now = it.get(job(1).key)
        assert now
        assert (now.state, now.message, now.finished) == ("running", ELSEWHERE, False)
        other.kill()
        other.wait()
    end = it.get(job(1).key)
    assert end
    assert (end.state, end.message, end.config) == ("failed", RESTARTED, job(1).config)
    it.put(run(1), job(1).attempt)  # run again
    assert opened().get(job(1).key) == run(1)


def test_a_process_of_another_machine_lives_as_long_as_it_is_heard() -> None:
    other = Owner("x", "another machine", 1, 0.0)
    assert other.lives(silent=3)
    assert not other.lives(silent=16)
    assert not this()._replace(born=1.0).lives(silent=0)  # another process has its number now


@pytest.mark.parametrize("hours", [6, -6])
def test_a_clock_that_jumps_ends_nothing_here(
    opened: Callable[..., Database], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hours: int
) -> None:
    now, born, booted = time.time(), this(), psutil.boot_time()
    it = opened()
    it.put(run(2))
    it.began(job(1))
    monkeypatch.setattr(time, "time", lambda: now + 3600 * hours)
    monkeypatch.setattr(psutil._psplatform, "boot_time", lambda: booted + 3600 * hours)
    it.beat()
    assert born.lives(silent=1e9)
    assert opened().get(run(2).key) == run(2)
    assert sqlite3.connect(tmp_path / FILE).execute("SELECT COUNT(*) FROM unfinished").fetchone() == (1,)


@pytest.mark.parametrize(("days", "left"), [(6.99, 1), (7.01, 0)])
def test_what_nobody_has_begun_anew_for_a_week_is_forgotten(
    opened: Callable[..., Database], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, days: float, left: int
) -> None:
    it, now = opened(), time.time()
    it.beat()
    it.began(job(1))
    monkeypatch.setattr(time, "time", lambda: now + 24 * 3600 * days)
    opened()
    with sqlite3.connect(tmp_path / FILE) as file:
        counts = [file.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] for table in ("unfinished", "owners")]  # noqa: S608
    assert counts == [left, left + 1]  # and who has just opened it


def test_a_finished_run_is_no_longer_unfinished(opened: Callable[..., Database], tmp_path: Path) -> None:
    it = opened()
    it.began(job(1))
    assert it.get(job(1).key) is None  # its own: the table knows
    it.put(run(1), job(1).attempt)
    rows = sqlite3.connect(tmp_path / FILE).execute("SELECT COUNT(*) FROM unfinished").fetchone()
    assert rows == (0,)


@pytest.mark.parametrize("state", ["stopped", "failed"])
def test_what_is_cut_off_takes_the_place_of_nothing_that_was_done(opened: Callable[..., Database], state: str) -> None:
    it = opened()
    it.put(run(1))
    it.put(run(1, state, 1))
    assert opened().get(run(1).key) == run(1)
    it.put(run(2, state, 1))
    it.put(run(2))
    assert opened().get(run(2).key) == run(2)


def test_it_is_bounded_in_bytes_and_kept_runs_stay_longest(opened: Callable[..., Database]) -> None:
    size = len(written.pack(run(1, records=50)))
    it = opened(most=3.5 * size)
    for seed in range(3):
        it.put(run(seed, records=50))
    it.keep(run(0).key, kept=True)
    again = opened(most=3.5 * size)
    again.get(run(1).key)  # used last
    again.put(run(3, records=50))
    left = opened()
    assert [left.get(run(seed).key) is not None for seed in range(4)] == [True, True, False, True]
    assert next((each.key, each.kept) for each in left.recent()) == (run(0).key, True)
    assert {each.key for each in left.recent()} == {run(seed).key for seed in (0, 1, 3)}


def test_the_largest_run_is_kept_even_where_it_is_alone(opened: Callable[..., Database]) -> None:
    it = opened(most=10)
    it.put(run(1))
    it.put(run(2))
    assert [opened().get(run(seed).key) is not None for seed in (1, 2)] == [False, True]


@pytest.mark.parametrize("damage", [b"no database at all " * 300, None])
def test_a_damaged_file_is_set_aside_and_told(
    opened: Callable[..., Database],
    tmp_path: Path,
    damage: bytes | None,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    it = opened()
    for seed in range(40):
        it.put(run(seed))
    it.close()
    file = tmp_path / FILE
    data = damage or file.read_bytes()[:100] + bytes(len(file.read_bytes()) - 100)
    file.write_bytes(data)
    connect, tried = sqlite3.connect, []
    monkeypatch.setattr(sqlite3, "connect", lambda *given, **more: tried.append(connect(*given, **more)) or tried[-1])
    again = opened()
    assert again.get(run(1).key) is None
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):  # what is open cannot be set aside everywhere
        tried[0].execute("SELECT 1")
    again.put(run(1))
    assert opened().get(run(1).key) == run(1)
    assert (tmp_path / "runs.damaged-1").read_bytes() == data
    assert "is set aside as runs.damaged-1" in caplog.text


def test_a_locked_file_is_told_and_what_was_done_is_written_later(
    opened: Callable[..., Database], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOCKED_SECONDS", 0.01)
    it = opened()
    other = sqlite3.connect(tmp_path / FILE)
    other.execute("BEGIN IMMEDIATE")
    it.put(run(1))
    assert it.get(run(1).key) == run(1)
    assert "locked" in it.trouble
    other.rollback()
    it.beat()
    assert it.trouble == ""
    assert opened().get(run(1).key) == run(1)


def test_a_full_disk_is_told_and_survived(opened: Callable[..., Database]) -> None:
    it = opened()
    it.transact(lambda to: to.execute("PRAGMA max_page_count = 1"), None)
    for seed in range(20):
        it.put(run(seed, records=200))
        it.transact(lambda to: to.execute("PRAGMA max_page_count = 1"), None)
    assert all(it.get(run(seed).key) for seed in range(20))
    assert it._unwritten
    it.close()  # there is room again
    it.beat()
    assert all(opened().get(run(seed).key) for seed in range(20))


def test_a_folder_that_cannot_be_written_is_told_and_survived(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    it = Database(tmp_path / "file")
    it.put(run(1))
    assert it.get(run(1).key) == run(1)
    assert "runs cannot be kept" in it.trouble
    assert it.recent() == []


def test_what_this_version_cannot_read_stays_where_it_is(
    opened: Callable[..., Database], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    it = opened()
    it.put(run(1))
    file = sqlite3.connect(tmp_path / FILE)
    with file:
        file.execute('UPDATE runs SET body = ?, config = \'{"task": "later"}\'', (b"another form",))
    again = opened()
    assert again.get(run(1).key) is None
    assert again.recent() == []
    assert len(again) == 1
    assert "cannot be read by this version" in caplog.text


def test_stand_ins_that_cannot_be_written_are_kept_in_memory(opened: Callable[..., Database]) -> None:
    it = opened()
    odd = Snapshot(key="a", config=run(1).config, state="done", result=object())
    it.put(odd)
    assert it.get("a") is odd
    assert it.trouble == ""


@pytest.mark.parametrize(
    "config", [TrainConfig(net=NET, steps=7), BlockConfig(channels=64), NetsConfig(net=NET, other=preset("vgg11"))]
)
def test_a_config_comes_back_from_plain_data(config: Any) -> None:
    assert config_from_plain(config_to_plain(config)) == config
    assert config_from_plain({"task": config.task, **_nets(config)}) is not None
    assert config.task in TASKS


def _nets(config: Any) -> dict[str, Any]:
    return {name: each for name, each in config_to_plain(config).items() if name in {"net", "other"}}


@pytest.mark.parametrize(
    ("told", "place"), [("off", None), ("OFF", None), ("/srv/runs", "/srv/runs"), ("", "/data/resnet-explorer")]
)
def test_where_runs_are_kept(told: str, place: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESNET_EXPLORER_STORE", told)
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    monkeypatch.setenv("LOCALAPPDATA", "/data")
    monkeypatch.setattr(sys, "platform", "linux")
    found = folder()
    assert (found.as_posix() if found else None) == place


def test_many_processes_may_write_at_once(opened: Callable[..., Database]) -> None:
    one, two = opened(), opened()
    for seed in range(0, 20, 2):
        one.put(run(seed))
        two.put(run(seed + 1))
    assert len(opened()) == 20


def test_many_are_asked_for_with_one_question(opened: Callable[..., Database], monkeypatch: pytest.MonkeyPatch) -> None:
    it = opened()
    it.put(run(1))
    it.began(job(2))
    again, asked = opened(), []
    real = again.transact
    monkeypatch.setattr(again, "transact", lambda work, default: asked.append(work) or real(work, default))
    assert again.among([run(1).key, job(2).key, "0123456789abcdef"]) == {run(1).key, job(2).key}
    assert len(asked) == 1
