"""The laboratory: its experiments, one a file. Importing this is light; workers run what they ask for."""

from resnet_explorer.laboratory.agreement import AGREEMENT
from resnet_explorer.laboratory.at_start import AT_START
from resnet_explorer.laboratory.choices import Choices
from resnet_explorer.laboratory.cures import CURES
from resnet_explorer.laboratory.degradation import DEGRADATION
from resnet_explorer.laboratory.depth_sweep import DEPTH_SWEEP
from resnet_explorer.laboratory.experiment import Chart, Experiment, Job, Run, Track
from resnet_explorer.laboratory.explosion import EXPLOSION
from resnet_explorer.laboratory.jacobian import JACOBIAN
from resnet_explorer.laboratory.landscape import LANDSCAPE
from resnet_explorer.laboratory.lesion import LESION
from resnet_explorer.laboratory.own import OWN
from resnet_explorer.laboratory.pairs import PAIRS, Pair
from resnet_explorer.laboratory.paths import PATHS
from resnet_explorer.laboratory.shattered import SHATTERED
from resnet_explorer.laboratory.slope import SLOPE
from resnet_explorer.laboratory.vanishing import VANISHING
from resnet_explorer.laboratory.variance import VARIANCE
from resnet_explorer.registry import Registry

PARTS = {
    "trouble": "What goes wrong",
    "size": "Is it the size of the gradient?",
    "direction": "Is it the direction?",
    "shortcut": "What a shortcut changes",
    "own": "Try it yourself",
}
"""The parts of the laboratory, in order, by name."""

EXPERIMENTS = Registry(
    "experiment",
    (
        DEGRADATION,
        AT_START,
        SLOPE,
        DEPTH_SWEEP,
        VANISHING,
        EXPLOSION,
        CURES,
        AGREEMENT,
        SHATTERED,
        JACOBIAN,
        VARIANCE,
        PATHS,
        LESION,
        LANDSCAPE,
        OWN,
    ),
)

RECORDED: Registry[Experiment | Pair] = Registry("recorded run", (*EXPERIMENTS, *PAIRS))
"""What is shipped as it was once measured, and measured again by `rerun`."""

__all__ = ["EXPERIMENTS", "PAIRS", "PARTS", "RECORDED", "Chart", "Choices", "Experiment", "Job", "Run", "Track"]
