"""`identify`: which net a file of weights is, and how it departs from the nearest named net and from the paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from resnet_explorer.analysis.conventions import plural
from resnet_explorer.checkpoints import Against, Identity, identify
from resnet_explorer.commands.command import Answer, Command
from resnet_explorer.terminal import table

if TYPE_CHECKING:
    import argparse


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="weights: .safetensors, or what torch.save wrote (needs torch)")


def _run(chosen: argparse.Namespace) -> Answer:
    found = identify(chosen.file)
    return Answer(_data(found), "\n\n".join(_parts(found)))


def _data(found: Identity) -> dict[str, Any]:
    return {
        "title": found.title,
        "query": found.query,
        "same": found.same,
        "exact": found.exact,
        "params": found.params,
        "tensors": found.tensors,
        "nearest": _held(found.nearest),
        "paper": _held(found.paper),
        "unseen": [{"option": each.option, "what": each.help, "values": each.values} for each in found.unseen],
        "fitted": found.fitted,
    }


def _held(against: Against) -> dict[str, Any]:
    return {
        "name": against.name,
        "params": against.params,
        "departures": [each._asdict() for each in against.departures],
    }


def _parts(found: Identity) -> list[str]:
    head = [f"{found.title}: {plural(found.params, 'parameter')} in {plural(found.tensors, 'tensor')}"]
    if found.same:
        but = ", but for the departures below" if found.nearest.departures else ""
        head.append(f"the very tensors of {', '.join(found.same)}{but}")
    head += [f"note: {each}" for each in found.fitted]
    unseen = [f"  {each.option} ({' or '.join(each.values)}): {each.help}" for each in found.unseen]
    parts = ["\n".join(head), _departures("the nearest named net", found.nearest)]
    if found.paper.name != found.nearest.name:
        parts.append(_departures("the nearest net of the paper", found.paper, found.nearest))
    parts.append("\n".join(["cannot be seen in weights:", *unseen]))
    parts.append(f"as a link: explore?{found.query}")
    return parts


def _departures(what: str, against: Against, above: Against | None = None) -> str:
    """The departures from a named net, told in words where there are none, or those from the net above."""
    head = f"against {against.name}, {what} ({against.params:,} parameters):"
    if not against.departures:
        return f"{head} none that can be seen"
    if above and above.departures == against.departures:
        return f"{head} the same"
    rows = [(each.title, each.change, f"{each.params:+,}") for each in against.departures]
    total = ("all", "", f"{sum(each.params for each in against.departures):+,}")
    return f"{head}\n{table(('departure', 'from it to the file', 'parameters'), [*rows, total], left=2)}"


IDENTIFY = Command(name="identify", help="which net a file of weights is", arguments=_arguments, run=_run)
"""The command."""
