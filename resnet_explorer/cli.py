"""The command line: `python -m resnet_explorer`, installed as `resnet-explorer`."""

from __future__ import annotations

import argparse
import errno
import io
import os
import sys
from typing import TYPE_CHECKING, Any, NoReturn

from resnet_explorer.commands import COMMANDS
from resnet_explorer.errors import ExplorerError
from resnet_explorer.installation import explained
from resnet_explorer.spec.query import DEFAULT_FAMILY, fields
from resnet_explorer.terminal import to_json

if TYPE_CHECKING:
    from collections.abc import Sequence

_CLOSED = {errno.EPIPE, errno.EINVAL}
"""What a pipe is called that nobody reads any more; the second on Windows."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0, or 2 with one line on stderr."""
    os.environ["OMP_NUM_THREADS"] = "1"  # before torch loads: the same sums on every machine
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # not every system's pipes have our letters
    chosen = _parser().parse_args(arguments)
    try:
        with explained():
            answer = chosen.command.run(chosen)
    except ExplorerError as error:
        print(f"resnet-explorer: error: {error}", file=sys.stderr)  # noqa: T201
        return 2
    _tell(to_json(answer.data) if chosen.json else answer.text)
    return 0


def _tell(text: str) -> None:
    """Write the answer, as far as somebody reads it."""
    try:
        print(text, flush=True)  # noqa: T201
    except OSError as error:
        if error.errno not in _CLOSED:
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever reads has seen enough


class _Parser(argparse.ArgumentParser):
    """Ends its help with what NET may be, and tells an error in one line."""

    def __init__(self, **settings: Any) -> None:
        settings["formatter_class"] = argparse.RawDescriptionHelpFormatter
        super().__init__(epilog=_nets(), **settings)

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"resnet-explorer: error: {' '.join(message.split())}\n")


def _nets() -> str:
    lines = [f"  {name}: {allowed}" for name, allowed in fields(DEFAULT_FAMILY).items()]
    example = '"block=bottleneck&blocks=3,4,6,3&image=64"'
    return "\n".join(
        ["NET is a preset's name (see: list) or a query string such as", f"{example}. Its fields:", *lines]
    )


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="resnet-explorer", description="Residual networks: counted, measured, trained.")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for each in COMMANDS:
        made = commands.add_parser(each.name, help=each.help, description=each.help)
        made.set_defaults(command=each, json=False)
        if each.answers:
            made.add_argument("--json", action="store_true", help="print JSON; numbers that are not finite are null")
        each.arguments(made)
    return parser
