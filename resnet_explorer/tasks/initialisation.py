"""The initialisations that a config may name; `model.inits` has what they do."""

from __future__ import annotations

INITS = (
    "he",
    "pytorch",
    "xavier",
    "n0.01",
    "near_identity",
    "pytorch_unbiased",
    "he_fan_in",
    "delta_orthogonal",
    "fixup_like",
    "he_slope",
)
INIT_TITLES = (
    "He (fan-out)",
    "PyTorch default",
    "Xavier",
    "N(0, 0.01²)",
    "near the identity",
    "PyTorch default, biases 0",
    "He (fan-in, for the net's slope)",
    "delta-orthogonal",
    "Fixup-like",
    "He (fan-out, for the net's slope)",
)
