"""What a talk claims, and whether what it names as a source is one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from resnet_explorer.errors import UnknownName, shown
from resnet_explorer.experiments import RECORDED
from resnet_explorer.talks.claims import claims, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from resnet_explorer.talks import Beat, Talk

_PAPER = re.compile(r"\barXiv:(\d{4}\.\d{4,5}|[a-z-]+/\d{7})\b|\bdoi:10\.\d{4,}/\S|https?://\w")
_COUNTED = re.compile(r"counted from the (layers|blocks)( themselves)?")
_MEASURED = re.compile(r"measured, (experiment|page) (\S+)")
ALLOWED = (
    "a paper with its arXiv:, doi: or https:// address, counted from the layers, counted from the blocks, "
    "measured, experiment NAME, or measured, page NAME; a semicolon between several"
)


def unsourced(talk: Talk, pages: tuple[str, ...]) -> Iterator[str]:
    """A sentence for each beat that claims something and names no source, and for each source that is none.

    What is measured is so by a recorded run or an experiment, or on one of these `pages`.
    """
    names = {"experiment": RECORDED.names, "page": pages}
    for place, beat in enumerate(talk.beats, start=1):
        said = None if beat.source else next(filter(claims, _said(beat)), None)
        if said:
            yield f"beat {place}: {shown(said, 80)} is a claim; name what shows it (source: ...): {ALLOWED}"
        for source in _each(beat.source):
            if why := _refused(source, names):
                yield f"beat {place}: {why}"


def shown_source(beat: Beat, pages: Mapping[str, str]) -> str:
    """What shows what a beat says, as people read it: experiments and `pages` by their titles, not by their names."""
    titles = {"experiment": {each.name: each.title for each in RECORDED}, "page": pages}

    def title(found: re.Match[str]) -> str:
        kind, name = found.groups()
        return f"measured, {kind} “{titles[kind].get(name, name)}”"

    return "; ".join(_MEASURED.sub(title, source) for source in _each(beat.source))


def _each(source: str) -> Iterator[str]:
    return filter(None, re.split(r"\s*;\s*", source))


def _said(beat: Beat) -> Iterator[str]:
    """Its sentences; what stands by itself, as a title or in a list, is one without its full stop, too."""
    for part in re.split(r"\n\s*\n|\n(?=\s*(?:[-*+]|\d+\.) )", f"{beat.says}\n\n{beat.notes}"):
        text = " ".join(part.split())
        yield from sentences(text if re.search(r"[.!?][*”\")]*$", text) else f"{text}.")


def _refused(source: str, names: Mapping[str, tuple[str, ...]]) -> str:
    """Why that is no source, if it is none."""
    if _PAPER.search(source) or _COUNTED.fullmatch(source):
        return ""
    measured = _MEASURED.fullmatch(source)
    if not measured:
        return f"source is {shown(source)}; allowed: {ALLOWED}"
    kind, name = measured.groups()
    return "" if name in names[kind] else f"source is {shown(source)}: {UnknownName(kind, name, names[kind])}"
