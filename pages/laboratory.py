"""Laboratory: experiments that show why residual nets train, each asked before it is answered."""

from resnet_explorer.ui import parts
from resnet_explorer.ui.laboratory import ask, results, start
from resnet_explorer.ui.laboratory.bench import bench

it = bench()

parts.opening(
    "Laboratory",
    "Choose an experiment, say what you expect, and run it: every curve is measured by this installation, while you "
    "look on. Plain nets are dashed vermilion, residual ones solid blue, deeper ones heavier.",
)
ask.choose(it)
parts.section(it.experiment.title, it.experiment.look)
guess = ask.question(it.experiment)
start.buttons(it)
results.watch(it, guess)
parts.source(it.experiment.source)
