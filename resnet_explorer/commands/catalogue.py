"""`catalogue`: every named network, with what was published of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.analysis.catalogue import Entry, catalogue, matching
from resnet_explorer.analysis.measures import MEASURES
from resnet_explorer.analysis.published import PROTOCOLS
from resnet_explorer.commands.command import Answer, Command
from resnet_explorer.terminal import table

if TYPE_CHECKING:
    import argparse


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs="*", metavar="WORD", help="words that occur in its name, group or paper")


def _run(chosen: argparse.Namespace) -> Answer:
    entries = matching(catalogue(), " ".join(chosen.words))
    return Answer([_data(entry) for entry in entries], _text(entries))


def _data(entry: Entry) -> dict[str, object]:
    return {
        "name": entry.preset.name,
        "title": entry.preset.title,
        "group": entry.preset.group,
        "image": entry.preset.spec.image,
        **entry.numbers,
        "year": entry.origin.year,
        "paper": entry.origin.link,
        "published": [
            {
                "protocol": found.protocol,
                "unit": PROTOCOLS[found.protocol].unit,
                "value": found.value,
                "convention": PROTOCOLS[found.protocol].convention,
                "source": found.place,
            }
            for found in entry.results.values()
        ],
    }


def _text(entries: tuple[Entry, ...]) -> str:
    if not entries:
        return "no net has all of these words"
    measures = list(entries[0].numbers)
    heads = ("name", *(MEASURES[name].title for name in measures), "year", *PROTOCOLS.names)
    rows = [
        (
            entry.preset.name,
            *(f"{entry.numbers[name]:,}" for name in measures),
            str(entry.origin.year),
            *(_cell(entry, name) for name in PROTOCOLS.names),
        )
        for entry in entries
    ]
    notes = [f"{each.name}: {each.unit}; {each.convention}; {each.source}" for each in PROTOCOLS]
    return "\n".join([table(heads, rows), "", *notes, "Columns of different protocols must not be compared."])


def _cell(entry: Entry, protocol: str) -> str:
    found = entry.results.get(protocol)
    return f"{found.value:.3f}".rstrip("0").rstrip(".") if found else "-"


CATALOGUE = Command(
    name="catalogue", help="every named network, with published accuracies", arguments=_arguments, run=_run
)
