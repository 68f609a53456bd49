"""Laboratory: experiments that show why residual nets train, each asked before it is answered."""

from resnet_explorer.ui.pages.laboratory import ask, overview, results, start
from resnet_explorer.ui.pages.laboratory.bench import bench
from resnet_explorer.ui.parts import recent
from resnet_explorer.ui.parts import text as parts

it = bench()

if it is None:
    overview.show()
else:
    overview.back(it.experiment)
    parts.opening(it.experiment.title, it.experiment.look)
    ask.choose(it)
    guess = ask.question(it)
    start.buttons(it)
    results.watch(it, guess)
    if guess >= 0:  # sources and theory name answers
        parts.source(it.experiment.source)
    overview.onward(it.experiment)

recent.show("laboratory")
