"""The room that a page keeps for drawings before they are there: what the browser will need."""

import re

from streamlit.testing.v1 import AppTest

from resnet_explorer import diagrams
from resnet_explorer.diagrams import Drawing
from resnet_explorer.spec import PRESETS
from resnet_explorer.ui.canvas import rooms
from resnet_explorer.ui.view import cached

REPORT = cached.report(PRESETS["resnet34"].spec)
AXIS = diagrams.axis(REPORT)
TITLE = 29
"""A block has its name above it."""


def block(width: float, height: float, narrow: tuple[float, float, float] | None = None) -> Drawing:
    data = {"kind": "block", "narrow": narrow}
    return Drawing(svg="", title="", alt="", width=width, height=height, data=data)


def test_axes_stand_over_each_other() -> None:
    assert rooms.laptop([AXIS]) == AXIS.height
    assert rooms.laptop([AXIS, AXIS]) == 2 * (AXIS.height + 29) + 16
    assert rooms.laptop([AXIS], 4) == AXIS.height + 85


def test_blocks_stand_side_by_side_and_are_enlarged_where_there_is_room() -> None:
    assert rooms.laptop([block(1120, 300)]) == 300 + TITLE
    assert rooms.laptop([block(400, 300)]) == 360 + TITLE  # 1.2 times
    assert rooms.laptop([block(544, 300), block(544, 500)]) == 529  # each has half a page, and its title
    assert rooms.laptop([block(544, 300), block(272, 500)]) == 629


def test_on_a_telephone_blocks_stand_over_each_other_and_counts_two_in_a_row() -> None:
    assert rooms.telephone([AXIS]) == AXIS.height
    assert rooms.telephone([AXIS], 4) == AXIS.height + 2 * 77 + 8
    assert rooms.telephone([block(716, 300)]) == 150 + TITLE
    assert rooms.telephone([block(716, 300), block(716, 300)]) == 2 * (150 + 29) + 16


def test_beside_its_words_which_keep_their_size_a_block_is_made_small() -> None:
    assert rooms.telephone([block(500, 300, (20, 220, 378))]) == 300 + TITLE  # 200 and 158 of words: all there is
    assert rooms.telephone([block(500, 300, (20, 220, 418))]) == 240 + TITLE  # 160 beside 198
    assert rooms.telephone([block(500, 300, (20, 220, 900))]) == 210 + TITLE  # no smaller than this: it scrolls
    assert rooms.telephone([block(300, 300, (20, 220, 280))]) == 358 + TITLE  # enlarged, as on a laptop


def test_a_page_says_what_a_telephone_needs_where_that_is_more() -> None:
    app = AppTest.from_string(
        """
        from resnet_explorer.spec import PRESETS
        from resnet_explorer.ui.parts import pictures
        pictures.two_blocks()
        """
    ).run()
    [said] = [each.proto.body for each in app.get("html")]
    assert re.fullmatch(
        r"<style>@media \(max-width: 767px\) \{ \.st-key-two_blocks:not.*min-height: \d{4}px \} \}</style>", said
    )
