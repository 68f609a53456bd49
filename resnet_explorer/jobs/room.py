"""A room: a class that answers one question together, each of its browsers by another run. Pure."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from resnet_explorer.tasks.task import key

if TYPE_CHECKING:
    from resnet_explorer.jobs.visitor import Visitor
    from resnet_explorer.tasks.train import TrainConfig

LETTERS = "CDFGHJKMNPQRTWXY"
"""None of them is taken for another one or for a digit, and they make no words."""

SEED, DEPTH, RATE = "seed", "depth", "lr"
VARIES = (SEED, DEPTH, RATE)
"""What each browser has another one of."""

DEPTHS = (1, 2, 3, 4)
"""Blocks in each stage."""

RATES = (0.25, 0.5, 1.0, 2.0, 4.0)
"""Times the learning rate that was chosen."""

_CODE = re.compile(f"[{LETTERS}]{{4}}")


def code_of(text: str) -> str:
    """The code that a text means, however it is written; empty where it is none."""
    code = text[:20].strip().upper()
    return code if _CODE.fullmatch(code) else ""


def masked(code: str, name: str) -> str:
    """What a room knows a visitor by: the name cannot be had from it, and it differs from room to room."""
    return hashlib.blake2b(f"{code}{name}".encode(), digest_size=12).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A net against its plain counterpart: the residual net's training, and what each browser has another one of."""

    config: TrainConfig
    varies: str = SEED

    def pair(self, seat: int) -> tuple[TrainConfig, TrainConfig]:
        """What the browser on that seat runs, the plain net first: as many have each choice, or one more.

        Raises:
            InvalidOption: there is no such net or rate.
        """
        config, turn = self.config, seat
        if self.varies == DEPTH:
            turn, chosen = divmod(seat, len(DEPTHS))
            blocks = (DEPTHS[chosen],) * len(config.net.options.blocks)
            config = dataclasses.replace(config, net=config.net.having(blocks=blocks))
        elif self.varies == RATE:
            turn, chosen = divmod(seat, len(RATES))
            config = dataclasses.replace(config, lr=config.lr * RATES[chosen])
        residual = dataclasses.replace(config, seed=(config.seed + turn) % 2**31)
        return dataclasses.replace(residual, net=residual.net.plain), residual


@functools.lru_cache(maxsize=4096)
def keys(question: Question, seat: int) -> tuple[str, str]:
    """The keys of these two runs."""
    plain, residual = question.pair(seat)
    return key(plain), key(residual)


class Member(NamedTuple):
    """A browser in the room: its seat from 0, the answer it guessed (-1: none yet), and whether it has pressed Run."""

    seat: int
    guess: int = -1
    ran: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A room as it is: equal versions are equal rooms. `view` is where the teacher is, for those who follow."""

    code: str
    question: Question
    opener: str
    expires: float
    version: int
    revealed: bool
    view: str
    members: dict[str, Member]

    def led_by(self, who: Visitor) -> bool:
        """Whether a visitor has opened it, or has the teacher's key."""
        return who.teacher or self.opener == masked(self.code, who.name)

    def member(self, who: Visitor) -> Member | None:
        """The seat of a visitor, if there is one."""
        return self.members.get(masked(self.code, who.name))
