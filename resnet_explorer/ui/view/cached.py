"""Readings that pages share between visitors. Immutable, keyed by frozen descriptions, and bounded.

Not `st.cache_*`: those copy what they give, and any visitor's browser may empty them.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import pyarrow as pa

from resnet_explorer import analysis
from resnet_explorer.analysis import catalogue, compare, structure

if TYPE_CHECKING:
    import pandas as pd

    from resnet_explorer.analysis import Report
    from resnet_explorer.analysis.catalogue import Entry
    from resnet_explorer.analysis.compare import Comparison
    from resnet_explorer.analysis.structure import Change, Fold
    from resnet_explorer.spec import NetSpec
    from resnet_explorer.spec.imports import Net


@functools.lru_cache(maxsize=64)
def report(spec: Net) -> Report:
    """The analysis of a net."""
    return analysis.analyse(spec)


@functools.lru_cache(maxsize=8)
def layers(spec: Net) -> pd.DataFrame:
    """The table of its layers; not to be written to."""
    return report(spec).to_frame()


@functools.lru_cache(maxsize=16)
def arrow(spec: Net) -> pa.Table:
    """The same table as it travels to the browser: a page pays for the conversion once."""
    return pa.Table.from_pandas(layers(spec), preserve_index=False)


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


@functools.lru_cache(maxsize=64)
def compared(a: NetSpec, b: NetSpec) -> Comparison:
    """Two nets compared."""
    return compare.compare(a, b, report)


@functools.lru_cache(maxsize=64)
def changes(a: NetSpec, b: NetSpec) -> tuple[Change, ...]:
    """Every operation in which they differ."""
    return structure.changes(report(a), report(b))


@functools.lru_cache(maxsize=64)
def folds(a: NetSpec, b: NetSpec) -> tuple[Fold, ...]:
    """The same, equal ones of a stage together."""
    return structure.folded(changes(a, b))


@functools.lru_cache(maxsize=64)
def folds_arrow(a: NetSpec, b: NetSpec) -> pa.Table:
    """The same as it travels to the browser."""
    return pa.Table.from_pandas(structure.frame(folds(a, b)), preserve_index=False)
