"""The site that Sphinx makes of the documents, without a warning, and the papers at the top of the repository."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import resnet_explorer as rx

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-d", folder / "cache", "docs", folder]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


def test_every_document_has_its_page(site: Path) -> None:
    pages = {path.stem for path in site.glob("*.html")} - {"genindex", "search"}
    assert pages == {path.stem for path in (ROOT / "docs").glob("*.md")} - {"claims"}
    front = (site / "index.html").read_text(encoding="utf-8")
    assert all(f'href="{page}.html"' in front for page in pages - {"index"})


def test_every_public_name_stands_in_the_reference(site: Path) -> None:
    reference = (site / "api.html").read_text(encoding="utf-8")
    assert not [name for name in rx.__all__ if f'id="resnet_explorer.{name}"' not in reference]
    assert "Floating point operations: two per multiply-add" in reference


def test_a_page_of_the_site_asks_nobody_else(site: Path) -> None:
    for page in site.glob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"""<(script|link|img|iframe)[^>]+(src|href)=["']?(https?:)?//""", text), page.name


@pytest.mark.parametrize("name", sorted(rx.__all__))
def test_every_public_name_is_documented(name: str) -> None:
    documented = getattr(rx, name).__doc__
    assert documented
    assert not documented.startswith(f"{name}(")  # as dataclasses write of themselves


def test_the_version_is_the_same_wherever_it_stands() -> None:
    citation = dict(
        re.findall(r"^([a-z-]+): *(.*)$", (ROOT / "CITATION.cff").read_text(encoding="utf-8"), re.MULTILINE)
    )
    changes = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert changes[0] == "Unreleased"
    assert changes[1].split()[0] == citation["version"] == rx.__version__
    assert citation["cff-version"] == "1.2.0"
    assert {"message", "title", "authors", "license", "date-released"} <= citation.keys()
