"""Write the icons that pages show, out of Streamlit's font of 4,000: `python scripts/make_icons.py`.

Each visitor would fetch 375 kB for some thirty icons, while the first page comes over the same line. The file is called
as Streamlit's is, by the hash of its content, so that it stands for no other. Material Symbols has the Apache License.
"""

from __future__ import annotations

import re
from pathlib import Path

import streamlit
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

UI = Path(__file__).parents[1] / "resnet_explorer" / "ui"
FONTS = Path(streamlit.__file__).parent / "static" / "static" / "media"
SOURCE = next(FONTS.glob("MaterialSymbols-Rounded.*.woff2"))
TARGET = UI / "app" / "icons" / SOURCE.name


def icons(font: TTFont) -> dict[str, str]:
    """The glyph of each icon, by the letters that it stands for."""
    letters = {glyph: chr(code) for code, glyph in font.getBestCmap().items()}
    tables = [each.ExtSubTable for lookup in font["GSUB"].table.LookupList.Lookup for each in lookup.SubTable]
    return {
        "".join(map(letters.__getitem__, [first, *ligature.Component])): ligature.LigGlyph
        for table in tables
        for first, ligatures in table.ligatures.items()
        for ligature in ligatures
    }


def named() -> set[str]:
    """The names in our code and in Streamlit's scripts that an icon could have: more than are shown, never fewer."""
    ours = [path.read_text(encoding="utf-8") for kind in ("py", "js") for path in UI.rglob(f"*.{kind}")]
    theirs = [path.read_text(encoding="utf-8") for path in FONTS.parent.glob("js/*.js")]
    quoted = re.findall(r"[\"'`](\w+)[\"'`]", "\n".join(ours))
    parted = re.findall(r"[\"'`](\w+_\w+)[\"'`]", "\n".join(theirs))  # not each word of theirs that is an icon's too
    return {*quoted, *parted, *re.findall(r":material/(\w+):", "\n".join(ours + theirs))}


def made() -> TTFont:
    """The font with these icons, and the letters of their names."""
    font, names = TTFont(SOURCE), named()
    kept = {name: glyph for name, glyph in icons(font).items() if name in names}
    # Without closure: each letter is there, so that every icon could be written with them.
    only = Subsetter(Options(layout_closure=False, layout_features=["*"], notdef_outline=True))
    only.populate(glyphs=kept.values(), unicodes=map(ord, set("".join(kept))))
    only.subset(font)
    font.flavor = "woff2"
    return font


if __name__ == "__main__":
    made().save(TARGET)
    print(f"{TARGET}: {TARGET.stat().st_size:,} bytes of {SOURCE.stat().st_size:,}")
