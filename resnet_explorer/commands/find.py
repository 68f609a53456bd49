"""`find`: the network that has so many parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.analysis.conventions import plural
from resnet_explorer.analysis.lookup import SizeMatch, lookup, number_in, told
from resnet_explorer.analysis.parameters import PARAMETERS
from resnet_explorer.commands.command import Answer, Command
from resnet_explorer.errors import InvalidOption
from resnet_explorer.options import Whole
from resnet_explorer.spec import to_query
from resnet_explorer.terminal import table

if TYPE_CHECKING:
    import argparse

NUMBERS = Whole(1, 10**12)


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("number", metavar="NUMBER", help="parameters, such as 11173962, 11,173,962 or 11.2M")


def _run(chosen: argparse.Namespace) -> Answer:
    number = number_in(chosen.number)
    if number is None or not NUMBERS.holds(number.value):
        raise InvalidOption("NUMBER", chosen.number, NUMBERS.allowed)
    found = lookup(number.value, within=number.within)
    rows = [(told(each), f"{each.total:,}", f"{each.more:+,}", PARAMETERS[each.convention].title) for each in found]
    shown = table(("network", "parameters", "difference", "counted"), rows, left=1)
    about = f"about {number.value:,} parameters" if number.within else plural(number.value, "parameter")
    known = abs(found[0].more) <= number.within
    head = about if known else f"no network known here has {about.partition(' parameter')[0]}; the nearest"
    return Answer([_data(each) for each in found], f"{head}\n\n{shown}")


def _data(each: SizeMatch) -> dict[str, object]:
    return {
        "name": each.preset,
        "changes": list(each.changes),
        "query": to_query(each.spec),
        "convention": each.convention,
        "params": each.total,
        "difference": each.more,
    }


FIND = Command(name="find", help="the network that has so many parameters", arguments=_arguments, run=_run)
