"""The room that a page keeps for drawings before they are there: what the browser will need on a laptop."""

from resnet_explorer import diagrams
from resnet_explorer.diagrams import Drawing
from resnet_explorer.spec import PRESETS
from resnet_explorer.ui.canvas.mount import room
from resnet_explorer.ui.view import cached

REPORT = cached.report(PRESETS["resnet34"].spec)
AXIS = diagrams.axis(REPORT)


def block(width: float, height: float) -> Drawing:
    return Drawing(svg="", title="", alt="", width=width, height=height, data={"kind": "block"})


def test_axes_stand_over_each_other() -> None:
    assert room([AXIS]) == AXIS.height
    assert room([AXIS, AXIS]) == 2 * (AXIS.height + 29) + 16
    assert room([AXIS], counted=True) == AXIS.height + 85


def test_blocks_stand_side_by_side_and_are_enlarged_where_there_is_room() -> None:
    assert room([block(1120, 300)]) == 300
    assert room([block(400, 300)]) == 360  # 1.2 times
    assert room([block(544, 300), block(544, 500)]) == 529  # each has half a page, and its title
    assert room([block(544, 300), block(272, 500)]) == 629
