"""What the server answers by itself."""

import asyncio
from typing import Any

import pytest
from starlette.requests import Request

from resnet_explorer.ui.app import server


@pytest.mark.parametrize(("query", "to"), [("net=resnet18", "/under/?net=resnet18"), ("", "/under/")])
def test_the_front_doors_name_leads_to_its_address_with_all_that_the_link_holds(query: str, to: str) -> None:
    scope: dict[str, Any] = {
        "type": "http",
        "method": "GET",
        "path": f"/under/{server.START}",
        "query_string": query.encode(),
        "headers": [],
    }
    assert asyncio.run(server._home(Request(scope))).headers["location"] == to
