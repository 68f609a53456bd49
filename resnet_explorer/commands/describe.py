"""`describe`: somebody's own module, counted."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

from resnet_explorer.analysis import analyse
from resnet_explorer.analysis.conventions import plural
from resnet_explorer.analysis.table import makeup
from resnet_explorer.commands.command import Answer, Command
from resnet_explorer.errors import InvalidOption
from resnet_explorer.terminal import table

if TYPE_CHECKING:
    import argparse

    from resnet_explorer.analysis import Report

INPUT = "3,224,224"


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "constructor",
        metavar="PACKAGE.MODULE:CONSTRUCTOR",
        help="what makes the module, called without arguments: torchvision.models:resnet50",
    )
    parser.add_argument(
        "--input", default=INPUT, metavar="C,H,W", help=f"shape of one input, without the batch (default: {INPUT})"
    )


def _run(chosen: argparse.Namespace) -> Answer:
    from resnet_explorer.model.imports import from_module  # noqa: PLC0415 - imports torch
    from resnet_explorer.model.imports.locate import constructed  # noqa: PLC0415

    try:
        shape = tuple(int(each) for each in chosen.input.split(","))
    except ValueError:
        raise InvalidOption("input", chosen.input, "whole numbers with commas between, as 3,224,224") from None
    sys.path.append("")  # a module of the present folder, whichever way this was started
    with contextlib.redirect_stdout(sys.stderr):  # what a module prints is no part of the answer
        net = from_module(constructed(chosen.constructor), shape, chosen.constructor.partition(":")[2])
    report = analyse(net)
    return Answer(_data(report), _text(report))


def _data(report: Report) -> dict[str, object]:
    net = report.spec
    return {
        "name": net.title,
        "input_shape": net.input_shape,
        "params": report.params,
        "macs": report.macs,
        "depth": report.depth,
        "field_px": report.field_px,
        "training_memory": report.training_memory(1).total,
        "notes": net.notes,
        "stages": [
            {"name": s.name, "output_shape": s.output_shape, "params": s.params, "macs": s.macs} for s in report.stages
        ],
        "layers": [
            {
                "path": x.path,
                "op": x.op,
                "inputs": x.node.inputs,
                "output_shape": x.output_shape,
                "params": x.params,
                "macs": x.macs,
                "flop_counter_macs": second,
                "field_px": x.field_px,
                "block": x.node.block,
                "shortcut": x.node.shortcut,
                "gate": x.node.gate,
            }
            for x, second in zip(report.layers, net.second, strict=True)
        ],
    }


def _text(report: Report) -> str:
    net = report.spec
    sizes = " x ".join(map(str, net.input_shape))
    made = f"{plural(report.depth, 'weighted layer')}, {plural(len(report.blocks), 'block')} with a shortcut"
    head = f"{net.title}: {made}, input {sizes}"
    rows = [
        (s.name, makeup(s), " x ".join(map(str, s.output_shape)), f"{s.params:,}", f"{s.macs:,}") for s in report.stages
    ]
    total = ("total", "", "", f"{report.params:,}", f"{report.macs:,}")
    shown = table(("stage", "made of", "output", "parameters", "MACs"), [*rows, total], left=3)
    second = sum(net.second)
    agrees = "the same" if second == report.macs else f"{second:,}"
    notes = (f"Half of what torch's FlopCounterMode counts: {agrees}. --json has every operation.", *net.notes)
    return "\n\n".join((head, shown, "\n".join(notes)))


DESCRIBE = Command(name="describe", help="count and describe a module of your own", arguments=_arguments, run=_run)
