"""Words of the field in texts of pages, and what they mean."""

import re
from pathlib import Path

import pytest

from resnet_explorer.jobs.state import READY
from resnet_explorer.ui.parts import terms
from resnet_explorer.ui.parts.derived import html
from tests.ui.silent import Silent
from tests.ui.test_pages import opened

MARKED = terms.marked
GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.md"


def found(text: str) -> list[tuple[str, str]]:
    return re.findall(r'<span class="term" data-t="([^"]*)" data-f="[^"]*">([^<]*)</span>', text)


def test_the_first_use_of_each_word_is_marked_in_any_form() -> None:
    text = MARKED("**MACs** of stages: a Stage, two shortcuts and mini-batches; the gradient norm, then the gradient.")
    assert found(text) == [
        ("MACs", "MACs"),
        ("stage", "stages"),
        ("shortcut", "shortcuts"),
        ("mini-batch", "mini-batches"),
        ("gradient norm", "gradient norm"),
        ("gradient", "gradient"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "`stage`, [a stage](/stage), $stage$ and plain-34",
        "## What a stage is",
        f"{html('3 stages', 'stem + 2 stages')} only",
        "a <b>stage</b>",
        "backstage, stage-wise, mid-stage and pre/stage",
    ],
)
def test_code_links_titles_numbers_and_parts_of_words_stay(text: str) -> None:
    assert MARKED(text) == text


def test_a_page_marks_the_words_of_its_texts_and_of_its_large_numbers(
    engine: Silent, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert engine.state is READY
    monkeypatch.setattr(terms, "marked", MARKED)
    app = opened("explore")
    assert not app.exception
    names = {name for each in app.markdown for name, _ in found(each.value)}
    assert {"MACs", "parameters", "receptive field", "map"} <= names


def test_documents_have_the_same_words() -> None:
    rows = dict(
        re.findall(r"^\| (.+?) \| (.+?) \|$", GLOSSARY.read_text().split("## Words of the field")[1], re.MULTILINE)
    )
    assert {word: rows.get(word) for word in terms.TERMS} == terms.TERMS
