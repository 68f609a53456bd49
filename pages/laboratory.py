"""Laboratory: experiments that show why residual nets train, each asked before it is answered."""

import streamlit as st

from resnet_explorer.experiments.own_choices import Own
from resnet_explorer.ui.pages.laboratory import ask, guess, overview, results, start
from resnet_explorer.ui.pages.laboratory.bench import bench
from resnet_explorer.ui.parts import recent
from resnet_explorer.ui.parts import text as parts

it = bench()

if it is None:
    overview.show()
else:
    overview.back(it.experiment)
    guessed = guess.question(it)
    results.missing(it)
    with st.container(key="answer"):
        if guessed < 0:
            guess.take(it)
        else:
            results.answer(it, guessed)
    start.buttons(it, guessed)
    asked = isinstance(it.choices, Own) and guessed < 0  # what is measured is looked at before it is chosen anew
    more = st.expander("Nets, seeds, rates, and where this was measured", expanded=asked, on_change="rerun")
    if more.open:
        with more:
            ask.choose(it)
            results.where(it)
    results.rest(it, guessed)
    # Sources and theory name answers.
    parts.passage(origin=it.experiment.source if guessed >= 0 else "", ways=overview.onward(it.experiment))

recent.show("laboratory")
