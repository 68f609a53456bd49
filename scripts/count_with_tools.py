"""Count every named net by the tools whose conventions the ledger tells, and write what they give.

    python -m pip install --no-deps --target TOOLS ptflops==0.7.5 thop==0.1.1.post2209072238
    python -m pip install --no-deps --target TOOLS torchinfo==1.8.0 calflops==0.3.2
    PYTHONPATH=.:TOOLS python scripts/count_with_tools.py [NET ...] > tests/reference/counters.csv

Each in its default mode, but for ptflops, which is run with both of its backends. They look at the exact types of
modules, so our own subclasses of torch's are made torch's first.
"""

import contextlib
import io
import sys
import types
import warnings
from importlib import import_module, util
from typing import Any

import torch
from torch import nn

import resnet_explorer as rx
from resnet_explorer.spec import PRESETS, NetSpec

TOOLS = ("ptflops", "ptflops_default", "thop", "torchinfo", "calflops", "macs")


def built(spec: NetSpec) -> nn.Module:
    """The net, of torch's own modules."""
    net = rx.build(spec, init=None)
    for module in net.modules():
        kind = getattr(nn, type(module).__name__, None)
        if kind and isinstance(module, kind):
            module.__class__ = kind
    return net


def calflops() -> Any:
    """The part of calflops that counts modules: the package as a whole needs transformers."""
    found = util.find_spec("calflops")
    package = types.ModuleType("calflops")
    package.__path__ = list((found and found.submodule_search_locations) or ())
    sys.modules["calflops"] = package
    sys.modules.setdefault("transformers", types.SimpleNamespace(AutoTokenizer=None, AutoModel=None))  # type: ignore[arg-type]
    return import_module("calflops.flops_counter").calculate_flops


def counted(spec: NetSpec, calculate: Any) -> tuple[int, ...]:
    """What each of the tools gives."""
    ptflops, thop, torchinfo = (import_module(name) for name in ("ptflops", "thop", "torchinfo"))
    shape = (1, *spec.input_shape)
    by_ptflops = [
        ptflops.get_model_complexity_info(
            built(spec), shape[1:], as_strings=False, print_per_layer_stat=False, backend=backend
        )[0]
        for backend in ("aten", "pytorch")
    ]
    by_thop, _ = thop.profile(built(spec), inputs=(torch.zeros(shape),), verbose=False)
    by_torchinfo = torchinfo.summary(built(spec), input_size=shape, verbose=0).total_mult_adds
    flops, macs, _ = calculate(built(spec), input_shape=shape, output_as_string=False, print_results=False)
    return *by_ptflops, int(by_thop), by_torchinfo, int(flops), int(macs)


def main() -> None:
    """Every named net, a line each."""
    warnings.simplefilter("ignore")
    calculate = calflops()
    print("preset", *TOOLS, sep=",")
    for preset in (PRESETS[name] for name in sys.argv[1:] or PRESETS.names):
        with contextlib.redirect_stdout(io.StringIO()):
            numbers = counted(preset.spec, calculate)
        print(preset.name, *numbers, sep=",", flush=True)


if __name__ == "__main__":
    main()
