"""Where runs are kept on this machine, if they are."""

from __future__ import annotations

import os
import sys
from pathlib import Path

PLACE = "RESNET_EXPLORER_STORE"
OFF = "off"


def folder() -> Path | None:
    """Where runs are kept: what the environment says, or the user's data folder; None where they are not."""
    text = os.environ.get(PLACE, "").strip()
    if text.lower() == OFF:
        return None
    if text:
        return Path(text).expanduser()
    home = Path.home()
    usual = {"win32": home / "AppData" / "Local", "darwin": home / "Library" / "Application Support"}
    told = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_DATA_HOME", "")
    return Path(told or usual.get(sys.platform, home / ".local" / "share")) / "resnet-explorer"
