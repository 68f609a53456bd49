"""`export`: a network as a file in one of the formats."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from resnet_explorer.analysis import analyse
from resnet_explorer.commands import nets
from resnet_explorer.commands.command import Answer, Command
from resnet_explorer.errors import ExplorerError, InvalidOption, shown
from resnet_explorer.exports import EXPORTS, Export, file_of

if TYPE_CHECKING:
    import argparse


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("net", metavar="NET")
    nets.add_sizes(parser, "the network's own")
    listed = "; ".join(f"{each.name}: {each.help}" for each in EXPORTS).replace("%", "%%")
    parser.add_argument("--format", metavar="F", help=f"{listed} (default: by the ending of FILE)")
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="where to write it (default: standard output)"
    )


def _run(chosen: argparse.Namespace) -> Answer:
    form = _format(chosen.format, chosen.output)
    made = file_of(form, analyse(nets.network(chosen.net, chosen)))
    if chosen.output is None:
        if isinstance(made, bytes):
            raise InvalidOption("-o", None, f"a file, since {form.name} is not text")
        return Answer(None, made.removesuffix("\n"))
    content = made if isinstance(made, bytes) else made.encode()
    try:
        chosen.output.write_bytes(content)
    except OSError as error:
        raise ExplorerError(f"{shown(str(chosen.output), 200)} cannot be written: {error.strerror}") from None
    return Answer(None, f"{chosen.output}: {len(content):,} bytes")


def _format(name: str | None, output: Path | None) -> Export:
    """The format that is named, or the one that such a file has."""
    ending = output.suffix.lower() if output else ""
    found = next((each for each in EXPORTS if each.suffix == ending), None)
    if name is not None:
        return EXPORTS[name]
    if found is None:
        got = f"{shown(output.name)} ends like none of them" if output else "none is named"
        endings = ", ".join(f"{each.name} ({each.suffix})" for each in EXPORTS)
        raise ExplorerError(f"in which format? {got}; --format takes one of, or a FILE ends as: {endings}")
    return found


EXPORT = Command(
    name="export",
    help="write a network as code, table, picture, page, notebook or weights",
    arguments=_arguments,
    run=_run,
    answers=False,
)
