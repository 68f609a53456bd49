"""Where the front door leads: three doors, some nets, and all pages by their sections."""

from __future__ import annotations

import functools

from resnet_explorer.analysis.bottleneck import compare
from resnet_explorer.analysis.progression import STATIONS
from resnet_explorer.spec import PRESETS, title
from resnet_explorer.ui.parts import links
from resnet_explorer.ui.parts.links import Link, LinkGroup
from resnet_explorer.ui.view import link
from resnet_explorer.ui.view.navigation import sections
from resnet_explorer.ui.view.views import BottleneckView

RACE = PRESETS["demo_resnet34"]
NETS = {
    "resnet18": "ResNet-18",
    "resnet34": "ResNet-34",
    "resnet50": "ResNet-50",
    "resnet101": "ResNet-101",
    "resnet152": "ResNet-152",
    "resnext50_32x4d": "ResNeXt-50",
    "wide_resnet50_2": "Wide-50",
    "seresnet50": "SE-50",
    "vgg16": "VGG-16",
    "cifar_resnet110": "CIFAR-110",
}
"""What is offered to open, with short names."""


@functools.cache
def _factor() -> str:
    """How many times fewer weights the paper's bottleneck has than two 3x3 convolutions of its outer width."""
    size = BottleneckView()
    found = compare(size.channels, size.reduction, size.pixels, norm=size.norm, projection=size.projection)
    return f"{found.ratio:.0f}×"


def show() -> None:
    """Three doors, some nets, and all pages by their sections: these where the bar folds away, on narrow screens."""
    every = [
        LinkGroup(
            "pages", [Link(each.title, link.onward(each.name), each.help) for each in listed[not section :]], section
        )
        for section, listed in sections().items()
    ]
    links.show([LinkGroup("doors", _doors()), LinkGroup("nets", _nets(), "Open a net"), *every], key="ways")


def _doors() -> list[Link]:
    """Each a question or a deed, and what is behind it."""
    return [
        Link(
            f"Why {_factor()} fewer weights?",
            link.afresh("bottleneck"),
            "A bottleneck against two 3×3 convolutions: the same input, the same output, counted.",
        ),
        Link(
            "Race them live",
            link.afresh("gradients", RACE.name, "g_"),
            f"{title(RACE.spec.plain)} and {title(RACE.spec)}, trained while you watch every layer.",
        ),
        Link(
            "From VGG to ResNet",
            link.afresh("progression", station=STATIONS.names[0]),
            f"{len(STATIONS)} nets, step by step, each with its numbers.",
        ),
    ]


def _nets() -> list[Link]:
    nets = [Link(label, link.afresh("explore", name), PRESETS[name].title) for name, label in NETS.items()]
    return [*nets, Link("all nets", link.onward("catalogue"))]
