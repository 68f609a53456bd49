"""What the server does with what it has loaded and given out."""

import ctypes
from collections.abc import Callable
from types import SimpleNamespace

import pyarrow as pa
import pytest

import resnet_explorer as rx
from resnet_explorer.analysis.layer_rows import layer_rows
from resnet_explorer.spec import from_query
from resnet_explorer.ui.app import settled
from resnet_explorer.ui.view import cached


def test_threads_share_two_heaps_and_large_blocks_go_back(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(ctypes, "CDLL", lambda _: SimpleNamespace(mallopt=lambda *all_of: told.append(all_of)))
    settled.share()
    assert told == [(-8, 2), (-3, 128 * 1024), (-1, 128 * 1024)]


def _none(_: object) -> SimpleNamespace:
    return SimpleNamespace()  # as macOS and musl have it


def _refused(_: object) -> SimpleNamespace:
    raise TypeError  # as Windows has it


@pytest.mark.parametrize("library", [_none, _refused])
def test_where_there_are_no_such_heaps_nothing_happens(
    library: Callable[[object], SimpleNamespace], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ctypes, "CDLL", library)
    settled.share()


@pytest.mark.parametrize(("query", "macs"), [("net=resnet18", pa.int32()), ("net=vgg16&image=2048", pa.int64())])
def test_the_table_of_layers_has_its_numbers_in_few_bytes(query: str, macs: pa.DataType) -> None:
    spec = from_query(query)
    table = cached.arrow(spec)
    rows = [*layer_rows(rx.analyse(spec))]
    for name in ("kernel", "stride", "groups", "macs", "params", "activations", "field_px"):
        assert table[name].to_pylist() == [row[name] for row in rows]
    assert table.schema.field("kernel").type == pa.int16()
    assert table.schema.field("macs").type == macs
