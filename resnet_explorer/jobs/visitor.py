"""Who asks: a random name that a browser keeps, and whether it has shown the teacher's key."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from typing import NamedTuple

TEACHER = "RESNET_EXPLORER_TEACHER"
SHORTEST_KEY = 12


class Visitor(NamedTuple):
    """A visitor. Without a name it is this program itself, whose jobs nobody needs to watch."""

    name: str = ""
    teacher: bool = False


NOBODY = Visitor()


def key() -> str:
    """The teacher's key; empty where there is none.

    Raises:
        ValueError: it is so short that it could be guessed.
    """
    text = os.environ.get(TEACHER, "").strip()
    if text and len(text) < SHORTEST_KEY:
        message = f"{TEACHER} has {len(text)} characters; allowed: {SHORTEST_KEY} or more"
        raise ValueError(message)
    return text


def opens(text: str) -> bool:
    """Whether a text is the teacher's key."""
    return bool(key()) and hmac.compare_digest(text.encode(), key().encode())


def token() -> str:
    """What a browser keeps that has shown the key, which cannot be had from it; empty where there is no key."""
    return hmac.new(key().encode(), b"resnet-explorer teacher", hashlib.sha256).hexdigest() if key() else ""


def proves(text: str) -> bool:
    """Whether a browser has shown the key once."""
    return bool(text) and bool(token()) and hmac.compare_digest(text.encode(), token().encode())


def stranger() -> str:
    """A name for a visitor who has none yet."""
    return secrets.token_urlsafe(16)
