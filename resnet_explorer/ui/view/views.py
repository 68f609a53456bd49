"""What each page lets a visitor choose, apart from the net: small configs, so that a link holds them."""

from __future__ import annotations

from dataclasses import dataclass

from resnet_explorer.analysis.devices import ROOFLINE_DEVICES
from resnet_explorer.analysis.footprint import OPTIMISER_STATES, PRECISIONS
from resnet_explorer.analysis.metrics import METRICS
from resnet_explorer.analysis.progression import STATIONS
from resnet_explorer.analysis.published import PROTOCOLS
from resnet_explorer.experiments import EXPERIMENTS
from resnet_explorer.experiments.tracks import TRACKS
from resnet_explorer.options import Choice, Flag, Real, Text, Whole, check, option
from resnet_explorer.spec import PRESETS
from resnet_explorer.tasks.describe import CONSTRUCTOR, SHAPE
from resnet_explorer.tasks.task import DEVICES

REPLAYED_TRACK = Choice(TRACKS.names, TRACKS.titles)
ANY_TRACK = Choice(tuple(dict.fromkeys(track.name for each in EXPERIMENTS for track in each.tracks)))
NO_BUDGET, OWN_BUDGET = "none", "own"
BUDGETS = ("resnet18", "resnet34", "resnet50", "resnet101", "resnet152")
"""The nets that a budget is taken from."""
UNFOLDED = "none"
"""What stands in a link for: no stage is folded."""
MOST_STEPS = 100_000
"""Those of the longest run that a link may point into."""
PARTS = {
    "layers": "Stages and layers",
    "ledger": "Ledger",
    "cost": "Cost",
    "compare": "Compare",
    "gradients": "Gradients",
}
"""What Your net shows of an imported net."""
MOST_ANSWERS = 1 + max(len(each.question.answers) for each in EXPERIMENTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A page's choices; wrong ones cannot be made."""

    def __post_init__(self) -> None:
        check(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseView(View):
    """All pages: what is taken away for an exercise."""

    hide: str = option(
        "",
        Text(r"([a-z0-9_]{1,24}(,[a-z0-9_]{1,24})*)?", "names of controls, joined by commas"),
        query="hide",
        help="the controls that are taken away for an exercise, by their names in links",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ExploreView(View):
    """Explore: the batch of the memory estimate, the pinned net, the block that is opened."""

    memory_batch: int = option(
        256, Whole(1, 65_536), query="memory_batch", help="images in a mini-batch, for the training memory"
    )
    pin: str = option(
        "",
        Text(r"[A-Za-z0-9_=&,.-]{0,180}", "a net as in a link"),
        query="pin",
        help="the net that the present one is shown against",
    )
    block: str = option(
        "",
        Text(r"(layer[0-9]{1,2}\.[0-9]{1,4})?", "a block's path, such as layer2.0"),
        query="at",
        help="the block that is opened",
    )
    fold: str = option(
        "",
        Text(
            rf"({UNFOLDED}|conv[0-9]{{1,2}}_x(,conv[0-9]{{1,2}}_x){{0,9}})?",
            f"stages such as conv4_x, joined by commas, or {UNFOLDED}",
        ),
        query="fold",
        help="the stages whose equal blocks are drawn as lines",
    )
    row: str = option("macs", Choice(METRICS.names), query="row", help="the row under a net that is presented")


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetView(View):
    """What a net that is being built shall stay under: no more than a named net, or numbers of one's own."""

    budget: str = option(
        NO_BUDGET,
        Choice(
            (NO_BUDGET, *BUDGETS, OWN_BUDGET),
            ("none", *(f"as {PRESETS[name].title}" for name in BUDGETS), "numbers of your own"),
        ),
        query="budget",
        help="what the net shall stay under",
    )
    params: float = option(
        25.6, Real(0.001, 100_000), query="most_params", help="the most parameters, in millions; needs budget=own"
    )
    macs: float = option(
        4.1, Real(0.001, 100_000), query="most_macs", help="the most multiply-adds, in billions; needs budget=own"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class BottleneckView(View):
    """Bottleneck: the sizes of the block, and what is counted with it."""

    channels: int = option(256, Whole(64, 2048, 64), query="channels", help="channels that enter and leave the block")
    reduction: int = option(4, Whole(1, 16), query="reduction", help="how many times fewer channels the 3×3 sees")
    pixels: int = option(56, Whole(1, 224), query="pixels", help="height and width of the map")
    norm: bool = option(False, Flag(), query="with_bn", help="count BatchNorm's γ and β too")
    projection: bool = option(
        False, Flag(), query="with_projection", help="count a 1×1 projection on the shortcut too (option C)"
    )
    field: str = option(
        "outer",
        Choice(("outer", "inner")),
        query="field",
        help="the width of the two 3×3 that the bottleneck is drawn against: that of its input, or of its 3×3",
    )
    area: str = option("params", Choice(("params", "macs")), query="area", help="the cost that is drawn as area")
    device: str = option("cpu", Choice(DEVICES), query="device", help="where the blocks are timed")


@dataclass(frozen=True, slots=True, kw_only=True)
class GradientsView(View):
    """Gradients: whether a run is shown; its key is that of the two configs."""

    run: str = option("", Text(r"([0-9a-f]{16})?", "a run's key"), query="run", help="the run that is shown")
    track: str = option(TRACKS.names[0], REPLAYED_TRACK, query="track", help="the number of each layer under the net")
    step: int = option(0, Whole(0, MOST_STEPS), query="step", help="where the replay stands; 0: where it opens")


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueView(View):
    """All nets: the protocol and the cost of the chart, and the words that filter the table."""

    protocol: str = option(
        "tv_v1", Choice(PROTOCOLS.names), query="protocol", help="how the accuracies of the chart were measured"
    )
    against: str = option(
        "macs", Choice(METRICS.names), query="against", help="the cost against which accuracy is drawn"
    )
    find: str = option(
        "",
        Text(r"[A-Za-z0-9 ._-]{0,40}", "up to 40 letters, digits, blanks, dots and dashes"),
        query="find",
        help="words that occur in a net's name, group or paper",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareView(View):
    """Compare: what the waterfall splits into its causes."""

    split: str = option(
        "params", Choice(METRICS.names), query="split", help="the number whose difference is split into causes"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerView(View):
    """Ledger: the number of parameters that is looked up."""

    number: int = option(
        0, Whole(0, 10**12), query="number", help="a number of parameters, whose net is looked for; 0: none"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressionView(View):
    """Progression: the station that is shown."""

    station: str = option("plain34", Choice(STATIONS.names), query="station", help="the net on the way that is shown")


@dataclass(frozen=True, slots=True, kw_only=True)
class CostView(View):
    """Cost: precision and optimiser of the memory, the device of the roofline, the batch that is timed."""

    precision: str = option("fp32", Choice(PRECISIONS.names), query="precision", help="how numbers are stored")
    optimiser: str = option(
        "momentum", Choice(OPTIMISER_STATES.names), query="memory_optimiser", help="what trains the net"
    )
    roofline: str = option(
        "a100", Choice(ROOFLINE_DEVICES.names), query="roofline", help="the device whose published rates are taken"
    )
    timed: int = option(1, Whole(1, 256), query="timed", help="images in a mini-batch when the nets are timed")


@dataclass(frozen=True, slots=True, kw_only=True)
class LaboratoryView(View):
    """Laboratory: the experiment, what its visitor guessed, and whether a run is shown."""

    experiment: str = option(
        "", Choice(("", *EXPERIMENTS.names)), query="experiment", help="the experiment that is shown, or none"
    )
    guess: int = option(
        0, Whole(0, MOST_ANSWERS), query="guess", help="0: none yet; else the answer, or one more: none"
    )
    track: str = option("weight_gradient", ANY_TRACK, query="lab_track", help="the norms that stand under the net")
    run: str = option("", Text(r"([0-9a-f]{16})?", "a run's key"), query="lab_run", help="the run that is shown")
    step: int = option(0, Whole(0, MOST_STEPS), query="lab_step", help="where the replay stands; 0: where it opens")


@dataclass(frozen=True, slots=True, kw_only=True)
class YourNetView(View):
    """Your net: what makes it, and the shape of one input."""

    constructor: str = option(
        "", CONSTRUCTOR, query="constructor", help="what makes the module, of a package that the operator allows"
    )
    shape: str = option("3,224,224", SHAPE, query="input", help="the shape of one input: channels, height, width")
    opened: str = option(
        "", Text(r"([A-Za-z0-9_.@]{1,120})?", "a block's path"), query="your_block", help="the block that is opened"
    )
    part: str = option("layers", Choice(tuple(PARTS)), query="your_part", help="what is shown of the net")
    against: str = option(
        "named",
        Choice(("named", "plain"), ("a named net", "its plain counterpart")),
        query="your_other",
        help="the net that it is compared with",
    )
    track: str = option("weight_gradient", ANY_TRACK, query="your_track", help="the norms that stand under the net")
    seed: int = option(0, Whole(0, 2**31 - 1), query="your_seed", help="seed of the weights and of the data's order")


VIEWS = (
    ExerciseView,
    ExploreView,
    BudgetView,
    BottleneckView,
    GradientsView,
    CatalogueView,
    CompareView,
    LedgerView,
    ProgressionView,
    CostView,
    LaboratoryView,
    YourNetView,
)
