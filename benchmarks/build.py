"""Building without initialisation, for a checkpoint that follows, against an initialised build on the meta device.

`python -m benchmarks.build`. Each in a fresh process, torch imported and the net described beforehand;
the initialised one pulls in torch._dynamo.
Goal: at most 1/20 of the CPU time.
"""

import statistics
import sys

from benchmarks._paired import in_fresh_processes, medians, tell

ROUNDS = 5
GOAL = 20

META = """
import time, torch
from torch import nn
import resnet_explorer as rx
from resnet_explorer.spec import ops
layers = {
    ops.Conv2d: lambda op: nn.Conv2d(op.in_channels, op.out_channels, op.kernel, op.stride, op.padding, bias=op.bias),
    ops.BatchNorm2d: lambda op: nn.BatchNorm2d(op.channels),
    ops.Linear: lambda op: nn.Linear(op.in_features, op.out_features),
}
graph = rx.preset("NAME").graph
began = time.process_time()
with torch.device("meta"):
    made = [layers[type(node.op)](node.op) for node in graph if type(node.op) in layers]
    for each in made:
        if isinstance(each, nn.Conv2d):
            nn.init.kaiming_normal_(each.weight, mode="fan_out", nonlinearity="relu")
print(time.process_time() - began)
"""

OURS = """
import time, torch
import resnet_explorer as rx
spec = rx.preset("NAME")
began = time.process_time()
rx.build(spec, init=None)
print(time.process_time() - began)
"""


def main() -> int:
    """Take turns, for a small and for the deepest net."""
    statuses = []
    for name in ("resnet18", "resnet50", "resnet152"):
        programs = {"build(init=None)": OURS.replace("NAME", name), "meta, initialised": META.replace("NAME", name)}
        seconds = in_fresh_processes(programs, ROUNDS)
        ours, meta = (statistics.median(times) for times in seconds.values())
        verdict = f"1/{meta / ours:.0f} of the CPU time (goal 1/{GOAL})"
        statuses.append(tell(f"{name}, fresh process", medians(seconds), verdict, met=meta >= GOAL * ours))
    return max(statuses)


if __name__ == "__main__":
    sys.exit(main())
