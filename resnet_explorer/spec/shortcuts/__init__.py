"""The shortcut options: A, B and C of the paper (arXiv:1512.03385, Section 4.1, Table 3), and ResNet-D's."""

from resnet_explorer.registry import Registry
from resnet_explorer.spec.shortcuts.average import D
from resnet_explorer.spec.shortcuts.pad import A
from resnet_explorer.spec.shortcuts.project import B, C
from resnet_explorer.spec.shortcuts.shortcut import Shortcut

SHORTCUTS = Registry("shortcut option", (A, B, C, D))

__all__ = ["SHORTCUTS", "Shortcut"]
