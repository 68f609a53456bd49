"""Learn the difference from x."""

from resnet_explorer.ui.pages.why.chapter import Chapter, Try
from resnet_explorer.ui.parts import text as parts


def _origin() -> str:
    return f"Section 3.1 of {parts.PAPER}."


RESIDUAL = Chapter(
    name="residual",
    title="Learn the difference, not the whole",
    short="Residual",
    net="net=resnet34&shortcut=A",
    track="macs",
    look=(
        "If a few layers should compute H(x), let them compute only what is missing from x, and add x back.\n\n"
        "*F(x) = H(x) − x*, so that *y = F(x) + x*"  # as drawings have it: a formula of Streamlit's comes late
    ),
    origin=_origin,
    means=(
        "If doing nothing would be best, the branch has only to go to zero, which the paper supposes to be easier than "
        "to build the identity out of convolutions and ReLUs (Sections 1 and 3.1). It offers this as a hypothesis: the "
        "identity is a good point of reference, a kind of preconditioning. It has support: plain nets train deep as "
        "well when their weights are written as the identity and a difference from it (Zagoruyko & Komodakis 2017, "
        "[arXiv:1706.00388](https://arxiv.org/abs/1706.00388)), or when they start with filters that hand signals on "
        "undistorted (Xiao et al. 2018, [arXiv:1806.05393](https://arxiv.org/abs/1806.05393)). An identity shortcut "
        "has no weights and costs no multiplications; a projection has some."
    ),
    tries=(Try(label="See a block with its shortcut", page="block", net="resnet34"),),
)
