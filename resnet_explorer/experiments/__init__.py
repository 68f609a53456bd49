"""The experiments, one a file: a question, the jobs that answer it, and how it is shown. Importing this is light."""

from resnet_explorer.experiments.ablation import ABLATION
from resnet_explorer.experiments.agreement import AGREEMENT
from resnet_explorer.experiments.at_start import AT_START
from resnet_explorer.experiments.choices import Choices
from resnet_explorer.experiments.cures import CURES
from resnet_explorer.experiments.deep_plain import DEEP_PLAIN
from resnet_explorer.experiments.degradation import DEGRADATION
from resnet_explorer.experiments.depth_sweep import DEPTH_SWEEP
from resnet_explorer.experiments.experiment import Chart, Experiment, Track, Trial, TrialRun
from resnet_explorer.experiments.explosion import EXPLOSION
from resnet_explorer.experiments.jacobian import JACOBIAN
from resnet_explorer.experiments.landscape import LANDSCAPE
from resnet_explorer.experiments.lesion import LESION
from resnet_explorer.experiments.own import OWN
from resnet_explorer.experiments.pairs import PAIRS
from resnet_explorer.experiments.paths import PATHS
from resnet_explorer.experiments.shattered import SHATTERED
from resnet_explorer.experiments.slope import SLOPE
from resnet_explorer.experiments.vanishing import VANISHING
from resnet_explorer.experiments.variance import VARIANCE
from resnet_explorer.experiments.without_norm import WITHOUT_NORM
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
        ABLATION,
        AT_START,
        SLOPE,
        DEPTH_SWEEP,
        VANISHING,
        EXPLOSION,
        WITHOUT_NORM,
        CURES,
        DEEP_PLAIN,
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

RECORDED: Registry[Experiment] = Registry("recorded run", (*EXPERIMENTS, *PAIRS))
"""What is shipped as it was once measured, and measured again by `rerun`."""

__all__ = ["EXPERIMENTS", "PAIRS", "PARTS", "RECORDED", "Chart", "Choices", "Experiment", "Track", "Trial", "TrialRun"]
