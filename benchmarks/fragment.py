"""What watching a run costs the server: one rerun of the status fragment, while two nets train.

`python -m benchmarks.fragment` starts the app, presses Run on the Gradients page and asks for its fragment as a browser
does, over the websocket. Linux only. Goal: at most 5 CPU-ms for each.
"""

import asyncio
import statistics
import time

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection

from benchmarks.page import ROOT, Server, connected, running

QUERY = "g_net=demo_resnet34&steps=600"
ASKED, GOAL_CPU_MS = 40, 5


async def run(connection: ClientConnection, *, button: str = "", fragment: str = "") -> tuple[str, str, float]:
    """Run the page or a fragment of it: the Run button's id and the fragment's, as they were told, and the bytes."""
    message = BackMsg()
    message.rerun_script.page_name = "gradients"
    message.rerun_script.query_string = QUERY
    message.rerun_script.context_info.timezone = "UTC"
    message.rerun_script.context_info.locale = "en-GB"
    if button:
        pressed = message.rerun_script.widget_states.widgets.add()
        pressed.id, pressed.trigger_value = button, True
    if fragment:
        message.rerun_script.fragment_id = fragment
        message.rerun_script.is_auto_rerun = True
    await connection.send(message.SerializeToString())
    found, asked, size = "", "", 0
    while True:
        raw = bytes(await connection.recv(decode=False))
        size += len(raw)
        answer = ForwardMsg.FromString(raw)
        kind = answer.WhichOneof("type")
        if kind == "delta" and answer.delta.new_element.WhichOneof("type") == "button":
            if answer.delta.new_element.button.label == "Run":
                found = answer.delta.new_element.button.id
        elif kind == "auto_rerun":
            asked = answer.auto_rerun.fragment_id
        elif kind == "script_finished":
            return found, asked, size


async def measure() -> tuple[list[float], list[float]]:
    """CPU-ms and bytes of each rerun of the fragment."""
    async with running(ROOT / "app.py") as server:
        connection = await connected(server)
        button, _, _ = await run(connection)
        await server.idle()
        _, fragment, _ = await run(connection, button=button)
        if not fragment:
            raise RuntimeError("the page did not ask to be updated: was the run refused?")
        return await watched(server, connection, fragment)


async def watched(server: Server, connection: ClientConnection, fragment: str) -> tuple[list[float], list[float]]:
    """The same, of a run that goes on; what the server spends on hearing the workers meanwhile is taken off."""
    spent, sizes = [], []
    for _ in range(ASKED):
        rested, rest = server.cpu_seconds(), time.perf_counter()
        await asyncio.sleep(0.25)
        before, began = server.cpu_seconds(), time.perf_counter()
        _, _, size = await run(connection, fragment=fragment)
        hearing = (before - rested) / (began - rest) * (time.perf_counter() - began)
        spent.append((server.cpu_seconds() - before - hearing) * 1000)
        sizes.append(size / 1000)
    await connection.close()
    return spent, sizes


def main() -> None:
    """Measure and print."""
    began = time.perf_counter()
    spent, sizes = asyncio.run(measure())
    print(f"status fragment, {ASKED} reruns while two 34-layer nets train ({time.perf_counter() - began:.0f} s in all)")
    print(f"median {statistics.median(spent):.1f} CPU-ms, the last ten {statistics.median(spent[-10:]):.1f}; ", end="")
    print(f"{statistics.median(sizes):.0f} kB each, the last {sizes[-1]:.0f} kB; goal: {GOAL_CPU_MS} CPU-ms")


if __name__ == "__main__":
    main()
