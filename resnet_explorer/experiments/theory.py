"""What theory has for the gradient at initialisation: by how much a wide plain layer multiplies it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.analysis.growth import BATCH_NORM, PYTORCH
from resnet_explorer.spec.norms import NORMS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.tasks.profile import ProfileConfig

SHRINKING = ("pytorch", "pytorch_unbiased")
KEEPING = {
    "he": "He's initialisation",
    "he_fan_in": "He's by fan-in",
    "he_slope": "He's by fan-out",
    "delta_orthogonal": "the delta-orthogonal start",
}


WIDE = "Theory for wide plain layers:"
NEAR = "a plain net of stages without gates is near it, not on it."
JOINED = (
    "It is not for nets with shortcuts, whose gradient has other ways back: of theirs only what was measured is told."
)


def of(configs: Sequence[ProfileConfig]) -> tuple[str, ...]:
    """What theory says of these settings, each thing once, and for which nets it is not."""
    said = tuple(dict.fromkeys(map(_of, configs)))
    joined = any(config.net.graph.joined for config in configs)
    return (*said, JOINED) if joined and any(each.startswith(WIDE) for each in said) else said


def _of(config: ProfileConfig) -> str:
    """The factor of a setting, in a sentence, or that there is none."""
    norm, init = config.net.options.norm, config.init
    said = {
        "Near the identity no theory of random layers applies.": init == "near_identity",
        "This start has the classifier at zero: before the first step nothing comes back through it.": (
            init == "fixup_like"
        ),
        "Theory has no such number for orthogonal weights with normalisation.": (
            init == "delta_orthogonal" and norm != "none"
        ),
        f"{WIDE} × {BATCH_NORM:.4f} = √(π/(π−1)) with BatchNorm; {NEAR}": norm == "batch",
        f"With {NORMS[norm].title} there is no such number here: theory has it for BatchNorm and without "
        "normalisation.": norm != "none",
        f"{WIDE} × {PYTORCH:.4f} = 1/√6 without BatchNorm at PyTorch's default initialisation; {NEAR}": (
            init in SHRINKING
        ),
        f"{WIDE} × 1 without BatchNorm at {KEEPING.get(init)}; {NEAR}": init in KEEPING,
    }
    other = "Theory has no such number for this initialisation without BatchNorm: it depends on each layer's width."
    return next((words for words, so in said.items() if so), other)
