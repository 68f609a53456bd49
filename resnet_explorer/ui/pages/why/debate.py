"""What is claimed, what is measured here, what is debated."""

import functools
import re

from resnet_explorer.analysis import bottleneck
from resnet_explorer.analysis.bottleneck import BlockCost
from resnet_explorer.analysis.sentence import say
from resnet_explorer.experiments import EXPERIMENTS, training, words
from resnet_explorer.experiments.recorded import recorded
from resnet_explorer.ui.pages.why.chapter import Chapter, Try
from resnet_explorer.ui.parts import text as parts

ROWS = (
    (
        "“Plain nets fail because their gradients vanish.”",
        (
            "Not with BatchNorm, before the first step: there the gradient is larger towards the input, {start}. What "
            "comes then differs from net to net, and the gradient does not tell how far a layer moves. The paper: "
            "“unlikely to be caused by vanishing gradients” (Section 4.1). Without BatchNorm and with PyTorch's "
            "default initialisation they do vanish, but that is not the setting of the paper.\n\n{moves}"
        ),
    ),
    (
        "“The gradient is 1 + something, so it cannot vanish.”",
        (
            "The identity gives the gradient a direct route: a sum of paths instead of one product. The formula is "
            "exact only for identity shortcuts without a ReLU after the addition (the 2016 block). And it does not "
            "keep gradients from exploding: without BatchNorm, with He initialisation, a deep residual net does."
        ),
    ),
    (
        "“Plain nets hit a ceiling at 20 to 30 layers.”",
        (
            "The paper names no such number. On ImageNet plain-34 is worse than plain-18 (Table 2); on CIFAR-10 a "
            "deeper plain net is worse at each step from 20 to 56 layers (Figure 6). In the small nets of the "
            "Laboratory the harm begins between 8 and 20 layers, and another start alone takes most of it away (Cures)."
        ),
    ),
    (
        "“The bottleneck saves a factor of 17.”",
        (
            "Against two 3×3 at 256 channels: {ratio}, a block that no net of the paper has on maps of that size "
            "(Table 1). Against the one that they have there, two 3×3 at 64 channels: {bottleneck} against {narrow} "
            "weights."
        ),
    ),
)


PLAIN = ("plain-20", "plain-56")
RECORDED_NOTE = "(Recorded: At the start and Degradation in the Laboratory.)"


@functools.cache
def _numbers() -> dict[str, str]:
    """The numbers of the bottleneck's claim, by name."""
    found = bottleneck.compare(256, 4, 56)
    return _measured() | {
        "ratio": parts.inline(f"{found.ratio:.2f}", bottleneck.of_ratio(found.wide, found.bottleneck)),
        "bottleneck": _weights(found.bottleneck),
        "narrow": _weights(found.narrow),
    }


@functools.cache
def _claims() -> str:
    """Each claim and what was measured, in a box of its own: quoted, for the style sheet."""
    told = (f"**{claim}**  \n{measured.format_map(_numbers())}" for claim, measured in ROWS)
    return "\n\n".join(re.sub("^", "> ", each, flags=re.MULTILINE) for each in told)


def _show() -> None:
    parts.meaning(_claims())
    parts.source(
        f"{parts.PAPER}; He et al. 2016, [arXiv:1603.05027](https://arxiv.org/abs/1603.05027); Yang et al. 2019, "
        "[arXiv:1902.08129](https://arxiv.org/abs/1902.08129); Balduzzi et al. 2017, "
        "[arXiv:1702.08591](https://arxiv.org/abs/1702.08591); Veit et al. 2016, "
        "[arXiv:1605.06431](https://arxiv.org/abs/1605.06431); De & Smith 2020, "
        "[arXiv:2002.10444](https://arxiv.org/abs/2002.10444)."
    )


def _measured() -> dict[str, str]:
    """What the recorded runs say of the gradient: before the first step, and what becomes of it in two plain nets."""
    start, race = (recorded(EXPERIMENTS[name]) for name in ("at_start", "degradation"))
    verdict = EXPERIMENTS["at_start"].question.judge(start.runs) if start else None
    moves = training.moves(race.runs, PLAIN) if race else []
    told = verdict.words if verdict else say("as At the start shows")
    return {"start": told.shown(parts.inline), "moves": words.points(moves, RECORDED_NOTE).shown(parts.inline)}


def _weights(cost: BlockCost) -> str:
    return parts.inline(f"{cost.params:,}", bottleneck.of_cost(cost, "params"))


DEBATE = Chapter(
    name="debate",
    title="Claimed, measured, debated",
    short="Debated",
    net="net=resnet50",
    track="macs",
    look="Each popular sentence, and what really happens. The links at its end let you try three of them.",
    picture=_show,
    means=(
        "Residual connections make very deep nets optimisable. **Why is still debated**: at initialisation the "
        "gradients of plain nets with BatchNorm explode towards the input (Yang et al. 2019) and come to resemble "
        "white noise (Balduzzi et al. 2017); in residual nets short paths carry most of the gradient (Veit et al. "
        "2016), and at initialisation BatchNorm keeps each branch small beside its shortcut (De & Smith 2020)."
    ),
    tries=(
        Try(
            label="Watch plain-34: gradient, update / weights",
            page="gradients",
            net="demo_resnet34",
            prefix="g_",
        ),
        Try(
            label="Make gradients really vanish",
            page="gradients",
            net="width=8&stem=cifar&shortcut=A&norm=none&image=8&classes=10",
            prefix="g_",
            texts=(("init", "pytorch"),),
        ),
        Try(
            label="Make a residual net explode",
            page="gradients",
            net="blocks=9,9,9&width=8&stem=cifar&shortcut=A&norm=none&image=8&classes=10",
            prefix="g_",
        ),
    ),
)
