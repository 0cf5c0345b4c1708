"""Predicted lines beside printed ones, as a reader would put them side by side."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_LINES = 100
"""With more on either side the lines stand in their order: each is held against each."""


def aligned(
    given: list[str], printed: list[str]
) -> Iterator[tuple[str | None, str] | tuple[str, None]]:
    """Pairs of lines in order, None where one side has nothing: as many alike as can be."""
    if max(len(given), len(printed)) > MOST_LINES:
        yield from zip_longest(given, printed)
        return
    best = [[0] * (len(printed) + 1) for _ in range(len(given) + 1)]
    for i in reversed(range(len(given))):
        for j in reversed(range(len(printed))):
            together = _alike(given[i], printed[j]) + best[i + 1][j + 1]
            best[i][j] = max(together, best[i + 1][j], best[i][j + 1])
    i = j = 0
    while i < len(given) and j < len(printed):
        if best[i][j] == _alike(given[i], printed[j]) + best[i + 1][j + 1]:
            yield given[i], printed[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i][j + 1]:
            yield None, printed[j]
            j += 1
        else:
            yield given[i], None
            i += 1
    yield from ((line, None) for line in given[i:])
    yield from ((None, line) for line in printed[j:])


def _alike(given: str, printed: str) -> int:
    """2 for the same line, 1 for the same words before the colon."""
    if given == printed:
        return 2
    head, colon, _ = given.partition(":")
    return int(bool(colon) and head == printed.partition(":")[0])
