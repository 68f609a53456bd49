"""A page of a few words, for where Streamlit shows none."""

from __future__ import annotations

_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">{head}<title>ResNet Explorer {says}</title>
<style>body{{font:1.1rem/1.5 sans-serif;max-width:34rem;margin:20vh auto;padding:0 1rem}}</style>
<h1>ResNet Explorer {says}</h1><p>{text}</p></html>"""


def page(says: str, text: str, head: str = "") -> str:
    """Its HTML: what the title says of the app, and a text, which is HTML too."""
    return _PAGE.format(says=says, text=text, head=head)
