"""Why it works: the story, each claim beside the picture or the number that shows it."""

import streamlit as st

from resnet_explorer.ui.pages.why import CHAPTERS, story
from resnet_explorer.ui.parts import present
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.view import link

parts.opening(
    "Why it works",
    "Eight short chapters. Each names a claim, shows the picture or the number behind it, and leads to the page where "
    "you can try it.",
)
with present.figure():
    story.picture()
for chapter in CHAPTERS:
    look, table, means = chapter.told()
    parts.section(chapter.title, look, table)
    chapter.show()
    parts.meaning(means)
    with st.container(key=f"try_{chapter.short}", horizontal=True, gap="medium"):
        for each in chapter.tries:
            st.page_link(
                **link.afresh(each.page, each.net, each.prefix, **dict(each.texts)),
                label=each.label,
                icon=":material/arrow_forward:",
            )
