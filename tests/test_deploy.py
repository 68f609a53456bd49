"""What is shipped to deploy the app: the files are read, as no daemon is there to build or start them."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from resnet_explorer.ui.app.health import LIVE, READY
from resnet_explorer.ui.view.visitor import NAME

ROOT = Path(__file__).resolve().parents[1]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")
NGINX = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_no_root_writes_nowhere_and_is_bounded(name: str) -> None:
    service = SERVICES[name]
    assert int(service["user"]) > 0
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert re.fullmatch(r"[0-9]+[mg]", service["mem_limit"])
    assert service["pids_limit"] > 0
    assert all(each.startswith("/tmp:") for each in service["tmpfs"])  # noqa: S108


def test_every_service_says_how_it_is() -> None:
    checks = {name: str(service.get("healthcheck", {}).get("test", "image")) for name, service in SERVICES.items()}
    ours = re.search(r"^HEALTHCHECK .*\n +CMD (.*)", DOCKERFILE, re.MULTILINE)
    assert ours
    assert f"/{LIVE}'" in ours[1]
    assert f"/{READY}'" in checks["proxy"]
    assert {name for name, check in checks.items() if check == "image"} == {"app1", "app2"}  # what the image says
    for service in SERVICES.values():
        for other, on in service.get("depends_on", {}).items():
            assert other in SERVICES
            assert on == {"condition": "service_healthy"}


def test_the_scheduler_is_reached_by_none_but_the_app_and_its_workers() -> None:
    assert COMPOSE["networks"]["work"] == {"internal": True}
    assert SERVICES["scheduler"]["networks"] == ["work"]
    assert {name for name, service in SERVICES.items() if "work" in service["networks"]} == {
        *("app1", "app2", "scheduler", "worker"),
    }
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    address = SERVICES["app1"]["environment"]["RESNET_EXPLORER_SCHEDULER"]
    assert address == SERVICES["worker"]["command"][2] == "tcp://scheduler:8786"


def test_both_web_processes_keep_runs_in_one_place() -> None:
    assert SERVICES["app1"] == SERVICES["app2"]
    (volume,) = SERVICES["app1"]["volumes"]
    name, _, place = volume.partition(":")
    assert name in COMPOSE["volumes"]
    assert f"RESNET_EXPLORER_STORE={place}" in DOCKERFILE


def test_the_image_holds_what_the_app_needs_and_is_nobody_in_particular() -> None:
    copied = re.findall(r"^COPY (\S+) ", DOCKERFILE, re.MULTILINE)
    assert all((ROOT / each).exists() for each in copied)
    ignored = (ROOT / ".dockerignore").read_text(encoding="ascii").splitlines()
    assert {f"!{each}" for each in copied} <= set(ignored)  # else there is nothing to copy
    assert DOCKERFILE.index("\nUSER explorer\n") > DOCKERFILE.rindex("\nRUN ")
    torch = re.search(r"^torch==\S+$", (ROOT / "requirements.txt").read_text(encoding="ascii"), re.MULTILINE)
    assert torch
    assert f"pip install {torch[0]} " in DOCKERFILE


@pytest.mark.parametrize(
    "line",
    [
        "proxy_http_version 1.1;",
        "proxy_set_header Host $http_host;",
        "proxy_set_header Upgrade $http_upgrade;",
        "proxy_set_header Connection $upgraded;",
        "proxy_buffering off;",
        "access_log off;",
        *(f"server {name}:8501 max_fails=1 fail_timeout=5s;" for name in ("app1", "app2")),
    ],
)
def test_the_proxy_passes_on_what_pages_need(line: str) -> None:
    assert NGINX.count(line) == 1


def test_the_proxy_tells_visitors_apart_as_the_app_does() -> None:
    assert f"map $cookie_{NAME} $visitor" in NGINX
    assert "hash $visitor consistent;" in NGINX
    assert f'"{SERVICES["proxy"]["ports"][0].partition(":")[2]}'.strip('"') in re.findall(r"listen (\d+);", NGINX)
