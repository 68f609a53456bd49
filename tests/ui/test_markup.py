"""Texts as HTML on their way to the browser: what becomes of each, and what stays Markdown."""

from unittest.mock import Mock

import pytest
from markdown_it import MarkdownIt
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.Markdown_pb2 import Markdown

from resnet_explorer.ui.app import markup
from resnet_explorer.ui.parts.derived import html


def sent(text: str, *, tags: bool = False, kind: Markdown.Type.ValueType = Markdown.NATIVE) -> str:
    message = ForwardMsg()
    markdown = message.delta.new_element.markdown
    markdown.body, markdown.allow_html, markdown.element_type = text, tags, kind
    markup.light(message)
    return message.delta.new_element.html.body


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("a **b** *c* `d`", "<p>a <strong>b</strong> <em>c</em> <code>d</code></p>"),
        ("## A ResNet-34's\n\nb", '<div><h2 id="a-res-net-34s">A ResNet-34\'s</h2></div>\n<p>b</p>'),
        ("[a](explore?net=x&y=1)", '<p><a target="_blank" href="explore?net=x&amp;y=1">a</a></p>'),
        ("[a](#b)", '<p><a href="#b">a</a></p>'),
        ("[a](javascript:b)", "<p>[a](javascript:b)</p>"),
        ("a <b> & \\*c\\*", "<p>a &lt;b&gt; &amp; *c*</p>"),
        (
            ":small[:gray[From [a](b), c]]",
            '<p><span class="small">From <a target="_blank" href="b">a</a>, c</span></p>',
        ),
        ("| a | b |\n| --- | ---: |\n| c | 1 |", '<td style="text-align:right">1</td>'),
    ],
)
def test_a_text_is_sent_as_its_html(text: str, made: str) -> None:
    assert made in sent(text)
    assert sent(text).startswith('<div data-testid="stMarkdown" class="whole"><div data-testid="stMarkdownContainer"')


def test_tags_of_a_text_that_has_numbers_stay_tags() -> None:
    number = html("**3**", "1 + 2 -> $3, :a: or `b`")
    assert sent(f"a {number}", tags=True).count('<span class="derived"') == 1
    assert "<strong>3</strong></span>" in sent(f"a {number}", tags=True)
    assert "&lt;span" in sent("a <span>b</span>")


def test_a_reader_has_its_rules_before_two_threads_ask_for_them() -> None:
    reader = markup._ready(MarkdownIt("commonmark"))
    rules = (reader.core.ruler, reader.block.ruler, reader.inline.ruler, reader.inline.ruler2)
    assert all(each.__cache__ for each in rules)
    assert not any(each.__cache__ for each in (MarkdownIt("commonmark").block.ruler,))


def test_a_caption_is_one_still() -> None:
    assert 'data-testid="stCaptionContainer"' in sent("a", kind=Markdown.CAPTION)


@pytest.mark.parametrize(
    "text",
    [
        ":material/info: a",
        "a :red[b]",
        "costs $a$",
        "a :smile: b",
        "```\na\n```",
        "a -> b",
        "a >= b",
        "a -- b",
        "- a\n\n~~~\nb\n~~~",
    ],
)
def test_what_streamlit_reads_in_its_own_way_it_is_sent(text: str) -> None:
    assert not sent(text)


def test_a_page_hands_its_texts_on_as_html() -> None:
    handed: list[str] = []

    def keep(_context: object, message: ForwardMsg) -> None:
        handed.append(message.delta.new_element.html.body)

    message = ForwardMsg()
    message.delta.new_element.markdown.body, message.delta.new_element.markdown.element_type = "*a*", Markdown.NATIVE
    markup.lightened(keep)(Mock(), message)
    assert "<em>a</em>" in handed[0]


def test_other_elements_are_sent_as_they_are() -> None:
    message = ForwardMsg()
    message.delta.new_element.alert.body = "**a**"
    before = message.SerializeToString()
    markup.light(message)
    assert message.SerializeToString() == before
    for kind in (Markdown.DIVIDER, Markdown.LATEX):
        assert not sent("a", kind=kind)
