"""The layers and the stages as tables: CSV, Markdown, and the paper's Table 1 for LaTeX."""

from __future__ import annotations

import csv
import io
from itertools import groupby
from typing import TYPE_CHECKING

from resnet_explorer.analysis.conventions import kernel, plural, sizes
from resnet_explorer.analysis.layer_rows import layer_rows
from resnet_explorer.analysis.origins import origin
from resnet_explorer.analysis.table import stage_rows
from resnet_explorer.exports.export import Export
from resnet_explorer.spec import NetSpec, reference, title, to_query
from resnet_explorer.spec.ops import AvgPool2d, Conv2d, Convolution, FullyConnected, GlobalAvgPool2d, Linear, MaxPool2d

if TYPE_CHECKING:
    from collections.abc import Iterable

    from resnet_explorer.analysis import Layer, Report, Stage

STAGES = "stage", "output", "made of", "parameters", "%", "MACs", "%"
LATEX_TEXT = str.maketrans(
    {
        **{sign: f"\\{sign}" for sign in "&%$#_{}"},
        "\\": r"\textbackslash{}",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        "×": r"$\times$",
        "γ": r"$\gamma$",
        "√": r"$\surd$",
    }
)
"""How LaTeX sees nothing but text in a name."""
MARKDOWN_TEXT = str.maketrans({sign: f"\\{sign}" for sign in "\\|<*`"})
"""The same of Markdown; an underscore within a word means nothing to it."""


def _csv(report: Report) -> str:
    """A row for each layer; shapes as 64×56×56, and nothing that a spreadsheet would take for a formula."""
    rows = [*layer_rows(report)]
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return text.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, tuple):
        return "×".join(map(str, value))
    return round(value, 4) if isinstance(value, float) else neutral(value)


def neutral(cell: object) -> object:
    """The cell, so that a spreadsheet does not take a text for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip()[:1] in {"=", "+", "-", "@"} else cell


def _markdown(report: Report) -> str:
    """What it is, and its stages as a table."""
    rows = [
        (
            row.name.translate(MARKDOWN_TEXT),
            row.output,
            row.makeup.translate(MARKDOWN_TEXT),
            f"{row.params:,}",
            f"{row.params_share}",
            f"{row.macs:,}",
            f"{row.macs_share}",
        )
        for row in stage_rows(report)
    ]
    rows.append(("**total**", "", "", f"**{report.params:,}**", "100", f"**{report.macs:,}**", "100"))
    lines = [STAGES, ("---", "---", "---", "--:", "--:", "--:", "--:"), *rows]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    net = report.spec
    about = f"{origin(net).cited}. `{to_query(net)}`" if isinstance(net, NetSpec) else "Described from its module."
    name = title(net).translate(MARKDOWN_TEXT)
    return (
        f"## {name}\n\n{shown(report)}. MACs are multiply-adds of convolutions and fully connected layers for "
        f"one image.\n\n{table}\n\n{about}\n"
    )


def shown(report: Report) -> str:
    """Its layers, what it is shown, and its classes, where they are known."""
    net = report.spec
    classes = f", {plural(net.classes, 'class')}" if isinstance(net, NetSpec) else ""
    what = "an image" if len(net.input_shape) == 3 else "an input"
    return f"{report.depth:,} weighted layers, {what} of {sizes(net.input_shape)}{classes}"


def _latex(report: Report) -> str:
    """In the form of Table 1 of arXiv:1512.03385; needs amsmath."""
    rows = [rf"{_escaped(stage.name)} & {_extent(stage)} & {_made_of(stage)} \\ \hline" for stage in report.stages]
    name = _escaped(title(report.spec))
    return "\n".join(
        [
            rf"% {title(report.spec)}: {reference(report.spec)}. Needs \usepackage{{amsmath}}.",
            r"\begin{tabular}{c|c|c}",
            rf"\hline layer name & output size & {name} \\ \hline",
            *rows,
            rf"\multicolumn{{2}}{{c|}}{{parameters}} & ${_grouped(report.params)}$ \\",
            rf"\multicolumn{{2}}{{c|}}{{multiply-adds}} & ${_grouped(report.macs)}$ \\ \hline",
            r"\end{tabular}",
            "",
        ]
    )


def _extent(stage: Stage) -> str:
    return r"$\times$".join(map(str, stage.output_shape[1:] or (1, 1)))


def _made_of(stage: Stage) -> str:
    """What stands in the stage's cell: what is loose, then the blocks in brackets with how many they are."""
    loose = _runs(_words(layer) for layer in stage.layers if layer.node.block is None)
    if not stage.blocks:
        return ", ".join(loose)
    inside = [_words(layer) for layer in stage.block(stage.blocks[-1]) if layer.node.main]
    matrix = r" \\ ".join(rf"\text{{{words}}}" for words in inside if words)
    return ", ".join([*loose, rf"$\begin{{bmatrix}} {matrix} \end{{bmatrix}} \times {len(stage.blocks)}$"])


def _runs(words: Iterable[str]) -> list[str]:
    runs = ((each, len([*run])) for each, run in groupby(filter(None, words)))
    return [each if times == 1 else rf"[{each}] $\times$ {times}" for each, times in runs]


def _words(layer: Layer) -> str:
    op = layer.node.op
    match op:
        case Conv2d():
            groups = f", C={op.groups}" if op.groups > 1 else ""
            return rf"{op.kernel}$\times${op.kernel}, {op.out_channels}{groups}{_stride(op.stride, layer)}"
        case MaxPool2d():
            return rf"{op.kernel}$\times${op.kernel} max pool{_stride(op.stride, layer)}"
        case AvgPool2d() | GlobalAvgPool2d():
            return "average pool"
        case Linear() | FullyConnected():
            return f"{op.out_features}-d fc"
        case Convolution():
            groups = f", C={op.groups}" if op.groups > 1 else ""
            sides = kernel(op.sizes).replace("×", r"$\times$")
            return f"{sides}, {op.out_channels}{groups}{_stride(op.stride, layer)}"
    return _escaped(op.kind) if layer.macs else ""


def _stride(stride: int, layer: Layer) -> str:
    """As in the paper, strides are told outside of blocks."""
    return f", stride {stride}" if stride > 1 and layer.node.block is None else ""


def _escaped(text: str) -> str:
    """Text in which LaTeX sees nothing but text."""
    return text.translate(LATEX_TEXT)


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", r"{,}")


CSV = Export(
    name="csv",
    title="CSV",
    help="every layer, with shapes and counts",
    suffix=".csv",
    mime="text/csv",
    write=_csv,
    any_net=True,
)
MARKDOWN = Export(
    name="markdown",
    title="Markdown",
    help="the stages as a table",
    suffix=".md",
    mime="text/markdown",
    write=_markdown,
    any_net=True,
)
LATEX = Export(
    name="latex",
    title="LaTeX",
    help="the stages in the form of the paper's Table 1",
    suffix=".tex",
    mime="text/x-tex",
    write=_latex,
    any_net=True,
)
