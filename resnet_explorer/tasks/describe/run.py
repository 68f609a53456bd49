"""A module made by the name of its constructor, and described."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.model.device import resolve
from resnet_explorer.model.imports import from_module
from resnet_explorer.model.imports.locate import constructed

if TYPE_CHECKING:
    from resnet_explorer.spec.imports import ImportedNet
    from resnet_explorer.tasks.describe import DescribeConfig
    from resnet_explorer.tasks.task import Report, Stopped


def describe(config: DescribeConfig, report: Report, stopped: Stopped) -> ImportedNet:  # noqa: ARG001 - one run
    """Make the module, of its own package alone, and describe it; the description is the only record.

    Raises:
        ExplorerError: the device is not there, there is no such constructor, or what it makes cannot be described.
    """
    resolve(config.device)
    module = constructed(config.constructor, inside=True)
    found = from_module(module, config.input_shape, config.constructor.partition(":")[2])
    report(found)
    return found
