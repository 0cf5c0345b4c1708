"""For which CPythons something in a course holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Annotated

import msgspec

Version = tuple[int, int]
"""Of a CPython: (3, 13)."""
VersionText = Annotated[str, msgspec.Meta(pattern=r"^3\.\d+$")]
"""The same, as an author writes it: `3.13`."""


def version_of(text: str) -> Version:
    """`3.13` as a version."""
    major, minor = text.split(".")
    return int(major), int(minor)


@dataclass(frozen=True)
class Span:
    """From one CPython on, up to and including another."""

    since: str | None = None
    """None: the first that there is."""
    until: str | None = None
    """None: the last that there is."""

    def has(self, version: Version) -> bool:
        """Whether it holds for that version."""
        after = self.since is None or version_of(self.since) <= version
        return after and (self.until is None or version <= version_of(self.until))

    @property
    def is_whole(self) -> bool:
        """Whether it holds for all."""
        return self.since is None and self.until is None

    @property
    def is_empty(self) -> bool:
        """Whether it ends before it begins."""
        both = self.since is not None and self.until is not None
        return both and version_of(self.until or "") < version_of(self.since or "")

    @property
    def title(self) -> str:
        """`CPython 3.11 to 3.12`, `CPython 3.13 and later`."""
        if self.since is None or self.until is None:
            end = "and later" if self.since else "and before"
            return f"CPython {self.since or self.until} {end}"
        return f"CPython {self.since}" + (f" to {self.until}" * (self.since != self.until))


EVERYWHERE = Span()


@dataclass(frozen=True)
class Edition:
    """What a program prints from one CPython on, up to the next edition."""

    since: str
    text: str


def in_order(editions: Iterable[Edition]) -> tuple[Edition, ...]:
    """From the oldest CPython to the newest."""
    return tuple(sorted(editions, key=lambda each: version_of(each.since)))


def edition_for(editions: tuple[Edition, ...], version: Version) -> Edition:
    """Of several in order the one that holds for a version; the first, for one before them all."""
    held = (each for each in reversed(editions) if version_of(each.since) <= version)
    return next(held, editions[0])


def with_spans(editions: tuple[Edition, ...]) -> Iterator[tuple[Span, Edition]]:
    """Several in order, each with the CPythons that it holds for."""
    for each, after in zip_longest(editions, editions[1:]):
        yield Span(each.since, _before(after.since) if after else None), each


def _before(text: str) -> str:
    """The version before another: minors have no gaps."""
    major, minor = version_of(text)
    return f"{major}.{minor - 1}"
