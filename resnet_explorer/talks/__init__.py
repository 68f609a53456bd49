"""Talks: lists of beats, each a sentence, the link of a view, and what to say; one Markdown file each.

    # The title of the talk

    ## The sentence that stands under the figure

    view: bottleneck?channels=256
    source: counted from the blocks themselves

    What to say, in as many paragraphs as it takes.

Those of this folder are always there; a folder of one's own (`RESNET_EXPLORER_TALKS`) adds to them, or replaces one of
the same name. What may be a source, `sources.py` says.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl

from resnet_explorer.errors import ExplorerError, UnknownName

FOLDER = "RESNET_EXPLORER_TALKS"
_HERE = Path(__file__).parent
_NAME = re.compile(r"[a-z0-9_-]{1,40}")
_FIELD = re.compile(r"(view|source): *(.*)")
LONGEST = 100_000
"""Characters of a file that is read as a talk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """A moment of a talk: what stands under the figure, the view that is shown, what to say, and what shows it."""

    says: str
    view: str
    notes: str
    source: str

    @property
    def page(self) -> str:
        """The page of its view."""
        return self.view.partition("?")[0]

    @property
    def texts(self) -> dict[str, str]:
        """The choices of its view, as a link holds them."""
        return dict(parse_qsl(self.view.partition("?")[2], keep_blank_values=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A talk: its name in links, its title, and its beats in order."""

    name: str
    title: str
    beats: tuple[Beat, ...]


def talks() -> dict[str, Path]:
    """The files of all talks, by name."""
    own = os.environ.get(FOLDER, "")
    folders = [_HERE, *([Path(own)] if own else [])]
    found = sorted(path for folder in folders for path in folder.glob("*.md"))
    return {
        path.stem: path for path in sorted(found, key=lambda path: path.parent != _HERE) if _NAME.fullmatch(path.stem)
    }


def find(name: str) -> Talk:
    """The talk of that name.

    Raises:
        UnknownName: there is none.
        ExplorerError: its file cannot be read, or is none of a talk.
    """
    known = talks()
    if name not in known:
        raise UnknownName("talk", name, tuple(known))
    return read(known[name])


def read(path: Path) -> Talk:
    """The talk of a file.

    Raises:
        ExplorerError: it cannot be read, or is none of a talk.
    """
    try:
        with path.open(encoding="utf-8") as file:
            text = file.read(LONGEST + 1)
    except (OSError, UnicodeDecodeError) as error:
        raise ExplorerError(f"{path}: cannot be read as text ({type(error).__name__})") from None
    if len(text) > LONGEST:
        raise ExplorerError(f"{path}: longer than {LONGEST:,} characters; a talk is a few pages")
    title, *rest = re.split(r"^## +", text, flags=re.MULTILINE)
    found = re.search(r"^# +(.+)$", title, flags=re.MULTILINE)
    if not found or not rest:
        raise ExplorerError(f"{path}: a talk has a title (# ...) and beats (## ...)")
    return Talk(name=path.stem, title=found[1].strip(), beats=tuple(map(_beat, rest)))


def _beat(text: str) -> Beat:
    says, _, body = text.partition("\n")
    fields, notes = {}, []
    for line in body.splitlines():
        if field := _FIELD.fullmatch(line.strip()):
            fields[field[1]] = field[2]
        else:
            notes.append(line)
    return Beat(
        says=says.strip(),
        view=fields.get("view", ""),
        source=fields.get("source", ""),
        notes="\n".join(notes).strip(),
    )


__all__ = ["FOLDER", "Beat", "Talk", "find", "read", "talks"]
