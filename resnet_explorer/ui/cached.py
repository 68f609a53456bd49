"""Readings that pages share between visitors. Immutable, keyed by frozen descriptions, and bounded.

Not `st.cache_*`: those copy what they give, and any visitor's browser may empty them.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import pyarrow as pa

from resnet_explorer import analysis

if TYPE_CHECKING:
    import pandas as pd

    from resnet_explorer.analysis import Report
    from resnet_explorer.spec import NetSpec


@functools.lru_cache(maxsize=64)
def report(spec: NetSpec) -> Report:
    """The analysis of a net."""
    return analysis.analyse(spec)


@functools.lru_cache(maxsize=8)
def layers(spec: NetSpec) -> pd.DataFrame:
    """The table of its layers; not to be written to."""
    return report(spec).to_frame()


@functools.lru_cache(maxsize=16)
def arrow(spec: NetSpec) -> pa.Table:
    """The same table as it travels to the browser: a page pays for the conversion once."""
    return pa.Table.from_pandas(layers(spec), preserve_index=False)
