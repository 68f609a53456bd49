"""Counting every layer of five nets, against those who count the layers of a live module.

`python -m benchmarks.peers` writes docs/peers.json and makes docs/peers.md and docs/peers.svg of it, which
`python -m benchmarks.peers --draw` makes again without measuring. Goals for ResNet-152, at an image size not seen
before: `analyse` at least 300 times faster than fvcore and 75 times faster than the fastest peer, and `from_module` at
most 1.6 times as long as torchinfo on meta. The peers are in requirements-bench.txt.
"""

import contextlib
import dataclasses
import functools
import importlib
import importlib.metadata
import importlib.util
import io
import json
import platform
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

import resnet_explorer as rx
from benchmarks import _peers_shown as shown
from resnet_explorer.model import measured
from resnet_explorer.processor import kind

ROUNDS = 3
NETS = {
    "resnet18": "ResNet-18",
    "resnet50": "ResNet-50",
    "resnet152": "ResNet-152",
    "cifar_resnet56": "ResNet-56 (CIFAR)",
    "cifar_resnet1202": "ResNet-1202 (CIFAR)",
}
JUDGED = NETS["resnet152"]
GOALS = {"fvcore": 300, "fastest": 75, "from_module": 1.6}


def counted_by_hooks(module: nn.Module, image: torch.Tensor) -> dict[str, int]:
    """Multiply-adds of each convolution and fully connected layer: the few lines that many people write themselves."""
    found: dict[str, int] = {}

    def count(name: str, layer: nn.Module, _: object, output: torch.Tensor) -> None:
        found[name] = output[0].numel() * layer.get_parameter("weight")[0].numel()

    layers = [(name, each) for name, each in module.named_modules() if isinstance(each, nn.Conv2d | nn.Linear)]
    hooks = [each.register_forward_hook(functools.partial(count, name)) for name, each in layers]
    with torch.no_grad():
        module(image)
    for hook in hooks:
        hook.remove()
    return found


def counted_by_torch(module: nn.Module, image: torch.Tensor) -> int:
    """Multiply-adds as FlopCounterMode has them, which keeps those of each module."""
    with torch.no_grad(), FlopCounterMode(display=False) as counter:
        module(image)
    return sum(sum(each.values()) for name, each in counter.get_flop_counts().items() if name == "Global") // 2


def ways(spec: rx.NetSpec, real: nn.Module, meta: nn.Module) -> dict[str, Callable[[], Any]]:
    """Every way to count a net's layers at that image size; real modules calculate, those on meta do not."""
    torchinfo, ptflops, thop, calflops = map(importlib.import_module, shown.PEERS)
    shape = (1, *spec.input_shape)
    image, unreal = torch.zeros(shape), torch.zeros(shape, device="meta")
    return {
        "analyse": lambda: rx.analyse(spec),
        "from_module": lambda: rx.analyse(rx.from_module(meta, spec.input_shape)),
        "hooks, meta": lambda: counted_by_hooks(meta, unreal),
        "torchinfo, meta": lambda: torchinfo.summary(meta, shape, device="meta", verbose=0),
        "FlopCounterMode, meta": lambda: counted_by_torch(meta, unreal),
        "torchinfo": lambda: torchinfo.summary(real, shape, device="cpu", verbose=0),
        "FlopCounterMode": lambda: counted_by_torch(real, image),
        "thop": lambda: thop.profile(real, (image,), verbose=False, ret_layer_info=True),
        "ptflops": lambda: ptflops.get_model_complexity_info(
            real, spec.input_shape, as_strings=False, ost=io.StringIO()
        ),
        "calflops": lambda: calflops.calculate_flops(real, shape, output_as_string=False),
        "fvcore": lambda: measured.fvcore_by_module(real, image),
    }


def agree(spec: rx.NetSpec, found: dict[str, Any]) -> None:
    """See that those with the convention of the paper have the same numbers, or the race means nothing."""
    report = rx.analyse(spec)
    rows = {row.path: row.macs for row in report.weighted}
    assert found["hooks, meta"] == rows, "hooks"  # noqa: S101
    assert all(found["fvcore"][path] == macs for path, macs in rows.items()), "fvcore"  # noqa: S101
    assert found["FlopCounterMode"] == found["FlopCounterMode, meta"] == report.macs, "FlopCounterMode"  # noqa: S101
    assert found["from_module"].macs == report.macs, "from_module"  # noqa: S101


def measure(name: str, rounds: int) -> dict[str, list[float]]:
    """CPU seconds of each way, in turns, back and forth, at another image size in each round."""
    spec = rx.preset(name)
    real, meta = rx.build(spec, init="pytorch", seed=0).eval(), rx.build(spec, init=None, device="meta").eval()
    rx.analyse(spec)  # described, as the modules are built
    seconds: dict[str, list[float]] = {}
    for turn in range(1, rounds + 1):
        now = dataclasses.replace(spec, image=max(spec.sides) + turn)
        found: dict[str, Any] = {}
        order = list(ways(now, real, meta).items())
        for way, call in order if turn % 2 else reversed(order):
            with contextlib.redirect_stdout(io.StringIO()):  # calflops prints its layers, and has no other way
                began = time.process_time()
                found[way] = call()
                seconds.setdefault(way, []).append(time.process_time() - began)
        agree(now, found)
        print(f"{spec.title} at {now.image} px", file=sys.stderr, flush=True)
    return seconds


def measured_now() -> dict[str, Any]:
    """All nets, after one round that is not counted; and where, when and with what."""
    torch.set_num_threads(1)
    measure("resnet18", 1)
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "processor": kind(),
        "python": platform.python_version(),
        "versions": {each: importlib.metadata.version(each) for each in ("torch", "fvcore", *shown.PEERS)},
        "cpu_seconds": {title: measure(name, ROUNDS) for name, title in NETS.items()},
    }


def main() -> int:
    """Measure, write, and judge."""
    absent = [each for each in shown.PEERS if importlib.util.find_spec(each) is None]
    if "--draw" in sys.argv:
        result = json.loads(shown.RESULT.read_text(encoding="utf-8"))
    elif absent:
        print(f"This needs {', '.join(absent)}: pip install -r requirements-bench.txt", file=sys.stderr)
        return 1
    else:
        result = measured_now()
        shown.RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    found = shown.ratios(result["cpu_seconds"][JUDGED])
    shown.PAGE.write_text(shown.page(result, JUDGED), encoding="utf-8")
    shown.PICTURE.write_text(shown.picture(result), encoding="utf-8")
    print(f"{shown.table(result)}\n")
    met = [found[each] <= goal if each == "from_module" else found[each] >= goal for each, goal in GOALS.items()]
    for each, well in zip(GOALS, met, strict=True):
        print(f"{JUDGED}, {each}: {found[each]:,.2f} (goal {GOALS[each]}): {'met' if well else 'MISSED'}")
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
