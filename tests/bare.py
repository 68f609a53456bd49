"""What needs nothing but Python, run where there is nothing else; prints what came of it as JSON.

Imported by a test too, which compares: nothing here may depend on what is installed.
"""

import contextlib
import io
import json
import sys
import tempfile
from pathlib import Path

import resnet_explorer as rx
from resnet_explorer import diagrams
from resnet_explorer.cli import main
from resnet_explorer.exports import EXPORTS

COMMANDS = (
    ("list",),
    ("catalogue",),
    ("summary", "resnet50"),
    ("ledger", "resnet50"),
    ("compare", "plain34", "resnet34"),
    ("cost", "resnet50"),
    ("experiment", "--list"),
    ("summary", "--help"),
    ("app", "--help"),
    *(("export", "resnet50", "--format", each.name) for each in EXPORTS if not each.extra),
)
WEIGHTS = ("export", "resnet18", "-o", "never.safetensors")
LACKING = (
    ("gradients", "plain34"),
    ("train", "plain34"),
    ("experiment", "slope"),
    ("rerun", "slope"),
    ("app",),
    WEIGHTS,
)


def commands() -> dict[str, str]:
    """What each command writes, for people, and for programs where it can."""
    asked = [*COMMANDS, *((*each, "--json") for each in COMMANDS if not {"--help", "--format"} & {*each})]
    return {" ".join(each): _written(each)[0] for each in asked}


def pictures() -> dict[str, str]:
    """Drawings as SVG: a net, also folded and beside another one, and a block."""
    plain, residual = (rx.analyse(rx.preset(name)) for name in ("plain34", "resnet34"))
    drawn = {
        "net": diagrams.axis(residual),
        "folded": diagrams.axis(residual, folded=()),
        "beside": diagrams.axis(residual, beside=plain),
        "block": diagrams.block(residual.block("layer2.0"), name="layer2.0"),
    }
    return {name: diagrams.standalone(each) for name, each in drawn.items()}


def lacking() -> dict[str, str]:
    """What each command and function says that needs more than there is."""
    said = {" ".join(each): _written(each)[1] for each in LACKING}
    report = rx.analyse(rx.preset("resnet18"))
    calls = {"build": lambda: rx.build(report.spec), "frame": report.to_frame}
    for name, call in calls.items():
        try:
            call()
        except rx.ExplorerError as error:
            said[name] = str(error)
    return said


def weights() -> tuple[str, str]:
    """Which net a file of safetensors is, and what is said of one of `torch.save`, which torch alone opens."""
    header = json.dumps({"conv1.weight": {"dtype": "F32", "shape": [0, 3], "data_offsets": [0, 0]}})
    written = {"x.safetensors": len(header).to_bytes(8, "little") + header.encode(), "x.pth": b"\x80\x02}." * 5}
    said = []
    with tempfile.TemporaryDirectory() as folder:
        for name, content in written.items():
            place = Path(folder) / name
            place.write_bytes(content)
            said.append(_written(("identify", str(place)))[1])
    return said[0], said[1]


def foreign() -> list[str]:
    """The modules that are loaded and are neither Python's nor ours."""
    loaded = {name.partition(".")[0] for name in sys.modules}
    return sorted(loaded - set(sys.stdlib_module_names) - {"__main__", "resnet_explorer"})


def _written(arguments: tuple[str, ...]) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), contextlib.suppress(SystemExit):
        main(arguments)
    return out.getvalue(), err.getvalue()


if __name__ == "__main__":
    found = {
        "place": rx.__file__,
        "commands": commands(),
        "pictures": pictures(),
        "weights": weights(),
        "foreign": foreign(),
    }
    print(json.dumps({**found, "lacking": lacking()}))  # noqa: T201
