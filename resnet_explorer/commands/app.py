"""`app`: the pages, opened from any folder."""

from __future__ import annotations

import os
import runpy
import sys
from typing import TYPE_CHECKING

from resnet_explorer.commands.command import Answer, Command
from resnet_explorer.installation import APP_FOLDER, require

if TYPE_CHECKING:
    import argparse

OTHERS = "flags of streamlit run, after --: -- --server.headless true"


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, metavar="N", help="where it listens (default: 8501)")
    parser.add_argument("--address", metavar="X", help="127.0.0.1 keeps it to yourself (default: all addresses)")
    parser.add_argument("flags", nargs="*", metavar="FLAG", help=OTHERS)


def _run(chosen: argparse.Namespace) -> Answer:
    """Become Streamlit, which ends the process; its configuration is found beside the script."""
    from resnet_explorer.jobs.engine import SCHEDULER  # noqa: PLC0415 - help and lists need none of it

    require("app", "table", *(() if os.environ.get(SCHEDULER) else ("torch",)))
    given = {"port": chosen.port, "address": chosen.address}
    flags = [f"--server.{name}={value}" for name, value in given.items() if value is not None]
    sys.argv = ["streamlit", "run", str(APP_FOLDER / "app.py"), *flags, *chosen.flags]
    runpy.run_module("streamlit", run_name="__main__", alter_sys=True)
    return Answer(None, "")


APP = Command(name="app", help="open the pages in a browser", arguments=_arguments, run=_run, answers=False)
