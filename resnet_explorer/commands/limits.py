"""The limits of one run, looked at before anything is allocated."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from resnet_explorer.errors import ExplorerError, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from resnet_explorer.tasks.task import Config

HOW = "RESNET_EXPLORER_MAX_BYTES sets another limit."


def admit(runs: Iterable[tuple[str, Config]]) -> None:
    """Look at runs, each with the name of its network, all before the first begins.

    Only memory is limited here: whoever runs a command may wait as long as he likes.

    Raises:
        Refused: one of them takes more than the limits allow; the message says how to change those.
        ExplorerError: the limits in the environment are no numbers.
    """
    from resnet_explorer import jobs as service  # noqa: PLC0415 - help and lists need none of it

    try:
        limits = service.Limits(seconds=math.inf)
    except ValueError as error:
        raise ExplorerError(str(error)) from None
    for name, config in runs:
        try:
            service.admit(config, limits)
        except Refused as error:
            raise Refused(f"{name}: {error} {HOW}") from None
