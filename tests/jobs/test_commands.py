"""Runs as files, and what is prepared for a class."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest
from test_database import NET, run

from resnet_explorer.cli import main
from resnet_explorer.commands import prepare
from resnet_explorer.jobs import Engine, Limits
from resnet_explorer.jobs.database import Database
from resnet_explorer.tasks.train import TrainConfig

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    monkeypatch.setenv("RESNET_EXPLORER_STORE", str(tmp_path / "here"))
    return Database(tmp_path / "here")


def test_runs_go_to_another_machine_in_a_file(
    store: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for seed in (1, 2):
        store.put(run(seed))
    file = tmp_path / "runs.jsonl.gz"
    assert main(["runs", "save", str(file)]) == 0
    assert main(["runs", "save", str(file)]) == 2  # nothing is overwritten
    monkeypatch.setenv("RESNET_EXPLORER_STORE", str(tmp_path / "there"))
    assert main(["runs", "load", str(file)]) == 0
    assert Database(tmp_path / "there").get(run(2).key) == run(2)
    assert main(["runs", "list"]) == 0
    assert run(1).key in capsys.readouterr().out


@pytest.mark.parametrize(
    "line", [b"{}", b"[1]", b"no json", b'{"state": "done", "message": "", "config": {"task": "eval"}}', b"[" * 100_000]
)
def test_a_file_that_holds_anything_else_is_refused_as_a_whole(
    store: Database, tmp_path: Path, line: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    from resnet_explorer.jobs import written  # noqa: PLC0415

    file = tmp_path / "runs.jsonl.gz"
    file.write_bytes(gzip.compress(written.plain(run(1)).encode() + b"\n" + line + b"\n"))
    assert main(["runs", "load", str(file)]) == 2
    assert "line 2 of" in capsys.readouterr().err
    assert len(store) == 0
    file.write_bytes(b"no archive")
    assert main(["runs", "load", str(file)]) == 2


def test_where_nothing_is_kept_that_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RESNET_EXPLORER_STORE", "off")
    assert main(["runs", "list"]) == 2
    assert "RESNET_EXPLORER_STORE is off" in capsys.readouterr().err
    assert main(["runs", "save"]) == 2


def test_what_a_class_will_see_is_measured_once_and_kept(
    store: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert len(prepare.wanted(["gradients_demo18"])["gradients_demo18"]) == 2
    assert len(prepare.wanted([])) == len(prepare.RECORDED)
    configs = (TrainConfig(net=NET, steps=2),)
    monkeypatch.setattr(prepare, "wanted", lambda _: {"tiny": configs})
    monkeypatch.setenv("RESNET_EXPLORER_WORKERS", "1")
    assert main(["prepare"]) == 0
    assert "tiny: 1 of 1 ready" in capsys.readouterr().out

    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("resnet_explorer.jobs.driver.Driver.start", refuse)
    again = Engine(store=store, limits=Limits())
    (key,) = again.press(configs)
    assert again.snapshot(key).state == "done"  # type: ignore[union-attr]
