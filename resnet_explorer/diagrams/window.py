"""The receptive field on the image, to scale: the window of the shortest path, and that of the longest."""

from __future__ import annotations

import math

from resnet_explorer.analysis.conventions import side
from resnet_explorer.diagrams import svg
from resnet_explorer.diagrams.drawing import Drawing

SIDE = 220
"""Pixels of the largest square."""
PAD = 14
GAP = 24
SMALL = 10
"""Pixels below which a square is ringed, lest it be overlooked; also the ring's radius."""
WORDS = 210
"""Pixels for the words beside the squares."""
MARGIN = 30
"""Of these, what a narrow page leaves out."""


def window(name: str, image: tuple[int, int], shortest: int, longest: int) -> Drawing:
    """The image, by its height and width, and the squares of both fields in pixels, with their words beside them."""
    scale = SIDE / max(*image, longest)
    shown = side((3, *image))
    frames = (
        ((longest, longest), 'class="field long"', f"longest path: {longest:,} px", _beside(longest, image)),
        (image, 'class="field input"', f"image: {shown} px", "what the net is shown"),
        ((shortest, shortest), 'class="field short"', f"shortest path: {shortest:,} px", _beside(shortest, image)),
    )
    inner, middle = "", PAD + SIDE / 2
    for (tall, wide), style, *_ in sorted(frames, key=lambda each: -math.prod(each[0])):
        height, width = tall * scale, wide * scale
        inner += svg.rect(middle - width / 2, middle - height / 2, width, height, style)
    if shortest * scale < SMALL:
        inner += f'<circle cx="{svg.px(middle)}" cy="{svg.px(middle)}" r="{SMALL}" class="arc"/>'
    for y, ((tall, wide), _, words, more) in zip((PAD + 30, middle + 84, middle), frames, strict=True):
        ringed = tall == wide == shortest and shortest * scale < SMALL
        half, reach = (SMALL, SMALL) if ringed else (tall * scale / 2, wide * scale / 2)
        x = SIDE + PAD + GAP
        start = min(max(y - 4, middle - half), middle + half)
        inner += svg.path(f"M{svg.px(middle + reach)},{svg.px(start)}L{svg.px(x - 6)},{svg.px(y - 4)}", "flow")
        inner += svg.text(x, y, words, "name") + svg.text(x, y + 21, more, "m")
    alt = (
        f"To scale: the image, {shown} pixels; a square for the window of the shortest path, {shortest:,}, "
        f"and one for that of the longest, {longest:,}."
    )
    width, height = SIDE + 2 * PAD + GAP + WORDS, SIDE + 2 * PAD
    title = f"Receptive field of {name}"
    return Drawing(
        svg=svg.picture(inner, width=width, height=height, title=title, alt=alt),
        title=title,
        alt=alt,
        width=width,
        height=height,
        data={"kind": "field", "items": [], "facts": [], "narrow": [PAD - 6, SIDE + PAD + GAP, width - MARGIN]},
    )


def _beside(pixels: int, image: tuple[int, int]) -> str:
    if (pixels, pixels) == image:
        return "what the net is shown"
    longer = "" if image[0] == image[1] else "longer "
    return f"{pixels:,} ÷ {max(image)} = {pixels / max(image):.2f} × the image's {longer}side"
