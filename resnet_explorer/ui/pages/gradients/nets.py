"""What the Gradients page says of its two nets, and of how they are measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.analysis import formula, start
from resnet_explorer.analysis.conventions import listed, pixels, plural
from resnet_explorer.analysis.frozen import FREEZES, FROZEN_NORMS, NOTHING, TITLES
from resnet_explorer.datasets.digits import DIGITS, TRAIN
from resnet_explorer.spec import title
from resnet_explorer.spec.cuts import everywhere, places
from resnet_explorer.ui.parts import text
from resnet_explorer.ui.view import cached, link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.spec import NetSpec
    from resnet_explorer.tasks.train import TrainConfig


def source(runs: Sequence[TrainConfig]) -> str:
    """How the numbers are measured, and what they are of."""
    optimiser = "Adam" if runs[0].optimiser == "adam" else "SGD with momentum 0.9"
    return (
        f"Measured, not drawn: the nets are real torch modules, trained by {optimiser} and weight "
        f"decay 1e-4 on {TRAIN:,} handwritten digits of 8 × 8 pixels, scaled to the image size ({DIGITS.source}). A "
        "norm is that of the gradient of the mini-batch loss (mean cross-entropy in nats) with respect to one layer's "
        "weights, before the step. Small pictures and few steps: no replication of the paper."
    )


def which(runs: Sequence[TrainConfig]) -> str:
    """Which nets run, how large they are, and whether they are the net of Explore."""
    plain, residual = runs[0].net, runs[-1].net
    sizes = {cached.report(each).params for each in (plain, residual)}
    equal = (
        f"{_params(residual)} parameters{' each' if len(runs) > 1 else ', a net without shortcuts on its own'}"
        if len(sizes) == 1
        else f"{_params(plain)} and {_params(residual)} parameters"
    )
    chosen = link.net()
    other = "" if chosen in (plain, residual) else f" The net chosen on Explore, {title(chosen)}, is another one."
    nets = " against ".join(f"**{title(config.net)}**" for config in runs)
    run = f"{plural(runs[0].steps, 'step')} of {plural(runs[0].batch, 'digit')} on `{runs[0].device}`"
    return f"{nets}: {pixels(plain.input_shape)}, {equal}; {run}.{_frozen(runs[0].freeze)}{other}"


def _frozen(freeze: str) -> str:
    """Which layers get no update, and what first and last mean then."""
    if freeze == NOTHING:
        return ""
    what = TITLES[FREEZES.index(freeze)]
    if freeze == FROZEN_NORMS:
        return f" Frozen: {what}, which uses running statistics and gets no update."
    return (
        f" Frozen: {what}: no update and no gradient there, BatchNorms use running statistics. First and last are "
        "those of the convolutions that train, where any do."
    )


def alike(runs: Sequence[TrainConfig]) -> str:
    """What the two nets have in common before the first step, and what each tensor is that they have not."""
    if len(runs) == 1:
        return "This net has no shortcuts, so that it runs on its own."
    plain, residual = runs[0].net, runs[-1].net
    found = start.apart(plain, residual, by_branch=runs[0].init == "fixup_like")
    kinds = ((found.added, f"that {title(residual)} alone has"), (found.otherwise, "that start otherwise"))
    but = [f"{plural(len(names), 'tensor')} {what} ({start.listed(names)})" for names, what in kinds if names]
    apart = f", but for {listed(but)}," if but else ""
    mixes = any(node.op.kind == "mix" for node in residual.graph)
    return (
        f"Both nets have the same main path, the same weights to start from{apart} and the same data in the same "
        f"order; one {'mixes x in' if mixes else 'adds x back'} after {_where(residual)}."
    )


def _where(net: NetSpec) -> str:
    """The blocks behind which the shortcut is added."""
    total = len(everywhere(net.options.blocks))
    cut = len(places(net.options.cut))
    return f"{total - cut} of its {total} blocks (all but {net.options.cut})" if cut else "each block"


def _params(net: NetSpec) -> str:
    """Its parameters as a number that shows how it is made."""
    return text.inline(formula.of_stages(cached.report(net), "params"))
