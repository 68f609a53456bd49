"""The receptive field on the image, to scale: the window of the shortest path, and that of the longest."""

from __future__ import annotations

from resnet_explorer.diagrams import svg
from resnet_explorer.diagrams.drawing import Drawing

SIDE = 300
"""Pixels of the largest square."""
PAD = 14
GAP = 28
WORDS = 250
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
    for place, (pixels, style, words) in enumerate(squares):
        half = pixels * scale / 2
        inner += svg.rect(middle - half, middle - half, 2 * half, 2 * half, style)
        y = PAD + 40 + 110 * place
        inner += svg.path(f"M{svg.px(middle + half)},{svg.px(y - 4)}H{svg.px(SIDE + PAD + GAP - 6)}", "flow") * bool(
            half >= abs(middle - y + 4)
        )
        inner += svg.text(SIDE + PAD + GAP, y, words, "name")
        inner += svg.text(SIDE + PAD + GAP, y + 18, _beside(pixels, image), "m")
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
    return "what the net is shown" if pixels == image else f"{pixels / image:.2f} of the image's side"
