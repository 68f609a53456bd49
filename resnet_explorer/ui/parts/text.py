"""The few parts that pages are put together from: what to look at, what it means, where it is from."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, TypeAlias

import streamlit as st

from resnet_explorer.figures.palette import CONFIG
from resnet_explorer.ui import canvas
from resnet_explorer.ui.parts import present, terms
from resnet_explorer.ui.parts.derived import MARK, Derived, html, rendered, stop
from resnet_explorer.ui.view import hide

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import plotly.graph_objects as go

    from resnet_explorer.analysis.sentence import Part
    from resnet_explorer.analysis.worked import Worked
    from resnet_explorer.ui.canvas import Described

Rows: TypeAlias = "Sequence[Mapping[str, str]] | str"
"""A table's rows, each with its cells by the names of columns, or what `written` has made of them."""

UNBROKEN = 36
"""Letters in the cells of a column that is not broken into lines."""

MISSING = "–"
"""What stands in a table where there is nothing to say."""

PAPER = "He et al. 2015, [arXiv:1512.03385](https://arxiv.org/abs/1512.03385)"

_HELD: ContextVar[list[str] | None] = ContextVar("_HELD", default=None)


@contextmanager
def together() -> Iterator[Callable[[], None]]:
    """Texts that follow each other, as one element; gives what begins another, before something that is no text.

    Within others they are of the same element.
    """
    outer = _HELD.get()
    held = [] if outer is None else outer

    def end() -> None:
        _write("\n\n".join(held))
        held.clear()

    token = _HELD.set(held)
    try:
        yield end
    finally:
        _HELD.reset(token)
        if outer is None:
            end()


def opening(title: str, look: Part) -> None:
    """The title of a page, and what to look at, if there is anything; a figure that is presented has its own."""
    if present.on():
        present.titled(title)
        return
    said(f"# {title}", look)


def section(title: str, look: str = "", rows: Rows = "", *, of: str = "") -> None:
    """A part of a page, with the sentence that says what to look at, and the table that it begins with, if any.

    One that consists `of` a part that the view takes away, as of such a table, goes with it.
    """
    of = "table" if rows else of
    if not of or not hide.hides(of):
        passage(title, look, rows)


def meaning(text: Part, ways: str = "") -> None:
    """What a figure means, under it; under both, `ways` lead on: links."""
    passage(means=text, ways=ways)


def passage(
    title: str = "", look: str = "", rows: Rows = "", origin: Part = "", means: Part = "", ways: str = ""
) -> None:
    """What stands together, as one element, which costs a fraction of several; its numbers show their workings.

    A title, what to look at, a table, where it is from, what it means, links; those stay where answers are hidden.
    """
    head = f"## {title}\n\n{look}".rstrip() if title else look
    table = "" if not rows or hide.hides("table") else rows if isinstance(rows, str) else written(rows)
    small = _small(origin)
    meant = "" if not means or hide.hides("answer") else _marked(means)
    _one(_marked(head), table, small, meant, ways)


def said(*texts: Part) -> None:
    """Texts of a page, as one element; their numbers show their workings."""
    _one(*map(_marked, texts))


def _marked(text: Part) -> str:
    """A text that beside its numbers shows what words of the field mean.

    Not one without numbers: titles, and what to look at, are read at a glance.
    """
    made = rendered(text)
    return terms.marked(made) if MARK in made else made


def _one(*texts: str) -> None:
    held = _HELD.get()
    if held is None:
        _write("\n\n".join(filter(None, texts)))
    else:
        held += filter(None, texts)


def _write(text: str) -> None:
    if text:
        st.markdown(stop(text), unsafe_allow_html=MARK in text)


def inline(number: str | Worked, formula: str = "") -> str:
    """The same as HTML at once, for texts that are strings still; one made by `say` has the number as its part."""
    return html(number, formula) if isinstance(number, str) else html(number.text, number.working)


def source(text: Part) -> None:
    """Where a figure's numbers are from, and how they count."""
    if _HELD.get() is None:
        st.caption(stop(made := rendered(text)), unsafe_allow_html=MARK in made)
    else:
        _one(_small(text))


def _small(text: Part) -> str:
    return f":small[:gray[{rendered(text)}]]" if text else ""


