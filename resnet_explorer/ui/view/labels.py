"""What controls are called on pages, by their names in links: one table, whether or not a page shows them now."""

from __future__ import annotations

from resnet_explorer.errors import ExplorerError, TooMuch

PREFIXES = ("", "b_", "g_")
"""Before the names of a net's options: Explore's net, the one beside it, that of a race."""

NETS = {"b_": "B: ", "g_": "Gradients: "}
"""By which notices say which of the nets of a link they are about."""

LABELS = {
    "block": "Block",
    "blocks": "Blocks per stage",
    "convs": "Convolutions per stage",
    "width": "Width of the first stage",
    "stem_width": "Width of the stem (0: as the first stage)",
    "groups": "Groups",
    "group_width": "Width per group (0: width ÷ groups)",
    "features": "Width of the fc layers",
    "dropout": "Dropout",
    "stem": "Stem",
    "shortcut": "Shortcut option",
    "stride": "Stride placement",
    "residual": "Shortcuts (off: plain)",
    "cut": "Shortcuts cut",
    "norm": "Normalisation",
    "activation": "Activation",
    "slope": "Slope of the leaky ReLU",
    "attention": "Attention",
    "zero_gamma": "Zero-γ",
    "branch_scale": "Branch scale",
    "output_stride": "Output stride",
    "last_stride": "Stride of the last stage",
    "downsample": "Down-sampling",
    "image": "Image, pixels (height x width)",
    "classes": "Classes",
    "in_channels": "Channels of the image",
    "pin": "Pin this net",
    "at": "Block",
    "fold": "Equal blocks as lines",
    "memory_batch": "Images in a mini-batch",
    "channels": "Channels",
    "reduction": "Reduction",
    "pixels": "Map",
    "with_bn": "with BatchNorm",
    "with_projection": "with a projection",
    "field": "Two 3×3, channels",
    "area": "Area",
    "budget": "Budget",
    "most_params": "Most parameters, in millions",
    "most_macs": "Most MACs, in billions",
    "run": "Run",
    "step": "Step of the run",
    "track": "Row under the net",
    "protocol": "Accuracy, by protocol",
    "against": "Against",
    "find": "Show nets with these words",
    "split": "Split the difference in",
    "number": "Parameters",
    "station": "Station",
    "precision": "Precision",
    "memory_optimiser": "Optimiser",
    "roofline": "Device",
    "timed": "Images at once",
    "constructor": "What makes the net",
    "input": "One input: channels, height, width",
    "your_part": "What is shown of it",
    "your_other": "Against",
    "your_track": "Row under the net",
    "your_seed": "Seed",
    "experiment": "Experiment",
    "guess": "Your guess",
    "lab_run": "Run",
    "lab_track": "Row under the net",
    "race": "Nets",
    "setting": "Setting",
    "lab_net": "Net and its counterpart",
    "lab_third": "Third net",
    "lab_fourth": "Fourth net",
    "net_1": "First net",
    "net_2": "Second net",
    "net_3": "Third net",
    "net_4": "Fourth net",
    "recipe": "Training",
    "data": "Data set",
    "init": "Initialisation",
    "eps": "ε",
    "steps": "Steps",
    "lab_steps": "Steps",
    "own_steps": "Steps",
    "batch": "Mini-batch",
    "lr": "Learning rate",
    "seed": "Seed",
    "repeat": "Seeds in all",
    "grid_seeds": "Seeds in all",
    "lab_bn": "BatchNorm",
    "lab_zero_gamma": "Zero-γ",
    "optimiser": "Optimiser",
    "weight_decay": "Weight decay",
    "schedule": "Learning rate over time",
    "warmup": "Warm-up",
    "clip": "Clipping",
    "clip_at": "Clip at",
    "augment": "Augmentation",
    "freeze": "Frozen layers",
    "device": "Device",
}

OTHERWISE = {("time_nets", "batch"): "timed"} | dict.fromkeys(
    (("time_block", "batch"), ("dense", "width"), ("shattered", "width")), ""
)
"""Settings of a task whose control has another name in links than they have, or that have none."""


def called(name: str) -> str:
    """What the control is called that has this name in links; empty where no page has one."""
    return LABELS.get(name) or next((LABELS.get(name[2:], "") for each in PREFIXES[1:] if name.startswith(each)), "")


def worded(error: ExplorerError) -> str:
    """What is wrong, in a sentence; the setting with which a job fits by what its control is called."""
    if not isinstance(error, TooMuch):
        return str(error)
    label = called(OTHERWISE.get((error.task, error.name), error.name)).partition(" (")[0]
    return error.told(label or error.name)
