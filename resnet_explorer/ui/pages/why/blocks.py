"""The two blocks."""

from resnet_explorer.analysis.published import RELU_BEFORE_ADDITION
from resnet_explorer.ui.pages.why.chapter import Chapter, Try
from resnet_explorer.ui.parts import pictures

BEFORE, AS_DESIGNED = RELU_BEFORE_ADDITION

TWO_BLOCKS = Chapter(
    name="blocks",
    title="Two blocks of about equal cost",
    short="Blocks",
    net="net=resnet50_v1",
    track="params",
    look="Follow x: down through the branch, and around it along the arc. Both ways meet at the +.",
    picture=pictures.two_blocks,
    means=(
        "A basic block has two 3×3 convolutions, a bottleneck 1×1, 3×3, 1×1: reduce, work, restore. BatchNorm stands "
        "right after each convolution and before the activation. In this 2015 block the *last* ReLU comes after the "
        "addition; those inside the branch come before it. A ReLU at the end of the branch would make F(x) ≥ 0, so "
        f"that it could only add: measured worse, {BEFORE} against {AS_DESIGNED} % error for ResNet-110 on CIFAR-10 "
        "(He et al. 2016, [arXiv:1603.05027](https://arxiv.org/abs/1603.05027), Table 2). The pre-activation block "
        "of that paper has no ReLU after the addition at all."
    ),
    tries=(
        Try(label="Its weights, as areas", page="bottleneck"),
        Try(label="The bottleneck, drawn to scale", page="block", net="resnet50"),
    ),
)
