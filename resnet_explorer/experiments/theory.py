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
    "delta_orthogonal": "the delta-orthogonal one",
}


def of(configs: Sequence[ProfileConfig]) -> tuple[str, ...]:
    """What theory says of these settings, each thing once."""
    projects = any(node.shortcut and node.op.params for config in configs for node in config.net.graph)
    return tuple(dict.fromkeys(_of(config, projects=projects) for config in configs))


def _of(config: ProfileConfig, *, projects: bool) -> str:
    """The factor of a setting, in a sentence, or that there is none."""
    norm, init = config.net.options.norm, config.init
    near = f"a net of stages{', with projections or without,' * projects} is near it, not on it."
    wide = "Theory for wide plain layers:"
    said = {
        "Near the identity no theory of random layers applies.": init == "near_identity",
        "This start has the classifier at zero: before the first step nothing comes back through it.": (
            init == "fixup_like"
        ),
        "Theory has no such number for orthogonal weights with normalisation.": (
            init == "delta_orthogonal" and norm != "none"
        ),
        f"{wide} × {BATCH_NORM:.4f} = √(π/(π−1)) with BatchNorm; {near}": norm == "batch",
        f"With {NORMS[norm].title} there is no such number here: theory has it for BatchNorm and without "
        "normalisation.": norm != "none",
        f"{wide} × {PYTORCH:.4f} = 1/√6 without BatchNorm at PyTorch's default initialisation; {near}": (
            init in SHRINKING
        ),
        f"{wide} × 1 without BatchNorm at {KEEPING.get(init)}; {near}": init in KEEPING,
    }
    other = "Theory has no such number for this initialisation without BatchNorm: it depends on each layer's width."
    return next((words for words, so in said.items() if so), other)
