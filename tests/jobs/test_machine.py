"""What a machine has for us, by what it says of itself."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from resnet_explorer.jobs import machine

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A control group without limits, on a machine that lets this process have 6 cores, and 100 pages of 4096 bytes."""
    monkeypatch.setattr(machine, "CGROUP", tmp_path)
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: set(range(6 if pid == 0 else 1)), raising=False)
    monkeypatch.setattr(os, "sysconf", {"SC_PAGE_SIZE": 4096, "SC_PHYS_PAGES": 100}.__getitem__, raising=False)
    return tmp_path


@pytest.mark.parametrize(
    ("limit", "cores"),
    [
        ("", 6), ("max 100000", 6), ("250000 100000", 2), ("100000 100000", 1), ("50000 100000", 1),
        ("900000 100000", 6), ("300000", 6), ("300000 max", 6),
    ],
)  # fmt: skip
def test_cores_are_those_of_the_process_and_of_its_container(group: Path, limit: str, cores: int) -> None:
    if limit:
        (group / "cpu.max").write_text(f"{limit}\n", encoding="ascii")
    assert machine.cores() == cores


@pytest.mark.parametrize(("limit", "has"), [("", 409_600), ("max", 409_600), ("1000", 1000), ("500000", 409_600)])
def test_memory_is_what_is_installed_or_the_containers(group: Path, limit: str, has: int) -> None:
    if limit:
        (group / "memory.max").write_text(f"{limit}\n", encoding="ascii")
    assert machine.memory_bytes() == has


@pytest.mark.parametrize(("text", "value"), [("", 3.0), ("  ", 3.0), ("0.5", 0.5), (" 7 ", 7.0)])
def test_a_number_of_the_environment(monkeypatch: pytest.MonkeyPatch, text: str, value: float) -> None:
    monkeypatch.setenv("RESNET_EXPLORER_X", text)
    assert machine.number("RESNET_EXPLORER_X", 3.0) == value


@pytest.mark.parametrize("text", ["0", "-1", "inf", "nan", "many"])
def test_what_is_no_positive_number_is_refused(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("RESNET_EXPLORER_X", text)
    with pytest.raises(ValueError, match=f"RESNET_EXPLORER_X is '{text}'; allowed: a number above 0"):
        machine.number("RESNET_EXPLORER_X", 3.0)
