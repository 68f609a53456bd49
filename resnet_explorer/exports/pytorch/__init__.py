"""The net as one readable file of PyTorch that needs nothing of this project."""

from __future__ import annotations

import re
from textwrap import fill
from typing import TYPE_CHECKING

import resnet_explorer
from resnet_explorer.analysis.conventions import sizes
from resnet_explorer.analysis.origins import origin
from resnet_explorer.exports.export import Export
from resnet_explorer.exports.pytorch.classes import classes, nodes
from resnet_explorer.exports.pytorch.constructors import layers
from resnet_explorer.exports.pytorch.scope import Scope
from resnet_explorer.exports.pytorch.writing import LONGEST, TAB, Occurrences, Writer, defined
from resnet_explorer.spec import FAMILIES, title, to_query
from resnet_explorer.spec.blocks import BLOCKS
from resnet_explorer.spec.forward import grouped
from resnet_explorer.spec.graph import shapes
from resnet_explorer.spec.ops import Conv2d

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.analysis import Report
    from resnet_explorer.exports.pytorch.classes import Class
    from resnet_explorer.spec.forward import Group

IMPORTS = (
    (r"\bOrderedDict\b", "from collections import OrderedDict"),
    (r"\btorch\.", "import torch"),
    (r"\bTensor\b", "from torch import Tensor, nn"),
    (r"\bF\.", "from torch.nn import functional as F"),
)
HE = """
for module in self.modules():  # He et al. 2015, arXiv:1502.01852
    if isinstance(module, nn.Conv2d):
        nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")"""
BIASES = """
        if module.bias is not None:
            nn.init.zeros_(module.bias)"""
TRIED = """
if __name__ == "__main__":
    net = {name}()
    print(sum(parameter.numel() for parameter in net.parameters()), "parameters")
    print(net(torch.randn(2, {shape})).shape)"""


def write(report: Report) -> str:
    """The file."""
    spec, graph = report.spec, report.graph
    names = FAMILIES[spec.family].modules(spec.options)
    net, known = grouped(graph), shapes(graph, spec.input_shape)
    block = getattr(spec.options, "block", None)
    found = classes(net, names, known, BLOCKS[block].expansion if block else 1)
    writer = Writer(found)
    texts = [writer.class_of(each) for each in found]
    texts.append(_net(net, names[""], writer, report, found))
    lacking = [source for name, source in layers().items() if any(f"{name}(" in text for text in texts)]
    tried = TRIED.format(name=names[""], shape=", ".join(map(str, spec.input_shape))).lstrip("\n")
    code = "\n\n\n".join([*lacking, *texts, tried])
    return f'"""{_said(report)}"""\n\n{_imports(code)}\n\n\n{code}\n'


def _net(net: Group, name: str, writer: Writer, report: Report, found: Sequence[Class]) -> str:
    """The class of the whole net, which initialises it."""
    classes = report.spec.classes
    made = "\n".join(writer.constructor(net, Occurrences(Scope({}), (0,), (net,))))
    made = ", num_classes)".join(made.rsplit(f", {classes})", 1))  # the classifier is what is made last
    biased = any(isinstance(node.op, Conv2d) and node.op.bias for node in report.graph)
    return defined(name, [f"num_classes={classes}"], [made, HE + (BIASES if biased else ""), *_starts(found)], net)


def _starts(found: Sequence[Class]) -> list[str]:
    """What starts at a number of its own, whatever the initialisation."""
    lines: list[str] = []
    for each in found:
        own = []
        for node in nodes(each.full):
            path = f"module.{node.path[len(each.full.path) + 1 :]}"
            if getattr(node.op, "zero_gamma", False):
                own.append(f"nn.init.zeros_({path}.weight)")
            if isinstance(node.op, Conv2d) and node.op.bias_start:
                own.append(f"nn.init.constant_({path}.bias, {node.op.bias_start})")
        if own:
            lines += [f"{TAB}if isinstance(module, {each.name}):", *(TAB * 2 + line for line in own)]
    return ["for module in self.modules():", *lines] if lines else []


def _said(report: Report) -> str:
    """What the file says of itself."""
    spec = report.spec
    return (
        f"{fill(title(spec), LONGEST)}.\n\n"
        f"{report.params:,} parameters, {report.macs:,} multiply-adds for an image of {sizes(spec.input_shape)}.\n"
        f"{origin(spec).authors} {origin(spec).year}, {origin(spec).link}\n"
        f"Written by ResNet Explorer {resnet_explorer.__version__} from\n{to_query(spec)}\n"
    )


def _imports(code: str) -> str:
    """What the code needs, in the usual order."""
    found = [line for pattern, line in IMPORTS if re.search(pattern, code)]
    if not any(line.startswith("from torch import") for line in found):
        found.insert(found.index("import torch") + 1, "from torch import nn")
    standard = [line for line in found if "torch" not in line]
    ours = "\n".join(line for line in found if "torch" in line)
    annotated = ["from __future__ import annotations"] if "Tensor" in code else []
    return "\n\n".join([*annotated, *standard, ours])


PYTORCH = Export(
    name="pytorch",
    title="PyTorch code",
    help="one readable file that needs PyTorch alone",
    suffix=".py",
    mime="text/x-python",
    write=write,
)
