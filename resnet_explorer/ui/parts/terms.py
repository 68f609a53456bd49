"""What words of the field mean: the first use of each in a page's texts with numbers shows it, as these their formulas.

Every text marks its words here; which of them is the first of the page is found where they stand
(`canvas/scripts/terms.js`), since parts of a page come and go by themselves.
"""

from __future__ import annotations

import functools
import re
from html import escape

TERMS = {
    "ablation": "to take one part of a net away, and see what it does without it",
    "activations": "the numbers that layers give for one image; those of convolutions are counted",
    "arithmetic intensity": "how many operations there are for each byte that is moved from or to memory",
    "BatchNorm": "brings each channel to mean 0 and variance 1 over the mini-batch, then scales it by γ and shifts it "
    "by β, which are learned",
    "block": "a few layers with one shortcut around them; in the plain net the same layers",
    "bottleneck": "a block that narrows its channels by a 1×1 convolution, works on few of them, and widens them again",
    "branch": "the layers of a block that its shortcut goes round; what they give, F(x), is added to the shortcut",
    "chance": "what a net reaches that knows nothing, and takes each class for equally probable",
    "channel": "one of the maps that a layer gives, each made by a filter of its own",
    "classifier": "the fully connected layer at the end, which gives a number for each class",
    "convolution": "a layer that slides small filters over its input, with the same weights at every place",
    "cosine": "of the angle between two directions: 1 where they are the same, 0 at right angles, −1 where opposite",
    "cross-entropy": "minus the logarithm of the probability that a classifier gives to the right class",
    "degradation": "that a deeper plain net has the higher error, in training too, so that it is not overfitting",
    "first / last": "the gradient norm of the main path's first convolution over that of its last",
    "FLOPs": "operations on floating-point numbers; a multiply-add is two, though many papers count it as one",
    "gradient": "how fast the loss changes with each weight, or with each number that a layer gives; a step of "
    "training goes against that of the weights",
    "gradient norm": "the length of a gradient: the root of the sum of its squares",
    "identity": "what gives x back as it is; as a shortcut it has no weights",
    "initialisation": "how the weights are drawn before the first step",
    "Jacobian": "the matrix that says how each number that comes out changes with each one that goes in",
    "learning rate": "the factor by which the optimiser's step is multiplied",
    "MACs": "multiply-adds, of convolutions and fully connected layers: how much work one image is",
    "main path": "the way through a net from the image to the classes that leaves its shortcuts aside",
    "map": "what one filter gives, at all places of the image",
    "mini-batch": "the few images that one step of training looks at",
    "momentum": "what a step keeps of the steps before it",
    "nats": "the unit of a loss that is made with the natural logarithm",
    "overfitting": "that a net is much better on the images that it was trained on than on others",
    "parameters": "the numbers that training can change: weights, biases, γ and β of normalisations, branches' scales",
    "plain": "without shortcuts, and otherwise with the same layers",
    "pre-activation": "with BatchNorm and ReLU before each convolution of a block instead of after it",
    "projection": "a shortcut with a 1×1 convolution of its own, as a rule where the shape of x changes",
    "receptive field": "the part of the image that a value can depend on; its side is given in pixels",
    "residual": "with shortcuts: a block adds to x what its layers make of it",
    "roofline": "the speed that a device allows: bounded by how fast it computes, and by how fast it moves data",
    "seed": "the number that decides what is drawn at random: the same seed draws the same",
    "SGD": "stochastic gradient descent: each step goes against the gradient of one mini-batch",
    "shortcut": "the way that leads x around the layers of a block, to the addition behind them",
    "stage": "blocks in a row that give maps of the same size: conv2_x to conv5_x in the paper",
    "stem": "the layers before the first block",
    "stride": "by how many places a filter moves on; stride 2 halves the sides of the map",
    "training loss": "how wrong the net is on the images that it is trained on; training makes it smaller",
    "warm-up": "the first steps of a training, at a smaller learning rate",
    "weight decay": "what pulls each weight towards 0 in every step, in proportion to it",
    "weighted layers": "the convolutions of the main path and the fully connected ones: as a rule the number in a name",
    "zero-γ": "the last γ of each branch begins at 0, so that a block hands on its shortcut alone at the start",
}
"""Each word as texts have it, and what it means; documents have the same list (`docs/glossary.md`)."""

MARK = '<span class="term"'
_FOUND = {term.lower(): term for term in TERMS}
_ANY = "|".join(map(re.escape, sorted(TERMS, key=len, reverse=True)))
_WORD = re.compile(rf"(?<![\w/-])({_ANY})(?:e?s)?(?![\w-])", re.IGNORECASE)
_APART = re.compile(r"(<span [^>]*>[^<]*</span>|`[^`]*`|\[[^\]]*\]\([^)]*\)|\$[^$]*\$|^#.*$)", re.MULTILINE)
"""What stays as it is: numbers with their formulas, code, links, formulas, and titles."""


@functools.lru_cache(maxsize=1024)
def marked(text: str) -> str:
    """The Markdown with the first use of each word marked; a text with HTML of another kind stays as it is."""
    parts = _APART.split(text)
    if any("<" in part for part in parts[::2]):
        return text
    seen: set[str] = set()

    def mark(found: re.Match[str]) -> str:
        term = _FOUND[found[1].lower()]
        if term in seen:
            return found[0]
        seen.add(term)
        return f'{MARK} data-t="{term}" data-f="{escape(TERMS[term])}">{found[0]}</span>'

    parts[::2] = [_WORD.sub(mark, part) for part in parts[::2]]
    return "".join(parts)
