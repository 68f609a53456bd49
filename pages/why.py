"""Why it works: the story, each claim beside the picture or the number that shows it."""

from resnet_explorer.ui.pages.why import CHAPTERS, story
from resnet_explorer.ui.parts import links, present
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.view import link

parts.opening(
    "Why it works",
    "Eight short chapters. Each names a claim, shows the picture or the number behind it, and leads to the page where "
    "you can try it.",
)
with present.figure():
    story.picture()
with parts.together() as end:
    for chapter in CHAPTERS:
        title, (look, table, origin, means) = chapter.title, chapter.told()
        if chapter.picture:
            parts.section(title, look)
            end()
            chapter.picture()
            title = look = ""
        leads = [link.afresh(each.page, each.net, each.prefix, **dict(each.texts)) for each in chapter.tries]
        tries = [links.inline(f"→ {each.label}", to) for each, to in zip(chapter.tries, leads, strict=True)]
        parts.passage(title, look, table, origin=origin, means=means, ways="\u2003 ".join(tries))
