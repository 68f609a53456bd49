"""Small parts that pages are made of: where one thing that they say ends and another begins."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from resnet_explorer.spec import PRESETS
from resnet_explorer.ui.parts import files, folds, live, text
from resnet_explorer.ui.parts.derived import Derived
from resnet_explorer.ui.view import cached

if TYPE_CHECKING:
    from collections.abc import Sequence

FINAL = {"done", "diverged"}


@pytest.mark.parametrize(
    ("states", "told"),
    [
        ([], "new"),
        (["waiting"], "running"),
        (["done", "running"], "running"),
        (["done", "failed", "running"], "running"),
        (["done"], "partial"),
        (["done", "failed"], "partial"),
        (["failed", "stopped"], "partial"),
        (["done", "diverged"], "complete"),
        (["diverged", "diverged"], "complete"),
    ],
)
def test_a_run_of_two_jobs_is_as_they_are(monkeypatch: pytest.MonkeyPatch, states: list[str], told: str) -> None:
    now = [SimpleNamespace(state=each, finished=each not in {"waiting", "running"}) for each in states]
    monkeypatch.setattr(live, "snapshots", lambda _: now)
    assert live.how(["a", "b"], FINAL) == told


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (["1", "2"], "---:"),
        (["1", "two"], ":---"),
        (["one", "2"], ":---"),
        (["−1.5 %", "**+2,000**"], "---:"),
        (["3×3", "1 – 2"], "---:"),
        (["1 s", "2"], ":---"),
    ],
)
def test_a_column_of_numbers_alone_stands_to_the_right(cells: Sequence[str], mark: str) -> None:
    lines = text.written([{"name": "a", "of": cell} for cell in cells]).splitlines()
    assert lines[:2] == ["| name | of |", f"| :--- | {mark} |"]
    assert len(lines) == 4


def test_short_columns_do_not_break_and_what_means_something_to_a_table_is_written_otherwise() -> None:
    fits, long = "a " * (text.UNBROKEN // 2), "a " * (text.UNBROKEN // 2) + "b"
    _, marks, first, second = text.written([{"x": fits, "y": "a b"}, {"x": "1", "y": long}]).splitlines()
    assert marks == "| :--- | --- |"  # what has a side does not break
    assert first == f"| {fits} | a b |"
    assert second.endswith(f"| {long} |")
    (*_, line) = text.written([{"x": "a|b<c", "y": Derived("7", "3 + 4 = 7")}]).splitlines()
    assert line.startswith("| a\\|b&lt;c | <span")
    assert 'data-f="3 + 4 = 7"' in line


def test_texts_that_are_said_together_are_one_element_until_something_else_is_drawn() -> None:
    def page() -> None:
        import streamlit as st  # noqa: PLC0415 - a script of its own

        from resnet_explorer.ui.parts import text  # noqa: PLC0415

        with text.together() as end:
            text.section("A", "a")
            text.source("from there")
            end()
            st.button("between")
            text.said("b")
            with text.together():
                text.table([{"x": "1"}])
            text.said("c")
        text.said("alone")

    app = AppTest.from_function(page).run()
    first, between, second, alone = app.main.children.values()
    assert first.value == "## A\n\na\n\n:small[:gray[from there]]"
    assert between.label == "between"
    assert second.value == "b\n\n| x |\n| ---: |\n| 1 |\n\nc"
    assert alone.value == "alone"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [("a", "A."), ("", "."), ("it is?", "It is?"), ("No!", "No!"), ("it is.", "It is."), ("éa, b", "Éa, b.")],
)
def test_a_message_is_a_sentence(said: str, sentence: str) -> None:
    assert text.sentence(said) == sentence


def test_what_markdown_means_is_taken_from_it() -> None:
    assert text.literal("a|b<c_d") == "a\\|b\\<c\\_d"
    assert text.literal("a|b<c_d>", in_table=True) == "a|b<c\\_d\\>"
    assert all(text.literal(each) == f"\\{each}" for each in "\\`*_{}[]()#+!|<>~$:&")


def test_a_table_is_taken_away_without_its_index_and_without_formulas() -> None:
    rows = pd.DataFrame({"name": ["=1+1", "b"], "value": [1.5, float("nan")]}, index=[7, 8])
    assert files.csv(rows) == "name,value\n'=1+1,1.5\nb,\n"


@pytest.mark.parametrize(
    ("chosen", "folded"),
    [
        ("", "default"),
        ("conv4_x", ("conv4_x",)),
        ("conv4_x,conv3_x", ("conv3_x", "conv4_x")),
        ("none", ()),
        ("stem", ()),
    ],
)
def test_stages_are_folded_as_the_link_says(
    monkeypatch: pytest.MonkeyPatch, chosen: str, folded: tuple[str, ...] | str
) -> None:
    spec = PRESETS["resnet152"].spec
    monkeypatch.setattr(folds.link, "choices", lambda _: SimpleNamespace(fold=chosen))
    assert cached.report(spec).depth > folds.DEEP
    assert folds.folded(spec) == (folds._folding(spec) if folded == "default" else folded)
    assert ("×N" in folds.sentence(spec)) is bool(folds.folded(spec))
