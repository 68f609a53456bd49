"""Texts as HTML when they leave for the browser, which took a tenth of a page's time to read their Markdown.

What only Streamlit knows (icons, colours, formulas, emoji, arrows) stays Markdown. The stylesheet dresses both alike.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from streamlit.proto.Markdown_pb2 import Markdown

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
    from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext

MOST_TEXTS = 256
"""That are remembered as HTML: the longest have 50 kB."""
SMALL = re.compile(r"(?<=<p>):small\[:gray\[(.*?)\]\](?=</p>)", re.DOTALL)
"""A paragraph in small letters, as `text.source` says it."""
OWN = re.compile(
    r":(?!small\[:gray\[|gray\[)[a-z][a-z0-9-]*\[|:[\w+-]+:|:material/|\$"  # directives, emoji, icons, formulas,
    r"|^ *(?:```|~~~)|(?:^|\s)(?:<?-+>|<-+|--|[<>~]=)(?:\s|$)",  # code, arrows
    re.MULTILINE,
)
"""What Streamlit reads in its own way."""
TAG = re.compile(r"<[^>]*>")
TITLE = re.compile(r"<(h[1-6])>(.*?)</\1>")
AWAY = re.compile(r'<a (?=href="(?!#))')

KINDS = {
    kind: f'<div data-testid="stMarkdown" class="whole"><div data-testid="{name}" class="text">{{}}</div></div>'
    for kind, name in ((Markdown.NATIVE, "stMarkdownContainer"), (Markdown.CAPTION, "stCaptionContainer"))
}
"""Of texts that are read, and where each stands."""


def _ready(reader: MarkdownIt) -> MarkdownIt:
    reader.render("*a*")  # it compiles its rules when it first reads: two threads at once would have half of them
    return reader


_READERS = {
    True: _ready(MarkdownIt("commonmark").enable(["table", "strikethrough"])),
    False: _ready(MarkdownIt("js-default")),
}
"""With tags that mean what they say, and with tags that are letters."""


def lightened(
    enqueue: Callable[[ScriptRunContext, ForwardMsg], None],
) -> Callable[[ScriptRunContext, ForwardMsg], None]:
    """How a page's messages leave, with its texts as HTML."""

    def enqueued(self: ScriptRunContext, msg: ForwardMsg) -> None:
        light(msg)
        enqueue(self, msg)

    return enqueued


def light(message: ForwardMsg) -> None:
    """Turn a text into HTML, where its browser would have to do the same."""
    element = message.delta.new_element
    if not element.HasField("markdown") or element.markdown.element_type not in KINDS or element.markdown.help:
        return
    text = element.markdown
    if made := html(text.body, text.allow_html):
        element.html.body = KINDS[text.element_type].format(made)  # takes the text's place


@functools.lru_cache(MOST_TEXTS)
def html(text: str, tags: bool) -> str:  # noqa: FBT001 - it is a key
    """Markdown, whose `tags` mean what they say or are letters, as HTML; nothing where it has to stay as it is."""
    if OWN.search(TAG.sub("", text) if tags else text):
        return ""
    made = SMALL.sub(r'<span class="small">\1</span>', _READERS[tags].render(text))
    return AWAY.sub('<a target="_blank" ', TITLE.sub(_titled, made))


def _titled(found: re.Match[str]) -> str:
    """A heading as Streamlit has it, in a room of its own, with the name by which links lead to it."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", re.sub(r"['’](?=s\b)", "", TAG.sub("", found[2])))
    name = re.sub(r"\W+", "-", words.lower()).strip("-")
    return f'<div><{found[1]} id="{name}">{found[2]}</{found[1]}></div>'
