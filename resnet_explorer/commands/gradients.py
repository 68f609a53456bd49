"""`gradients`: the gradient norms of networks at initialisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.commands import limits, nets
from resnet_explorer.commands.command import Answer, Command
from resnet_explorer.tasks import TASKS
from resnet_explorer.tasks.gradients import GradientsConfig
from resnet_explorer.terminal import table

if TYPE_CHECKING:
    import argparse

    from resnet_explorer.tasks.gradients import Gradients


def _arguments(parser: argparse.ArgumentParser) -> None:
    nets.add_digits(parser, GradientsConfig)


def _run(chosen: argparse.Namespace) -> Answer:
    data, texts = [], []
    settings = nets.settings(chosen, GradientsConfig)
    specs = [nets.network(net, chosen, digits=True) for net in chosen.nets]
    runs = [
        (nets.name(net), GradientsConfig(net=spec, **settings)) for net, spec in zip(chosen.nets, specs, strict=True)
    ]
    limits.admit(runs)
    for name, config in runs:
        found: Gradients = TASKS["gradients"].carry_out(config, lambda _: None, lambda: False)
        layers = list(zip(found.paths, found.norms, strict=True))
        data.append(
            {
                "name": name,
                "loss": found.loss,
                "layers": [{"path": path, "weight_grad_norm": norm} for path, norm in layers],
                "first_last_ratio": found.ratio,
            }
        )
        head = f"{name}: loss {found.loss:.4g}, first / last {found.ratio:.3g}"
        shown = table(("layer", "gradient norm"), [(path, f"{norm:.4g}") for path, norm in layers])
        texts.append(f"{head}\n\n{shown}")
    return Answer(data, "\n\n".join(texts))


GRADIENTS = Command(
    name="gradients", help="gradient norms at initialisation, on the digits", arguments=_arguments, run=_run
)
