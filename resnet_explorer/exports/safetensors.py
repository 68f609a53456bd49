"""The initialised weights, in the format of safetensors (https://github.com/huggingface/safetensors).

Eight bytes with the length of the header, the header as JSON (each tensor's type, shape and place), the numbers. The
header's metadata names the net, so that whoever has the file has the description too.
"""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING

import resnet_explorer
from resnet_explorer.exports.export import Export
from resnet_explorer.installation import explained
from resnet_explorer.spec import to_query

if TYPE_CHECKING:
    from resnet_explorer.analysis import Report

SEED, ALIGNED = 0, 8
TYPES = {"float32": "F32", "int64": "I64"}


def _safetensors(report: Report) -> bytes:
    """The weights of He's initialisation with seed 0, and the running statistics.

    Raises:
        Missing: torch is not installed.
    """
    with explained():
        from resnet_explorer.model import build  # noqa: PLC0415 - torch: the other formats need none

        tensors = {name: tensor.numpy() for name, tensor in build(report.spec, seed=SEED).state_dict().items()}
    query = {"query": to_query(report.spec), "init": "he", "seed": str(SEED)}
    header: dict[str, object] = {
        "__metadata__": {"format": "pt", "made_by": f"ResNet Explorer {resnet_explorer.__version__}", **query}
    }
    begin = 0
    for name, numbers in tensors.items():
        end = begin + numbers.nbytes
        header[name] = {"dtype": TYPES[str(numbers.dtype)], "shape": numbers.shape, "data_offsets": (begin, end)}
        begin = end
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % ALIGNED)
    little = (numbers.astype(numbers.dtype.newbyteorder("<"), copy=False) for numbers in tensors.values())
    return b"".join([struct.pack("<Q", len(text)), text, *(numbers.tobytes() for numbers in little)])


SAFETENSORS = Export(
    name="safetensors",
    title="safetensors",
    help="initialised weights (He, seed 0) that name their net",
    suffix=".safetensors",
    mime="application/octet-stream",
    write=_safetensors,
    extra="torch",
)
