"""What tests of pages share."""

import pytest

from resnet_explorer import jobs as service
from tests.ui.silent import Silent


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Silent:
    silent = Silent()
    monkeypatch.setattr(service, "engine", lambda: silent)
    return silent
