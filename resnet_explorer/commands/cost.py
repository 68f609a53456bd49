"""`cost`: what a network takes in memory and, at least, in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.analysis import analyse, footprint, roofline
from resnet_explorer.analysis.conventions import plural
from resnet_explorer.analysis.devices import ROOFLINE_DEVICES
from resnet_explorer.analysis.footprint import OPTIMISER_STATES, PRECISIONS
from resnet_explorer.analysis.receptive_field import past, range_px
from resnet_explorer.commands import nets
from resnet_explorer.commands.command import Answer, Command
from resnet_explorer.errors import InvalidOption
from resnet_explorer.terminal import table

if TYPE_CHECKING:
    import argparse

MOST = 65_536
KEYS = {"training": ("weights", "gradients", "state", "saved"), "inference": ("weights", "maps")}
"""The names of the parts for programs, in order; all in bytes."""


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("net", metavar="NET")
    nets.add_sizes(parser, "the network's own")
    parser.add_argument("--batch", type=int, default=256, metavar="N", help="images in a mini-batch (default: 256)")
    for name, entries, default in (
        ("precision", PRECISIONS, "fp32"),
        ("optimiser", OPTIMISER_STATES, "momentum"),
        ("roofline", ROOFLINE_DEVICES, "a100"),
    ):
        listed = ", ".join(entries.names)
        parser.add_argument(f"--{name}", default=default, metavar="X", help=f"{listed} (default: {default})")


def _run(chosen: argparse.Namespace) -> Answer:
    if not 1 <= chosen.batch <= MOST:
        raise InvalidOption("batch", chosen.batch, f"a whole number from 1 to {MOST:,}")
    spec, batch = nets.network(chosen.net, chosen), chosen.batch
    report, precision, device = analyse(spec), PRECISIONS[chosen.precision], ROOFLINE_DEVICES[chosen.roofline]
    parts = {
        "training": footprint.training(report, batch, precision, OPTIMISER_STATES[chosen.optimiser]),
        "inference": footprint.inference(report, batch, precision),
    }
    found = roofline.points(report, batch, precision.value, device.peak(precision.name), device.bandwidth)
    field, all_by = range_px(spec.graph), past(spec.graph)
    besides = f"; past it every value depends on the whole image, by {all_by}" if all_by else ""
    data = {
        "name": nets.name(chosen.net),
        "batch": batch,
        "precision": precision.name,
        **{name: dict(zip(KEYS[name], (part.bytes for part in of), strict=True)) for name, of in parts.items()},
        "field_px": field,
        "intensity": roofline.intensity(found),
        "roofline": device.name,
        "seconds": roofline.seconds(found),
    }
    rows = [(name, part.title, f"{part.bytes:,}", part.working) for name, of in parts.items() for part in of]
    text = (
        f"{table(('when', 'part', 'bytes', 'working'), rows, left=2)}\n\n"
        f"receptive field: {field[0]:,} to {field[1]:,} px, by path{besides}\n"
        f"{device.title}: at least {1e3 * data['seconds']:.3g} ms for {plural(batch, 'image')} forward with each "
        f"operation a kernel of its own, {data['intensity']:.1f} FLOPs per byte ({device.source})"
    )
    return Answer(data, text)


COST = Command(name="cost", help="memory, receptive field and least time of a network", arguments=_arguments, run=_run)
