"""The multiply-adds that papers print for their nets, and how to come from ours to theirs."""

from __future__ import annotations

from typing import NamedTuple

from resnet_explorer.analysis.published import PAPER


class Printed(NamedTuple):
    """The multiply-adds that a paper prints for a net, in units of 10⁹, and what its net or its count does otherwise.

    `options` are turned one after the other; `without_fc` says that only convolutions were counted.
    """

    text: str
    source: str
    options: tuple[tuple[str, str], ...] = ()
    without_fc: bool = False


_V1, _A, _TABLE_1 = ("stride", "v1"), ("shortcut", "A"), f"Table 1 of {PAPER}"
PRINTED = {
    "resnet18": Printed("1.8", _TABLE_1, (_A,)),
    "resnet34": Printed("3.6", _TABLE_1, (_A,)),
    "resnet50": Printed("3.8", _TABLE_1, (_V1,)),
    "resnet101": Printed("7.6", _TABLE_1, (_V1,)),
    "resnet152": Printed("11.3", _TABLE_1, (_V1,)),
    "resnet50_v1": Printed("3.8", _TABLE_1),
    "resnet101_v1": Printed("7.6", _TABLE_1),
    "resnet152_v1": Printed("11.3", _TABLE_1),
    "plain34": Printed("3.6", f"Figure 3 of {PAPER}"),
    "vgg16": Printed("15.3", f"Section 4.1 of {PAPER}", without_fc=True),
    "vgg19": Printed("19.6", f"Figure 3 of {PAPER}"),
}
