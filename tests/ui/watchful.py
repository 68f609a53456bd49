"""Streamlit's command, which also writes a line whenever it looks up modules to watch, or asks another machine."""

import sys
from typing import Any

from streamlit.watcher import local_sources_watcher
from streamlit.web.cli import main

LOOKED, ASKED = "looked up a module", "asked another machine"
_HERE = {None, "", "localhost", "127.0.0.1", "::1", "0.0.0.0", "::"}  # noqa: S104 - told apart, not bound to
_look = local_sources_watcher.get_module_paths


def _looked(module: Any) -> set[str]:
    print(LOOKED, flush=True)  # noqa: T201 - the log is what is tested
    return _look(module)


def _heard(event: str, arguments: tuple[Any, ...]) -> None:
    """Told by Python itself, whoever opens the socket."""
    if event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        host = arguments[0]
    elif event in {"socket.connect", "socket.sendto"} and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    if host not in _HERE:
        print(ASKED, host, flush=True)  # noqa: T201


if __name__ == "__main__":
    local_sources_watcher.get_module_paths = _looked
    sys.addaudithook(_heard)
    main()
