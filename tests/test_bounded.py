"""A cache that is bounded by sizes, and what it is for: links to nets as large as a link can ask for."""

import contextlib
import gc
import weakref

import pytest

from resnet_explorer.bounded import bounded
from resnet_explorer.spec import from_query, network
from resnet_explorer.spec.graph import Node
from resnet_explorer.ui.pages.explore import layers
from resnet_explorer.ui.view import cached


def test_what_was_asked_for_last_is_kept_up_to_a_size() -> None:
    made: list[str] = []

    @bounded(5, len)
    def text(letter: str, count: int) -> str:
        made.append(letter)
        return letter * count

    assert [text("a", 2), text("b", 2), text("a", 2), text("c", 2), text("a", 2)] == ["aa", "bb", "aa", "cc", "aa"]
    assert made == ["a", "b", "c"]
    text("b", 2)
    assert made == ["a", "b", "c", "b"]
    assert text("d", 99) == "d" * 99  # what is larger than all is kept alone
    text("d", 99)
    assert made[-1:] == ["d"]
    assert len(made) == 5


def test_large_nets_of_many_links_do_not_pile_up() -> None:
    for width in range(1, 13):
        spec = from_query(f"block=bottleneck&blocks=500,500,500,500&width={8 * width}")
        assert len(cached.report(spec).layers) > 10_000
    kept = cached.report.kept  # type: ignore[attr-defined]
    assert sum(size for _, size in kept.values()) <= cached.MOST_LAYERS
    graphs = network._graph.kept  # type: ignore[attr-defined]
    assert sum(size for _, size in graphs.values()) <= network.MOST_NODES
    gc.collect()
    assert sum(type(each) is Node for each in gc.get_objects()) < 100_000  # of 240,180: nobody else keeps them


class Opened(contextlib.nullcontext[None]):
    """What has been opened, and what is in it."""

    open = True


def test_a_session_that_is_kept_after_its_page_was_closed_keeps_no_table_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    parts: list[object] = []  # Streamlit holds them for two minutes
    monkeypatch.setattr("streamlit.fragment", lambda part: parts.append(part) or (lambda: None))
    monkeypatch.setattr("streamlit.expander", lambda *_, **__: Opened())
    spec = from_query("net=resnet50&width=72")
    table = weakref.ref(cached.arrow(spec))
    layers.table(spec)
    cached.arrow.kept.clear()  # type: ignore[attr-defined]
    gc.collect()
    assert parts
    assert table() is None