def by_hand(text: str) -> str:
    """What can be done here, in Markdown: as paper leaves it out, nothing else may need it."""
    return f"***{text}***"


def sentence(text: str) -> str:
    """A message as a sentence: a capital first, a full stop last."""
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else f"{text}."


def literal(text: str, *, in_table: bool = False) -> str:
    """Text in which Markdown and HTML mean nothing; `table` itself sees to what a cell may not hold."""
    meant = "\\`*_{}[]()#+!>~$:&" if in_table else "\\`*_{}[]()#+!|<>~$:&"
    return "".join(f"\\{c}" if c in meant else c for c in text)


def dark() -> bool:
    """Whether the visitor looks at the dark theme."""
    return st.context.theme.type == "dark"


def table(rows: Rows) -> None:
    """A small table."""
    passage(rows=rows)


def written(rows: Sequence[Mapping[str, str]]) -> str:
    """A small table as text, for pages that keep it: columns whose cells are all numbers stand to the right.

    Written as Markdown, which costs a page a tenth of what a data frame does; cells may hold Markdown themselves.
    Where a cell is `Derived`, its formula is shown on hover, tap and focus; no cell may hold HTML.
    """
    heads = list(rows[0])
    marks = [_mark([row[head] for row in rows]) for head in heads]
    cells = ([_cell(row[head]) for head in heads] for row in rows)
    return "\n".join("| " + " | ".join(line) + " |" for line in (heads, marks, *cells))


def numbers(groups: Sequence[Mapping[str, Derived]]) -> None:
    """The numbers that matter most, large and in a row: in each group the first, and small below it what belongs to it.

    The first has its name above it; the names of the others are for readers of screens.
    """
    if hide.hides("numbers"):
        return
    made = "".join(f"<div>{''.join(map(_number, each, each.values()))}</div>" for each in groups)
    st.markdown(stop(f'<dl class="numbers">{made}</dl>'), unsafe_allow_html=True)


def chart(figure: go.Figure, *, key: str, alt: str, main: str = "", fills: bool = False) -> None:
    """A chart in the page's own colours, with its words for those who do not see it.

    With a title it is the `main` figure of its page, which can be presented; in one of several parts, it `fills` it.
    """
    with present.figure(main) if main else nullcontext():
        height: Any = "stretch" if fills or (main and present.on()) else "content"
        key = f"main_chart.{key}" if main else key  # its script asks for it
        st.plotly_chart(figure, key=key, theme=None, config=CONFIG, alt=alt, height=height)


def drawn(of: Described, *, key: str, title: str, words: str, main: bool = False) -> None:
    """A chart that has no need of plotly: it is there with the headline, be it the `main` figure of its page or not."""
    with present.figure(title) if main else nullcontext():
        canvas.chart(of, key=key, title=title, words=words)


def opened(label: str, show: Callable[[], None], *, key: str) -> None:
    """A table, or what belongs to one, that is shown when somebody opens it."""
    if not hide.hides("table"):
        folded(label, show, key=key)


def folded(label: str, show: Callable[[], None], *, key: str) -> None:
    """What is shown when somebody opens it, and made only then."""
    expander = st.expander(label, key=key, on_change="rerun")
    if expander.open:
        with expander:
            show()


def behind(label: str, rows: Callable[[], Any], *, key: str) -> None:
    """The table behind a chart, made when somebody opens it."""

    def show() -> None:
        st.dataframe(rows(), hide_index=True, height="auto", placeholder=MISSING)

    opened(label, show, key=key)


def _number(label: str, number: Derived) -> str:
    return f"<dt>{terms.marked(label)}</dt><dd>{html(number, number.formula)}</dd>"


def _mark(cells: Sequence[str]) -> str:
    """How a column stands; one that has no side is of sentences, which the stylesheet lets break into lines."""
    if all(map(_numeric, cells)):
        return "---:"
    return ":---" if max(map(len, cells)) <= UNBROKEN else "---"


def _cell(text: str) -> str:
    shown = text.replace("|", "\\|").replace("<", "&lt;")
    return html(shown, text.formula) if isinstance(text, Derived) else shown


def _numeric(cell: str) -> bool:
    return not cell.strip("*0123456789.,+−–- %×")
