"""The receptive field on the image, to scale: the window of the shortest path, and that of the longest."""

from __future__ import annotations

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


def window(name: str, image: int, shortest: int, longest: int) -> Drawing:
    """The squares of image and both fields in pixels, one within the other, with their words beside them."""
    scale = SIDE / max(image, longest)
    squares = (
        (longest, 'class="field long"', f"longest path: {longest:,} px"),
        (image, 'class="field input"', f"image: {image:,} px"),
        (shortest, 'class="field short"', f"shortest path: {shortest:,} px"),
    )
    inner, middle = "", PAD + SIDE / 2
    for pixels, style, _ in sorted(squares, key=lambda each: -each[0]):
        side = pixels * scale
        inner += svg.rect(middle - side / 2, middle - side / 2, side, side, style)
    if shortest * scale < SMALL:
        inner += f'<circle cx="{svg.px(middle)}" cy="{svg.px(middle)}" r="{SMALL}" class="arc"/>'
    for y, (pixels, _, words) in zip((PAD + 30, middle + 84, middle), squares, strict=True):
        half = SMALL if pixels == shortest and pixels * scale < SMALL else pixels * scale / 2
        x = SIDE + PAD + GAP
        start = min(max(y - 4, middle - half), middle + half)
        inner += svg.path(f"M{svg.px(middle + half)},{svg.px(start)}L{svg.px(x - 6)},{svg.px(y - 4)}", "flow")
        inner += svg.text(x, y, words, "name") + svg.text(x, y + 18, _beside(pixels, image), "m")
    alt = (
        f"Squares to scale: the image, {image:,} pixels across; the window of the shortest path, {shortest:,}; "
        f"that of the longest, {longest:,}."
    )
    width, height = SIDE + 2 * PAD + GAP + WORDS, SIDE + 2 * PAD
    title = f"Receptive field of {name}"
    return Drawing(
        svg=svg.picture(inner, width=width, height=height, title=title, alt=alt),
        title=title,
        alt=alt,
        width=width,
        height=height,
        data={"kind": "field", "items": [], "facts": []},
    )


def _beside(pixels: int, image: int) -> str:
    times = f"{pixels:,} ÷ {image} = {pixels / image:.2f}"
    return "what the net is shown" if pixels == image else f"{times} × the image's side"
