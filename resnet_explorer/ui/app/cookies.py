"""The cookies of a visitor: a random name for the day, and that the teacher's key was shown.

A class has one address, and a session's id changes with each reload: a name in a cookie tells visitors apart. It is
told to nobody, stands in no log, and no script of a page can read it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, Response

from resnet_explorer.jobs.visitor import key, opens, stranger, token
from resnet_explorer.ui.view import visitor

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Scope

A_DAY = 16 * 3600
LINK = "teacher"


def is_page(scope: Scope) -> bool:
    """Whether a browser asks for a page to show, not for a part of one."""
    return (
        scope["type"] == "http" and scope["method"] == "GET" and "text/html" in Headers(scope=scope).get("accept", "")
    )


def named(scope: Scope) -> list[tuple[bytes, bytes]]:
    """The header that gives a visitor a name, where a page is asked for and there is none."""
    if not is_page(scope) or visitor.known(cookie_parser(Headers(scope=scope).get("cookie", ""))).name:
        return []
    return [_cookie(scope, visitor.NAME, stranger())]


def answer(scope: Scope) -> ASGIApp | None:
    """What a link with the teacher's key is answered: a cookie, and the same address without the key."""
    if not (is_page(scope) and key()):
        return None
    told = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    given = [value for name, value in told if name == LINK]
    if not given:
        return None
    if not opens(given[-1]):
        return PlainTextResponse("This is not the teacher's key of this server.\n", status_code=403)
    rest = urlencode([(name, value) for name, value in told if name != LINK])
    found = Response(status_code=303, headers={"Location": f"?{rest}", "Cache-Control": "no-store"})
    found.raw_headers.append(_cookie(scope, visitor.TEACHER, token()))
    return found


def _cookie(scope: Scope, name: str, value: str) -> tuple[bytes, bytes]:
    secure = "; Secure" if scope.get("scheme") == "https" else ""
    return b"set-cookie", f"{name}={value}; HttpOnly; Max-Age={A_DAY}; Path=/; SameSite=Lax{secure}".encode()
