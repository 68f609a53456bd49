"""A page on paper: its link above it, and its numbers as answers or as blanks."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest

from resnet_explorer.diagrams import style
from resnet_explorer.ui.app import styled
from resnet_explorer.ui.canvas import mount
from resnet_explorer.ui.parts import handout, live, share
from resnet_explorer.ui.view import link

SHEET = (Path(styled.__file__).parent / "paper.css").read_text(encoding="utf-8")


@pytest.mark.parametrize("blank", [False, True])
def test_the_head_of_a_printed_page_holds_its_link_as_text_and_as_code(*, blank: bool) -> None:
    address = "http://127.0.0.1/block?net=resnet50&at=layer1.0"
    made = handout._head(address, blank=blank)
    assert made == {"address": address, "code": f"{share.CODE}?of={quote(address, safe='')}", "blank": blank}


@pytest.mark.parametrize("more", [0, 1])
def test_a_link_that_no_telephone_reads_from_paper_is_text_alone(more: int) -> None:
    address = "http://127.0.0.1/explore?".ljust(share.MOST_LETTERS + more, "x")
    made = handout._head(address, blank=False)
    assert made["address"] == address
    assert bool(made["code"]) is (more == 0)


def test_the_sheet_hides_the_head_on_screens_and_blanks_numbers_on_paper_alone() -> None:
    screen, _, paper = SHEET.partition("@media print {")
    assert re.search(r"\.paper-head \{ display: none; \}", screen)
    assert re.search(r":has\(\.paper-blanks\) \{[^}]*--rx-blank: transparent", paper)
    assert re.search(
        r"\.st-key-workings td:nth-child\(n \+ 5\)\) \{ color: transparent !important; \}", paper
    )  # answers too
    assert "transparent" not in screen


def test_paper_leaves_out_the_links_that_the_script_follows() -> None:
    script = (Path(mount.__file__).parent / "scripts" / "followed.js").read_text(encoding="utf-8")
    (followed,) = re.findall(r"(a\[href\]:not\(.*\))';", script)
    assert f"p:has(> {followed})" in SHEET


def test_the_way_of_printing_is_no_part_of_the_view() -> None:
    assert link.PRINT in link.FRAME


def test_a_dark_page_is_printed_in_ink_and_its_drawings_are() -> None:
    _, _, paper = SHEET.partition("@media print {")
    assert re.search(r":has\(\.paper-dark\)\) \{", paper)
    night = style.SHEET.partition(".rx-night,.rx-night .rx-root{")[0]
    assert night.endswith("@media screen{")


def test_a_table_that_is_left_out_leaves_no_hole_and_answers_can_be_ticked() -> None:
    paper = SHEET.partition("@media print {")[2]
    assert '[data-testid="stElementContainer"]:has([data-testid="stDataFrame"]),' in paper
    assert '[class*="st-key-guess-"] [data-testid="stRadio"] { display: block !important; }' in paper


def test_a_table_of_a_wide_window_is_as_wide_as_paper() -> None:
    paper = SHEET.partition("@media print {")[2]
    assert '[data-testid="stDataFrame"] canvas { max-width: 100% !important; }' in paper


def test_a_part_in_which_nothing_was_measured_is_no_part_of_a_hand_out() -> None:
    paper = SHEET.partition("@media print {")[2]
    assert re.search(
        rf'\[class\*="st-key-{live.UNMEASURED}"\],\s+\[data-testid="stElementContainer"\]:has\(.* h2\)', paper
    )
