"""`talk`: whether a talk can be held: each link opens, and each claim has a paper, a count or a measurement."""

from __future__ import annotations

import pkgutil
from pathlib import Path
from typing import TYPE_CHECKING

from resnet_explorer.commands.command import Answer, Command
from resnet_explorer.errors import ExplorerError
from resnet_explorer.installation import explained
from resnet_explorer.talks import Talk, find, read
from resnet_explorer.talks.sources import unsourced

if TYPE_CHECKING:
    import argparse


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("talk", metavar="TALK", help="the name of a talk, or the path of its file (.md)")


def _run(chosen: argparse.Namespace) -> Answer:
    talk = read(Path(chosen.talk)) if chosen.talk.endswith(".md") else find(chosen.talk)
    found = problems(talk)
    if found:
        raise ExplorerError(f"{talk.name}: " + "; ".join(found))
    data = {"name": talk.name, "title": talk.title, "beats": [beat.says for beat in talk.beats]}
    lines = [f"{place}. {says}" for place, says in enumerate(data["beats"], start=1)]
    return Answer(data, "\n".join([f"{talk.title}: {len(lines)} beats, all of which open", *lines]))


def problems(talk: Talk) -> list[str]:
    """A sentence for each thing that is wrong, in order; needs what the app needs.

    Raises:
        Missing: the app's libraries are not installed.
    """
    with explained():
        # The pages say what opens; they stand above the command line, and are asked for by name.
        opening = pkgutil.resolve_name("resnet_explorer.ui.view.opening")
    closed = [f"beat {place}: {why}" for place, beat in enumerate(talk.beats, start=1) for why in opening.refused(beat)]
    return [*unsourced(talk, opening.SHOWN), *closed]


TALK = Command(
    name="talk",
    help="whether a talk can be held: every link opens, every claim has a source",
    arguments=_arguments,
    run=_run,
)
