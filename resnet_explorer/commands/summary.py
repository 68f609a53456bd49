"""`summary`: the counts of a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.analysis import analyse
from resnet_explorer.analysis.conventions import pixels, plural
from resnet_explorer.commands import nets
from resnet_explorer.commands.command import Answer, Command
from resnet_explorer.spec import to_query
from resnet_explorer.terminal import table

if TYPE_CHECKING:
    import argparse


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("net", metavar="NET")
    nets.add_sizes(parser, "the network's own")


def _run(chosen: argparse.Namespace) -> Answer:
    spec, name = nets.network(chosen.net, chosen), nets.name(chosen.net)
    report = analyse(spec)
    data = {
        "name": name,
        "query": to_query(spec),
        "params": report.params,
        "macs": report.macs,
        "stages": [
            {"name": s.name, "output_shape": s.output_shape, "params": s.params, "macs": s.macs} for s in report.stages
        ],
        "layers": [
            {"path": x.path, "op": x.op, "output_shape": x.output_shape, "params": x.params, "macs": x.macs}
            for x in report.layers
        ],
    }
    rows = [(s.name, " x ".join(map(str, s.output_shape)), f"{s.params:,}", f"{s.macs:,}") for s in report.stages]
    total = ("total", "", f"{report.params:,}", f"{report.macs:,}")
    head = f"{name}: {plural(report.depth, 'weighted layer')}, {pixels(spec.input_shape, ' x ')}, "
    head += plural(spec.classes, "class")
    head += f" ({spec.named_depth})" if spec.named_depth else ""
    note = "MACs are multiply-adds of convolutions and fully connected layers for one image; --json has every layer."
    shown = table(("stage", "output", "parameters", "MACs"), [*rows, total], left=2)
    return Answer(data, f"{head}\n\n{shown}\n\n{note}")


SUMMARY = Command(name="summary", help="count a network, stage by stage", arguments=_arguments, run=_run)
