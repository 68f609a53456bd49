"""What the pages can do, for Python and notebooks: each takes a net, a name or a query, and needs Python alone."""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from resnet_explorer import diagrams, exports
from resnet_explorer.analysis import analyse, catalogue, footprint, roofline
from resnet_explorer.analysis import compare as comparing
from resnet_explorer.analysis import ledger as counting
from resnet_explorer.analysis.conventions import plural, size
from resnet_explorer.analysis.devices import ROOFLINE_DEVICES
from resnet_explorer.analysis.lookup import lookup, number_in
from resnet_explorer.analysis.measures import BATCH
from resnet_explorer.analysis.parameters import PARAMETERS
from resnet_explorer.analysis.receptive_field import range_px
from resnet_explorer.analysis.step import totals
from resnet_explorer.errors import InvalidOption
from resnet_explorer.installation import explained
from resnet_explorer.notebook import table
from resnet_explorer.options import Whole
from resnet_explorer.spec import described, title, to_query

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

    from resnet_explorer.analysis.compare import Comparison
    from resnet_explorer.analysis.footprint import Allocation
    from resnet_explorer.analysis.ledger import LedgerRow
    from resnet_explorer.spec import NetSpec

IMAGES = Whole(1, 65_536)
STEP, FLOPS = "this app: forward, gradient of weights, gradient of inputs", "floating point operations"
LEAST = 10_000
"""What is a number of parameters and no word: years and numbers of layers are smaller, and so is no named net."""


class Table:
    """What shows itself as a table: `head` and `rows`, the rest follows."""

    __slots__ = ()
    head: tuple[str, ...]

    @property
    def rows(self) -> list[tuple[object, ...]]:
        """The rows, values as they are."""
        raise NotImplementedError

    def _repr_html_(self) -> str:
        return table(self.head, self.rows)

    def to_frame(self) -> pd.DataFrame:
        """The same as a pandas frame.

        Raises:
            Missing: pandas is not installed.
        """
        with explained():
            import pandas as pd  # noqa: PLC0415 - heavy, and only frames need it

        return pd.DataFrame(self.rows, columns=[*self.head])


@dataclass(frozen=True, slots=True)
class Ledger(Table):
    """A net under every convention of counting; goes through its `lines`.

    Its `parameters` by each of theirs; the FLOPs of a `training` step for one image by what is frozen, as in
    `freeze=none`.
    """

    net: NetSpec
    lines: tuple[LedgerRow, ...]
    parameters: tuple[LedgerRow, ...]
    training: Mapping[str, int]
    head = "convention", "who counts so", "unit", "number"

    def __repr__(self) -> str:
        return f"<Ledger of {title(self.net)}: {len(self.lines)} conventions>"

    def __iter__(self) -> Iterator[LedgerRow]:
        return iter(self.lines)

    @property
    def rows(self) -> list[tuple[object, ...]]:
        """A row for each convention, and for each training step."""
        counted = (*self.lines, *self.parameters)
        steps = [(f"training step, freeze={freeze}", STEP, FLOPS, flops) for freeze, flops in self.training.items()]
        return [*((e.convention.title, e.convention.who, e.convention.unit, e.total) for e in counted), *steps]


@dataclass(frozen=True, slots=True)
class Memory(Table):
    """What a net holds in memory, in bytes, part by part, while it is trained and while it is used."""

    net: NetSpec
    batch: int
    training: tuple[Allocation, ...]
    inference: tuple[Allocation, ...]
    head = "when", "part", "bytes", "working"

    def __repr__(self) -> str:
        training, used = (size(footprint.total(parts)) for parts in (self.training, self.inference))
        return (
            f"<Memory of {title(self.net)} with {plural(self.batch, 'image')}: {training} in training, {used} in use>"
        )

    @property
    def rows(self) -> list[tuple[object, ...]]:
        """A row for each part."""
        parts = {"training": self.training, "inference": self.inference}
        return [(when, part.title, part.bytes, part.working) for when, of in parts.items() for part in of]


