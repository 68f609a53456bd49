"""`ledger`: one network, counted under every convention, each difference named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.analysis import analyse
from resnet_explorer.analysis.ledger import LedgerRow, ledger, under
from resnet_explorer.analysis.parameters import PARAMETERS
from resnet_explorer.analysis.step import totals
from resnet_explorer.commands import nets
from resnet_explorer.commands.command import Answer, Command

if TYPE_CHECKING:
    import argparse


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("net", metavar="NET")
    nets.add_sizes(parser, "the network's own")


def _run(chosen: argparse.Namespace) -> Answer:
    report = analyse(nets.network(chosen.net, chosen))
    lines, parameters = ledger(report), under(report, PARAMETERS)
    training = totals(report)
    data = {
        "name": nets.name(chosen.net),
        "conventions": [_data(line) for line in lines],
        "parameters": [_data(line) for line in parameters],
        "training_flops": training,
    }
    heads = (
        f"{nets.name(chosen.net)}, one image",
        "parameters",
        "FLOPs of a training step",
    )
    said = [heads[0], *map(_text, lines), heads[1], *map(_text, parameters), heads[2]]
    return Answer(
        data, "\n\n".join([*said, "\n".join(f"{flops:>18,}  {freeze}" for freeze, flops in training.items())])
    )


def _data(line: LedgerRow) -> dict[str, object]:
    return {
        "name": line.convention.name,
        "title": line.convention.title,
        "who": line.convention.who,
        "unit": line.convention.unit,
        "mode": line.convention.mode,
        "total": line.total,
        "terms": [{"what": term.what, "number": term.number} for term in line.terms],
        "note": line.note,
    }


def _text(line: LedgerRow) -> str:
    head = f"{line.total:>18,}  {line.convention.title}: {line.convention.who}"
    terms = [f"{term.number:>+22,}  {term.what}" for term in line.terms] if len(line.terms) > 1 else []
    return "\n".join([head, *terms, *([f"{'':24}{line.note}"] if line.note else [])])


LEDGER = Command(name="ledger", help="one network under every convention of counting", arguments=_arguments, run=_run)
