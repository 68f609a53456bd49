"""A network's description: a family, that family's own options, the image and the classes."""

from __future__ import annotations

import dataclasses
import functools
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any

from resnet_explorer.bounded import bounded
from resnet_explorer.errors import InvalidOption
from resnet_explorer.options import Whole, check, option, options_of
from resnet_explorer.spec.families import FAMILIES, ResNetOptions
from resnet_explorer.spec.kinds import Extent, square

if TYPE_CHECKING:
    from resnet_explorer.spec.graph import Graph
    from resnet_explorer.spec.ops import Shape

MOST_NODES = 40_000
"""Of all the graphs together that are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NetSpec:
    """The whole description of a network; everything else is a reading of it. Frozen and hashable.

    Attributes:
        family: the name of its family: resnet, vgg.
        options: an instance of the family's options class (`ResNetOptions`, `VGGOptions`).
        image: height and width of the image, in pixels: one number, or a pair where they differ.
        classes: how many it tells apart.
        in_channels: of the image: 3 for colours, 1 for grey.

    Raises:
        InvalidOption, UnknownName: a value that no network has.
    """

    family: str = "resnet"
    options: Any = field(default_factory=ResNetOptions)
    image: int | tuple[int, int] = option(
        224, Extent(1, 4096), query="image", help="height and width of the image, in pixels"
    )
    classes: int = option(1000, Whole(1, 1_000_000), query="classes", help="classes to tell apart")
    in_channels: int = option(
        3, Whole(1, 4096), query="in_channels", help="channels of the image: 3 for colours, 1 for grey"
    )

    def __post_init__(self) -> None:
        expected = FAMILIES[self.family].options
        if type(self.options) is not expected:
            raise InvalidOption("options", self.options, f"an instance of {expected.__name__}")
        if isinstance(self.image, tuple) and len(self.image) == 2:
            object.__setattr__(self, "image", square(self.image))
        check(self)
        family = FAMILIES[self.family]
        least = family.least_image(self.options)
        if min(self.sides) < least:
            raise InvalidOption(
                "image", self.image, f"{least} pixels or more, so that {family.least(self.options)} in {self.title}"
            )

    def __repr__(self) -> str:
        return f"from_query({import_module('resnet_explorer.spec').to_query(self)!r})"

    def _repr_html_(self) -> str:
        return str(import_module("resnet_explorer.notebook").of_spec(self))

    @property
    def graph(self) -> Graph:
        """The network as a graph; the same for every image size."""
        return _graph(self.family, self.options, self.classes, self.in_channels)

    @property
    def input_shape(self) -> Shape:
        """The shape of one image: channels, height, width; without the batch."""
        return self.in_channels, *self.sides

    @property
    def sides(self) -> tuple[int, int]:
        """Height and width of the image, in pixels."""
        return (self.image, self.image) if isinstance(self.image, int) else self.image

    def within(self, pixels: int) -> NetSpec:
        """The net at an image of at most so many pixels on its longer side, in the same proportion."""
        longest, least = max(self.sides), FAMILIES[self.family].least_image(self.options)
        if longest <= pixels:
            return self
        height, width = (max(least, round(side * pixels / longest)) for side in self.sides)
        return dataclasses.replace(self, image=(height, width))

    @property
    def title(self) -> str:
        """What people call it: ResNet-34."""
        return FAMILIES[self.family].title(self.options)

    @property
    def plain(self) -> NetSpec:
        """The counterpart without shortcuts; itself if it has none."""
        return _with_options(self, FAMILIES[self.family].plain(self.options))

    @property
    def residual(self) -> NetSpec:
        """The counterpart with shortcuts; itself if it has them, or if its family knows none."""
        return _with_options(self, FAMILIES[self.family].residual(self.options))

    def having(self, **changes: Any) -> NetSpec:
        """A copy with some of the family's options changed: `spec.having(residual=False)`.

        Raises:
            InvalidOption, UnknownName: a value that the option does not allow.
            TypeError: the family has no such option.
        """
        return dataclasses.replace(self, options=dataclasses.replace(self.options, **changes))

    def turned(self, **changes: Any) -> NetSpec:
        """The same; what means nothing beside the changes, as zero-γ without normalisation, goes to its default.

        Raises:
            InvalidOption: what was asked for makes no net, or none without giving up an option that means something.
        """
        known = {each.query: each for each in options_of(type(self.options))}
        reset: dict[str, Any] = {}
        while True:
            try:
                made = self.having(**changes, **reset)
            except InvalidOption as error:
                each = known.get(error.name)
                if each is None or each.field in {*changes, *reset}:
                    raise
                reset[each.field], refused = each.default, error
            else:
                if reset.keys() <= made.idle:
                    return made
                raise refused

    @property
    def named_depth(self) -> str:
        """Why the title counts other layers than those with weights of the main path; empty where it does not."""
        return FAMILIES[self.family].named_depth(self.options)

    @property
    def idle(self) -> frozenset[str]:
        """The family's options that change nothing in this net."""
        return FAMILIES[self.family].idle(self.options)

    @property
    def bare(self) -> NetSpec:
        """The same net, with its idle options at their defaults: a plain net without its counterpart's zero-γ, say."""
        idle = {each.field: each.default for each in options_of(type(self.options)) if each.field in self.idle}
        return _with_options(self, dataclasses.replace(self.options, **idle))


@functools.lru_cache(maxsize=256)
def _with_options(spec: NetSpec, options: Any) -> NetSpec:
    return dataclasses.replace(spec, options=options)


@bounded(MOST_NODES, len)
def _graph(family: str, options: Any, classes: int, in_channels: int) -> Graph:
    return FAMILIES[family].graph(options, classes, in_channels)