class Cost(NamedTuple):
    """What a forward pass takes at least under a roofline, with each operation a kernel of its own.

    `seconds` for the whole batch; `intensity` in FLOPs per byte moved; `field_px` is the receptive field of the last
    map along the shortest and the longest path.
    """

    device: str
    batch: int
    seconds: float
    intensity: float
    field_px: tuple[int, int]


def draw(net: NetSpec | str, *, folded: Sequence[str] | None = None) -> diagrams.Drawing:
    """The net on the layer axis, its costs below it; in the stages of `folded` equal blocks are lines.

    None leaves it to the number of layers.

    Raises:
        InvalidOption: `folded` are no stages of this net.
    """
    report = analyse(net)
    stages = [stage.name for stage in report.stages]
    if folded is not None and not _among(folded, stages):
        raise InvalidOption("folded", folded, f"a list of stages, of {', '.join(stages)}")
    return diagrams.axis(report, folded=folded)


def compare(a: NetSpec | str, b: NetSpec | str) -> Comparison:
    """Two nets, and the causes of their difference, which add up to it exactly."""
    return comparing.compare(described(a), described(b))


def ledger(net: NetSpec | str) -> Ledger:
    """The net under every convention of counting, each difference named."""
    report = analyse(net)
    return Ledger(report.spec, counting.ledger(report), counting.under(report, PARAMETERS), totals(report))


def memory(net: NetSpec | str, batch: int = BATCH, precision: str = "fp32", optimiser: str = "momentum") -> Memory:
    """What training and using the net holds in memory, without the library's workspace."""
    report, width = analyse(net), footprint.PRECISIONS[precision]
    training = footprint.training(report, _images(batch), width, footprint.OPTIMISER_STATES[optimiser])
    return Memory(report.spec, batch, training, footprint.inference(report, batch, width))


def cost(net: NetSpec | str, batch: int = BATCH, precision: str = "fp32", device: str = "a100") -> Cost:
    """The least time of a forward pass on a device of the roofline, and the receptive field."""
    report, width, on = analyse(net), footprint.PRECISIONS[precision], ROOFLINE_DEVICES[device]
    found = roofline.points(report, _images(batch), width.value, on.peak(precision), on.bandwidth)
    field = range_px(report.graph)
    return Cost(on.title, batch, roofline.seconds(found), roofline.intensity(found), (field[0], field[1]))


def search(words: str | int) -> tuple[str, ...]:
    """The names of the named nets in whose name, options or paper all of these words occur.

    Of a number of parameters, such as "11,173,962" or "25.6M", the nets that have it, or the nearest, as `analyse`
    takes them: those with other stems, channels and classes as well, under each convention of parameters.

    Raises:
        InvalidOption: neither words nor a number.
    """
    text = _text(words)
    params = number_in(text)
    if params is not None and params.value >= LEAST:
        found = lookup(params.value, within=params.within)
        return tuple(dict.fromkeys(to_query(each.spec).removeprefix("net=") for each in found))
    return tuple(entry.preset.name for entry in catalogue.matching(catalogue.catalogue(), text))


def export(net: NetSpec | str, form: str, path: str | Path | None = None) -> str | bytes:
    """The net as a file of one of the formats: pytorch, csv, markdown, latex, json, svg, dot, html, safetensors, ...

    Written to `path` where one is given.

    Raises:
        UnknownName: no such format; the message names them.
        InvalidOption: `path` is none.
    """
    if not isinstance(path, str | os.PathLike | None):
        raise InvalidOption("path", path, "the path of a file")
    made = exports.file_of(exports.EXPORTS[form], analyse(net))
    if path is not None:
        Path(path).write_bytes(made if isinstance(made, bytes) else made.encode())
    return made


def _text(words: object) -> str:
    if isinstance(words, bool) or not isinstance(words, str | int) or (isinstance(words, int) and words < 0):
        raise InvalidOption("words", words, "text, or a number of parameters")
    return str(words)


def _among(some: object, names: Sequence[str]) -> bool:
    return isinstance(some, Collection) and not isinstance(some, str) and all(each in names for each in some)


def _images(batch: int) -> int:
    if not IMAGES.holds(batch):
        raise InvalidOption("batch", batch, IMAGES.allowed)
    return batch
