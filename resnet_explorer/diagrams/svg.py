"""SVG as text: numbers, elements, and text that is always escaped."""

from __future__ import annotations

from html import escape

FONT_PX = 12
"""Size of most text in a drawing."""


def px(value: float) -> str:
    """A coordinate to a tenth of a pixel, without a needless decimal."""
    return f"{value:.1f}".removesuffix(".0")


def text(x: float, y: float, words: str, css: str = "") -> str:
    """A line of text; `css` are classes of the stylesheet."""
    kind = f' class="{css}"' if css else ""
    return f'<text x="{px(x)}" y="{px(y)}"{kind}>{escape(words)}</text>'


def rect(x: float, y: float, width: float, height: float, rest: str = "") -> str:
    """A rectangle; `rest` are further attributes as they shall stand."""
    return f'<rect x="{px(x)}" y="{px(y)}" width="{px(width)}" height="{px(height)}" {rest}/>'


def path(d: str, css: str, rest: str = "") -> str:
    """A path; `rest` are further attributes as they shall stand."""
    return f'<path class="{css}" d="{d}"{rest}/>'


def attribute(name: str, value: object) -> str:
    """An attribute with a blank before it."""
    return f' {name}="{escape(str(value))}"'


def width_of(words: str, size: float = FONT_PX) -> float:
    """About how wide a text is set, in pixels: a little too much rather than too little."""
    narrow = sum(c in " ,.·'il1()|:" for c in words)
    return size * (0.58 * (len(words) - narrow) + 0.34 * narrow)


def picture(inner: str, *, width: float, height: float, title: str, alt: str) -> str:
    """The whole drawing, with its title and its description for those who do not see it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="rx" role="img" viewBox="0 0 {px(width)} {px(height)}" '
        f'width="{px(width)}" height="{px(height)}"><title>{escape(title)}</title><desc>{escape(alt)}</desc>'
        f"{inner}</svg>"
    )
