"""Takes the app into the wheel: what stands at the top of the repository, for people, stands in the package there.

Installed as editable, nothing is taken: `installation.APP_FOLDER` is the top of the repository then.
"""

from __future__ import annotations

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FILES = ("app.py", "pages", ".streamlit/config.toml")


class AppInWheel(BuildHookInterface[Any]):
    """Called by hatchling before it builds."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the files, each with its place in the wheel."""
        if version == "standard":
            build_data["force_include"] |= {f"{self.root}/{file}": f"resnet_explorer/app/{file}" for file in FILES}
