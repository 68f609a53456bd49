"""The picture over the story: the net of each chapter."""

import dataclasses
import json
from pathlib import Path

from resnet_explorer.analysis.metrics import METRICS
from resnet_explorer.spec import from_query, title
from resnet_explorer.ui.canvas import mount
from resnet_explorer.ui.canvas.written import record
from resnet_explorer.ui.pages import why
from resnet_explorer.ui.pages.why import CHAPTERS, story

PAGE = Path(why.__file__).parents[4] / "pages" / "why.py"


def test_each_chapter_has_its_net_on_the_axis() -> None:
    drawn = story._chapters()
    assert [each.title for each in drawn] == [each.title for each in CHAPTERS]
    for each, chapter in zip(drawn, CHAPTERS, strict=True):
        spec = from_query(chapter.net)
        assert each.drawing.title.startswith(title(spec))
        assert each.caption.startswith(f"{title(spec)}: ")
        assert [row["name"] for row in each.drawing.data["tracks"]] == [chapter.track]
        assert chapter.track in METRICS.names
    assert len({each.drawing.height for each in drawn}) == 1


def test_the_arcs_come_with_the_second_chapter() -> None:
    plain, residual, *_ = story._chapters()
    assert 'class="arc' not in plain.drawing.svg.split("shades")[0]
    assert residual.drawing.svg.split("shades")[0].count('class="arc identity') == 13


def test_the_chapters_are_the_only_headers_of_the_page() -> None:
    """The script finds the title of the n-th chapter as the n-th header."""
    sources = [PAGE, *Path(why.__file__).parent.glob("*.py")]
    written = [source.read_text(encoding="utf-8") for source in sources]
    assert sum(text.count("parts.section(") + text.count("st.header(") for text in written) == 1


def test_a_drawing_is_written_down_once() -> None:
    drawing = story._chapters()[0].drawing
    told = mount._drawn(drawing)
    assert mount._drawn(dataclasses.replace(drawing)) is told
    assert [json.loads(record(told))[name] for name in ("svg", "title", "width")] == [
        drawing.svg,
        drawing.title,
        drawing.width,
    ]
    other = dataclasses.replace(drawing, data={**drawing.data, "kind": "other"})
    assert json.loads(record(mount._drawn(other)))["kind"] == "other"
