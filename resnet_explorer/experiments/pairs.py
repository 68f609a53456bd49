"""A net and its plain counterpart, side by side: what the Gradients page runs, and of which nets it is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from resnet_explorer.analysis.sentence import joined, say
from resnet_explorer.experiments import against, nets, training, verdicts
from resnet_explorer.experiments.choices import Choices
from resnet_explorer.experiments.experiment import Experiment, Prediction, Trial, Verdict
from resnet_explorer.experiments.tracks import TRACKS
from resnet_explorer.experiments.words import ending, final, over
from resnet_explorer.registry import Registry
from resnet_explorer.spec import from_query, title
from resnet_explorer.tasks.train import TrainConfig

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.experiments.experiment import TrialRun
    from resnet_explorer.spec import NetSpec


def jobs(net: NetSpec, **settings: Any) -> tuple[Trial, ...]:
    """The jobs of a net and its counterpart, the plain net's first; of one without shortcuts there is one alone."""
    return tuple(
        Trial(name=title(each), config=TrainConfig(net=each, **settings), residual=each != net.plain)
        for each in dict.fromkeys((net.plain, net.residual))
    )


def _judge(runs: Sequence[TrialRun]) -> Verdict | None:
    if not all(map(over, runs)):
        return None
    words = joined(", ", (say(f"{run.job.name} ends at ", ending(run)) for run in runs))
    if idle := verdicts.idle(runs):
        return Verdict(None, say(f"{idle}: ", words))
    return Verdict(against.higher(*map(final, runs)), words)


def _pair(name: str, query: str) -> Experiment:
    net = from_query(query)
    return Experiment(
        name=name,
        part="trouble",
        title=f"Gradients of {title(net)}",
        asks="What does a net's gradient do without its shortcuts?",
        look="Watch the left end of the rows: that is where the gradient arrives last.",
        choices=Choices,
        jobs=lambda choices: jobs(net, seed=choices.seed),
        question=Prediction(
            text="Which net ends with the higher training loss?",
            answers=("the plain one", "the residual one"),
            judge=_judge,
        ),
        charts=(training.RATIOS,),
        read=against.read,
        rows=training.rows,
        columns=training.COLUMNS,
        source=nets.DIGITS,
        replays=True,
        tracks=tuple(TRACKS),
    )


PAIRS = Registry(
    "pair",
    (
        _pair("gradients", "net=demo_resnet34"),
        _pair("gradients_demo18", "net=demo_resnet18"),
        _pair("gradients_cifar56", "net=cifar_resnet56"),
        _pair("gradients_cut", "net=demo_resnet34&cut=layer1.0-2"),
    ),
)
"""The first one is what the Gradients page opens with."""
