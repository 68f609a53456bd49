"""What charts of all named nets are drawn of."""

import pytest

from resnet_explorer.analysis import catalogue


@pytest.fixture(scope="session")
def entries() -> tuple[catalogue.Entry, ...]:
    return catalogue.catalogue()
