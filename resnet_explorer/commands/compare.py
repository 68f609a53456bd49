"""`compare`: two networks, what differs, and where the difference comes from."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from resnet_explorer.analysis import structure
from resnet_explorer.analysis.compare import Comparison, compare
from resnet_explorer.analysis.measures import BATCH, COMPARED
from resnet_explorer.commands import nets
from resnet_explorer.commands.command import Answer, Command
from resnet_explorer.terminal import table

if TYPE_CHECKING:
    import argparse


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("a", metavar="NET_A")
    parser.add_argument("b", metavar="NET_B")
    nets.add_sizes(parser, "each network's own")


def _run(chosen: argparse.Namespace) -> Answer:
    found = compare(nets.network(chosen.a, chosen), nets.network(chosen.b, chosen))
    names = nets.name(chosen.a), nets.name(chosen.b)
    data = {
        "a": names[0],
        "b": names[1],
        "difference": {measure.name: found.difference(measure.name) for measure in COMPARED},
        "causes": [{"name": each.name, "params": each.params, "macs": each.macs} for each in found.causes],
    }
    return Answer(data, "\n\n".join([_measures(found, names), _causes(found), _structure(found), NOTE]))


def _measures(found: Comparison, names: tuple[str, str]) -> str:
    rows = []
    for measure in COMPARED:
        numbers = [measure.of(report, BATCH) for report in (found.a, found.b)]
        rows.append((measure.title, *(f"{number:,}" for number in numbers), f"{numbers[1] - numbers[0]:+,}"))
    return table(("", *names, "difference"), rows)


def _causes(found: Comparison) -> str:
    rows = [(each.title, each.change, f"{each.params:+,}", f"{each.macs:+,}") for each in found.causes]
    total = ("all", "", f"{found.difference('params'):+,}", f"{found.difference('macs'):+,}")
    return table(("cause", "from A to B", "parameters", "MACs"), [*rows, total], left=2)


def _structure(found: Comparison) -> str:
    kinds = Counter(change.kind for change in structure.changes(found.a, found.b))
    return "operations: " + ", ".join(f"{kinds[kind]:,} {kind}" for kind in structure.KINDS)


NOTE = (
    "Causes: A is turned into B one choice after the other, in a fixed order; they add up to the difference exactly;\n"
    "of two families, by kinds of layers.\n"
    f"Training memory is for {BATCH} images, in bytes; MACs are multiply-adds for one image."
)

COMPARE = Command(name="compare", help="two networks: the difference, and its causes", arguments=_arguments, run=_run)
