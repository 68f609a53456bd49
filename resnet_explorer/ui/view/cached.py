"""Readings that pages share between visitors. Immutable, keyed by frozen descriptions, and bounded.

Not `st.cache_*`: those copy what they give, and any visitor's browser may empty them.
"""

from __future__ import annotations

import contextlib
import functools
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from resnet_explorer import analysis
from resnet_explorer.analysis import catalogue, compare, structure
from resnet_explorer.analysis.layer_rows import layer_rows
from resnet_explorer.analysis.metrics import METRICS
from resnet_explorer.bounded import bounded
from resnet_explorer.spec import from_texts

if TYPE_CHECKING:
    import pandas as pd

    from resnet_explorer.analysis import Report
    from resnet_explorer.analysis.catalogue import Entry
    from resnet_explorer.analysis.compare import Comparison
    from resnet_explorer.analysis.structure import Change, Fold
    from resnet_explorer.spec import NetSpec
    from resnet_explorer.spec.imports import Net

MOST_LAYERS = 40_000
"""Of all the nets together that are kept of one kind of reading: two of the largest, or a hundred as people take them.
"""

MOST_BYTES = 8_000_000
"""The same of tables."""

LAYERS = (
    *("path", "op", "kernel", "stride", "groups", "output_shape"),
    *(*METRICS.names, "field_px", "stage", "block", "shortcut"),
)
"""The columns of the table of layers."""


@functools.lru_cache(maxsize=256)
def net(texts: frozenset[tuple[str, str]], default: str) -> NetSpec:
    """The net that texts of a link describe; what cannot be used of them is as in that preset."""
    return from_texts(dict(texts), default)[0]


@bounded(MOST_LAYERS, lambda made: len(made.layers))
def report(spec: Net) -> Report:
    """The analysis of a net."""
    return analysis.analyse(spec)


@bounded(MOST_BYTES, lambda table: table.nbytes)
def arrow(spec: Net) -> pa.Table:
    """The table of its layers as it travels to the browser: a page pays for the conversion once."""
    columns: dict[str, list[Any]] = {name: [] for name in LAYERS}
    for row in layer_rows(report(spec)):
        for name, cells in columns.items():
            cells.append(_shape(row[name]) if name == "output_shape" else row[name])
    return pa.table({name: _narrow(pa.array(cells)) for name, cells in columns.items()})


def _narrow(column: pa.Array) -> pa.Array:
    """Whole numbers in as few bytes as hold them: a table is held for each visitor, and some have 20,000 rows."""
    for kind in (pa.int16(), pa.int32()) if pa.types.is_integer(column.type) else ():
        with contextlib.suppress(pa.ArrowInvalid):
            return column.cast(kind)
    return column


def _shape(shape: Any) -> str:
    return "×".join(map(str, shape))


@functools.cache
def entries() -> tuple[Entry, ...]:
    """All named nets; their reports are not kept."""
    return catalogue.catalogue()


@functools.lru_cache(maxsize=16)
def matching(words: str) -> tuple[Entry, ...]:
    """The named nets in which all of these words occur."""
    return catalogue.matching(entries(), words)


@functools.lru_cache(maxsize=16)
def catalogue_frame(words: str) -> pd.DataFrame:
    """Their table; not to be written to."""
    return catalogue.frame(matching(words))


@functools.lru_cache(maxsize=16)
def catalogue_arrow(words: str) -> pa.Table:
    """The same table as it travels to the browser."""
    return pa.Table.from_pandas(catalogue_frame(words), preserve_index=False)


@bounded(MOST_LAYERS, lambda made: len(made.a.layers) + len(made.b.layers))
def compared(a: Net, b: Net) -> Comparison:
    """Two nets compared."""
    return compare.compare(a, b, report)


@bounded(MOST_LAYERS, len)
def changes(a: Net, b: Net) -> tuple[Change, ...]:
    """Every operation in which they differ."""
    return structure.changes(report(a), report(b))


@bounded(MOST_LAYERS, len)
def folds(a: Net, b: Net) -> tuple[Fold, ...]:
    """The same, equal ones of a stage together."""
    return structure.folded(changes(a, b))


@bounded(MOST_BYTES, lambda table: table.nbytes)
def folds_arrow(a: Net, b: Net) -> pa.Table:
    """The same as it travels to the browser."""
    return pa.Table.from_pandas(structure.frame(folds(a, b)), preserve_index=False)
