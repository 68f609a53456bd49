"""Bottleneck: how many times fewer weights it has, and what that is worth."""

from resnet_explorer import jobs as service
from resnet_explorer.tasks.time_block import BlockConfig
from resnet_explorer.ui.pages.bottleneck import saving, timing
from resnet_explorer.ui.parts import controls, present
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.view import hide, link
from resnet_explorer.ui.view.views import BottleneckView

view = link.choices(BottleneckView)
comparison = saving.compared(view)
telling = not hide.hides("tiles")
"""Whether the page may say how many bottlenecks fill the field."""

parts.opening("The bottleneck", "")
with present.figure():
    saving.area(view)
with parts.together():
    if telling:
        parts.meaning(
            f"Same input, same output: {saving.times(comparison)} fewer {saving.counted(view)}. Look at the middle of "
            "each block: a wide 3×3 convolution is where the weights are."
        )
    parts.source(
        "Areas are in proportion, to the last weight, and counted from the blocks themselves. MACs: multiply-adds of "
        "the convolutions for one image, on a map of the chosen size."
    )
saving.drawn(view)

if telling:
    with parts.together():
        parts.section("The arithmetic")
        parts.said(saving.working(comparison))
        saving.table(comparison)
        parts.section(
            "Both comparisons are right",
            "Lines differ in the reduction, and in what the bottleneck is compared with. Solid: two 3×3 of the same "
            "*outer* width. Dotted: of the same *inner* width, which the paper draws. How flat are they?",
        )
    saving.chart(view)
    with parts.together():
        parts.meaning(f"{saving.across(view)} {saving.both_right(comparison, view)}")
        parts.source(f"Counted from the blocks themselves. At the inner width: Figure 5 of {parts.PAPER}.")

if len(service.engine().devices()) > 1:
    controls.widgets(BottleneckView, "device")
timing.panel(
    BlockConfig(
        channels=view.channels, reduction=view.reduction, pixels=view.pixels, norm=view.norm, device=view.device
    )
)
