"""Recurrent layers and attention of somebody's module, counted by hand; with data torch runs them in kernels that
FlopCounterMode does not know."""

from collections.abc import Callable

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional as F

import resnet_explorer as rx

STEPS, WIDTH = 5, 16


class Around(nn.Module):
    """A module called in some way; `asks` of a value's size, it does not run without data."""

    def __init__(self, inner: nn.Module, way: Callable[[nn.Module, Tensor], Tensor], *, asks: bool) -> None:
        super().__init__()
        self.inner, self.way, self.asks = inner, way, asks

    def forward(self, x: Tensor) -> Tensor:
        if self.asks and float(x.sum()) > 1:
            return x
        return self.way(self.inner, x)


def _first(inner: nn.Module, x: Tensor) -> Tensor:
    return inner(x)[0]


def _packed(inner: nn.Module, x: Tensor) -> Tensor:
    packed = nn.utils.rnn.pack_padded_sequence(x, torch.tensor([STEPS]), batch_first=True)
    return nn.utils.rnn.pad_packed_sequence(inner(packed)[0], batch_first=True)[0]


def _attends(inner: nn.Module, x: Tensor) -> Tensor:
    return inner(x, x, x, need_weights=False)[0]


def _by_heads(inner: nn.Module, x: Tensor) -> Tensor:
    parts = inner(x).chunk(3, -1)
    return F.scaled_dot_product_attention(*(each.reshape(1, STEPS, 4, 4).transpose(1, 2) for each in parts))


def _recurrent(gates: int, given: int, width: int) -> int:
    """Each gate has a matrix for the input and one for what came before, at each step."""
    return STEPS * gates * width * (given + width)


PROJECTED = 4 * STEPS * WIDTH * WIDTH
PRODUCTS = 2 * STEPS * STEPS * WIDTH
ATTENTION = PROJECTED + PRODUCTS  # three projections in, one out; queries by keys, weights by values
LAYER = ATTENTION + 2 * STEPS * WIDTH * 32
CASES = {
    "lstm": (lambda: nn.LSTM(3, 8, batch_first=True), _first, 3, _recurrent(4, 3, 8)),
    "lstm both ways, twice": (
        lambda: nn.LSTM(3, 8, num_layers=2, bidirectional=True, batch_first=True),
        _first,
        3,
        2 * (_recurrent(4, 3, 8) + _recurrent(4, 16, 8)),
    ),
    "lstm of a packed sequence": (lambda: nn.LSTM(3, 8, batch_first=True), _packed, 3, _recurrent(4, 3, 8)),
    "gru": (lambda: nn.GRU(3, 8, batch_first=True), _first, 3, _recurrent(3, 3, 8)),
    "rnn": (lambda: nn.RNN(3, 8, batch_first=True), _first, 3, _recurrent(1, 3, 8)),
    "attention": (lambda: nn.MultiheadAttention(WIDTH, 4, batch_first=True), _attends, WIDTH, ATTENTION),
    "attention by its function": (lambda: nn.Linear(WIDTH, 3 * WIDTH), _by_heads, WIDTH, PROJECTED * 3 // 4 + PRODUCTS),
    "encoder": (
        lambda: nn.TransformerEncoder(nn.TransformerEncoderLayer(WIDTH, 4, 32, batch_first=True), 2),
        nn.Module.__call__,
        WIDTH,
        2 * LAYER,
    ),
    "decoder": (
        lambda: nn.TransformerDecoderLayer(WIDTH, 4, 32, batch_first=True),
        lambda inner, x: inner(x, x),
        WIDTH,
        ATTENTION + LAYER,
    ),
}


@pytest.mark.parametrize("asks", [False, True], ids=["without data", "with data"])
@pytest.mark.parametrize("name", CASES)
def test_what_torch_does_with_one_kernel_is_counted_whole(name: str, asks: bool) -> None:  # noqa: FBT001
    make, way, given, macs = CASES[name]
    module = Around(make(), way, asks=asks)
    net = rx.from_module(module, (STEPS, given))
    report = rx.analyse(net)
    assert report.macs == sum(net.second) == macs
    assert report.params == sum(each.numel() for each in module.parameters())


@pytest.mark.parametrize(
    ("inner", "way", "kind"),
    [
        (nn.Bilinear(6, 6, 5), lambda inner, x: inner(x, x), "bilinear"),
        (nn.Linear(6, 5), lambda inner, x: torch.mv(inner.weight, x[0]), "mv"),
        (nn.Linear(6, 5), lambda inner, x: x @ inner.weight[0], "product of matrices"),
    ],
)
def test_where_torch_counts_nothing_a_note_says_so(inner: nn.Module, way: Callable[..., Tensor], kind: str) -> None:
    said = f"FlopCounterMode counts no multiply-adds of: {kind} (1); whatever they take is missing from the sum."
    assert said in rx.from_module(Around(inner, way, asks=False), (6,)).notes
    known = rx.from_module(nn.Sequential(nn.Linear(6, 6), nn.GELU(), nn.LayerNorm(6)), (6,))
    assert not any("no multiply-adds" in note for note in known.notes)


def test_what_has_but_a_number_for_each_feature_multiplies_no_matrix() -> None:
    lifted = Around(nn.Linear(6, 6), lambda inner, x: torch.logaddexp(x, inner.bias), asks=False)
    notes = rx.from_module(lifted, (6,)).notes
    assert any(note.startswith("Of no known kind: logaddexp (1).") for note in notes)
    assert not any("no multiply-adds" in note or "though with weights" in note for note in notes)
