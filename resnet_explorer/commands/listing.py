"""`list`: the named networks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.analysis import analyse
from resnet_explorer.commands.command import Answer, Command
from resnet_explorer.spec import PRESETS
from resnet_explorer.terminal import table

if TYPE_CHECKING:
    import argparse


def _arguments(parser: argparse.ArgumentParser) -> None:
    """None but those of every command."""


def _run(_chosen: argparse.Namespace) -> Answer:
    reports = [(preset, analyse(preset.spec)) for preset in PRESETS]
    data = [
        {"name": p.name, "title": p.title, "group": p.group, "params": r.params, "macs": r.macs} for p, r in reports
    ]
    rows = [(p.name, p.title, p.group, f"{r.params:,}", f"{r.macs:,}") for p, r in reports]
    return Answer(data, table(("name", "title", "group", "parameters", "MACs"), rows, left=3))


LIST = Command(name="list", help="name the presets", arguments=_arguments, run=_run)
