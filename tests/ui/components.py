"""Components of a page without a browser: what each is told, and what its visitor does there."""

import json
import re
from typing import Any

from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest


def sent(app: AppTest) -> list[dict[str, Any]]:
    """The data of each component that has some."""
    return [json.loads(each.proto.bytes) for each in app.get("bidi_component") if each.proto.bytes]


def rows(app: AppTest) -> list[list[str]]:
    """The tracks under each net that is drawn."""
    figures = [figure for each in sent(app) for figure in each.get("figures", [])]
    return [[track["name"] for track in figure["tracks"]] for figure in figures]


def used(app: AppTest, name: str, trigger: str = "act", kind: str = "tools") -> AppTest:
    """Use a tool of the page, or what else a component of that kind tells by that trigger."""
    (at,) = [each.proto.id for each in app.get("bidi_component") if json.loads(each.proto.bytes).get("kind") == kind]
    return _told(app, at, trigger, name)


def _told(app: AppTest, at: str, trigger: str, value: str) -> AppTest:
    states = app._tree.get_widget_states()
    told = json.dumps([{"event": trigger, "value": value}])
    states.widgets.append(WidgetState(id=f"$$STREAMLIT_INTERNAL_KEY_{at}__events", json_trigger_value=told))
    return app._run(states)


def picks(app: AppTest) -> dict[str, dict[str, Any]]:
    """The choices of the page that stand over what it shows, by name."""
    return {pick["name"]: pick for each in sent(app) if each.get("kind") == "picker" for pick in each["picks"]}


def picked(app: AppTest, name: str, chosen: str) -> AppTest:
    """Pick from one of them."""
    at, turn = picker(app, name)
    return _told(app, at, "pick", f"{turn + 1} {name} {chosen}")


def picker(app: AppTest, name: str) -> tuple[str, int]:
    """Where the choice stands, and of how many picks there the page has heard."""
    shown = [(each.proto.id, json.loads(each.proto.bytes or "{}")) for each in app.get("bidi_component")]
    (found,) = [(at, has["turn"]) for at, has in shown if name in {pick["name"] for pick in has.get("picks", [])}]
    return found


def told_again(app: AppTest, name: str, *told: str) -> AppTest:
    """Tell of picks as a browser does that has not heard of an answer yet."""
    return _told(app, picker(app, name)[0], "pick", "\n".join(told))


def titles(app: AppTest) -> list[str]:
    """The titles of a page; where it is presented, or is a room's, they are elements of their own."""
    opening = [title for each in app.markdown for title in re.findall(r"^# (.*)$", each.value, re.MULTILINE)]
    return [*(each.value for each in app.title), *opening]


def sections(app: AppTest) -> list[str]:
    """The titles of a page's parts."""
    return [title for each in app.markdown for title in re.findall(r"^## (.*)$", each.value, re.MULTILINE)]
