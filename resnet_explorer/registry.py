"""A registry: an explicit, ordered tuple of named entries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from resnet_explorer.errors import UnknownName

if TYPE_CHECKING:
    from collections.abc import Iterator


class Named(Protocol):
    """What an entry must have: a permanent lower-snake name, because it stands in people's links."""

    @property
    def name(self) -> str:
        """The permanent name."""
        ...


Entry = TypeVar("Entry", bound=Named)


class Registry(Generic[Entry]):
    """Entries by name, in the order they were registered.

    Raises:
        ValueError: two entries share a name.
    """

    def __init__(self, kind: str, entries: tuple[Entry, ...]) -> None:
        self.kind = kind
        self._entries = {entry.name: entry for entry in entries}
        if len(self._entries) != len(entries):
            message = f"two entries of the registry of {kind} share a name"
            raise ValueError(message)

    @property
    def names(self) -> tuple[str, ...]:
        """The names, in order."""
        return tuple(self._entries)

    @property
    def titles(self) -> tuple[str, ...]:
        """What people read for each name: the entry's title, or the name itself."""
        return tuple(getattr(entry, "title", entry.name) for entry in self._entries.values())

    def __getitem__(self, name: str) -> Entry:
        """The entry of that name.

        Raises:
            UnknownName: there is none; the message lists the names.
        """
        try:
            return self._entries[name]
        except (KeyError, TypeError):
            raise UnknownName(self.kind, name, self.names) from None

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name in self._entries

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    def __len__(self) -> int:
        return len(self._entries)
