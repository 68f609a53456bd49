"""Ten shapes, 16x16, drawn from a seed: harder than the digits, and made here, so that it is always there.

Disc, ring, square, frame, triangle, plus, bar, two bars, half disc, and L. Each picture has its own place, turn, size,
contrast (light on dark or dark on light), a slope of the background, one line that belongs to nothing, and noise: what
tells the classes apart is the form alone, while the digits are centred, upright, light on dark and free of noise.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from resnet_explorer.datasets.dataset import Dataset, Facts, Images
from resnet_explorer.datasets.files import statistics

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

SEED = 20_151_210
SIDE = 16
TRAIN, TEST = 3000, 1000
FACTS = Facts(classes=10, channels=1, side=SIDE, train=TRAIN, test=TEST)
NOISE = 0.12
EDGE = 0.12
"""Half the width over which an edge fades, in units of the shape's size."""


def _box(x: Any, y: Any, wide: float, high: float) -> Any:
    """How far inside a box a point lies; negative outside."""
    import numpy as np  # noqa: PLC0415 - naming a data set must stay light

    return np.minimum(wide - abs(x), high - abs(y))


def _insides() -> tuple[Callable[[Any, Any], Any], ...]:
    """For each class, how far inside its shape of size 1 a point lies."""
    import numpy as np  # noqa: PLC0415 - naming a data set must stay light

    def triangle(x: Any, y: Any) -> Any:
        return np.minimum(0.5 - y, np.minimum(0.5 + 0.866 * x + 0.5 * y, 0.5 - 0.866 * x + 0.5 * y))

    return (
        lambda x, y: 1 - np.hypot(x, y),
        lambda x, y: 0.25 - abs(np.hypot(x, y) - 0.75),
        lambda x, y: _box(x, y, 0.8, 0.8),
        lambda x, y: np.minimum(_box(x, y, 0.9, 0.9), -_box(x, y, 0.45, 0.45)),
        lambda x, y: triangle(x, y) * 1.2,
        lambda x, y: np.maximum(_box(x, y, 1.0, 0.25), _box(x, y, 0.25, 1.0)),
        lambda x, y: _box(x, y, 1.0, 0.28),
        lambda x, y: np.maximum(_box(x, y - 0.55, 1.0, 0.25), _box(x, y + 0.55, 1.0, 0.25)),
        lambda x, y: np.minimum(1 - np.hypot(x, y), y + 0.1),
        lambda x, y: np.maximum(_box(x + 0.6, y, 0.28, 0.95), _box(x, y + 0.65, 0.9, 0.28)),
    )


@functools.cache
def _drawn() -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """All pictures N, 1, 16, 16 and their labels, in an order that the seed decides."""
    import numpy as np  # noqa: PLC0415 - naming a data set must stay light

    draws = np.random.default_rng(SEED)
    count = TRAIN + TEST
    labels = draws.permutation(np.arange(count) % FACTS.classes)
    column = (count, 1, 1)
    place_x, place_y = draws.uniform(-3, 3, (2, *column))
    turn, line_turn = draws.uniform(0, 2 * np.pi, (2, *column))
    size = draws.uniform(3.2, 5.5, column)
    contrast = draws.uniform(0.3, 0.6, column) * draws.choice([-1, 1], column)
    slope_x, slope_y = draws.uniform(-0.15, 0.15, (2, *column))
    line_at, line_light = draws.uniform(-6, 6, column), draws.uniform(-0.35, 0.35, column)
    grid = np.arange(SIDE) - (SIDE - 1) / 2
    y, x = grid[None, :, None], grid[None, None, :]
    along = ((x - place_x) * np.cos(turn) + (y - place_y) * np.sin(turn)) / size
    across = ((y - place_y) * np.cos(turn) - (x - place_x) * np.sin(turn)) / size
    inside = np.empty((count, SIDE, SIDE))
    for label, shape in enumerate(_insides()):
        chosen = labels == label
        inside[chosen] = shape(along[chosen], across[chosen])
    cover = np.clip(0.5 + inside / (2 * EDGE), 0, 1)
    line = np.clip(1.2 - abs(x * np.cos(line_turn) + y * np.sin(line_turn) - line_at), 0, 1)
    light = 0.5 - contrast / 2 + (slope_x * x + slope_y * y) / SIDE + line_light * line * (1 - cover)
    light = light + contrast * cover + draws.normal(0, NOISE, inside.shape)
    return np.clip(np.rint(255 * light), 0, 255).astype(np.uint8)[:, None], labels.astype(np.int64)


@functools.cache
def _train() -> Images:
    images, labels = _drawn()
    return Images(images[:TRAIN], labels[:TRAIN], *statistics(images[:TRAIN]))


def _test() -> Images:
    images, labels = _drawn()
    return Images(images[TRAIN:], labels[TRAIN:], *_train()[2:])


SHAPES = Dataset(
    name="shapes",
    title="Ten shapes, 16×16",
    source="drawn by this program from a fixed seed: turned, moved and noisy shapes",
    facts=lambda: FACTS,
    train=_train,
    test=_test,
)
