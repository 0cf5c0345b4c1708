"""Predicted lines beside printed ones, as a reader would put them side by side."""

from __future__ import annotations

from itertools import zip_longest

MOST_LINES = 100
"""With more on either side the lines stand in their order: each is held against each."""

Pairs = list[tuple[str | None, str | None]]


def side_by_side(given: list[str], printed: list[str]) -> Pairs:
    """Each predicted line beside a printed one, None where one side has nothing.

    Line by line, if as many were predicted as were printed. Where fewer were, printed lines are left
    out so that as many as can be are alike, but none that was predicted somewhere else: nobody is
    told that a line is missing which they have written.
    """
    in_order: Pairs = list(zip_longest(given, printed))
    if len(given) >= len(printed) or max(len(given), len(printed)) > MOST_LINES:
        return in_order
    placed = _placed(given, printed)
    left_out = {line for beside, line in placed if beside is None}
    wrong = {beside for beside, line in placed if beside is not None and beside != line}
    return in_order if left_out & wrong else placed


def _placed(given: list[str], printed: list[str]) -> Pairs:
    """Every predicted line beside a printed one, in order, as many alike as can be."""
    spare = len(printed) - len(given)
    # best[i][s]: of given[i:], once s printed lines are left out.
    best = [[0] * (spare + 2) for _ in range(len(given) + 1)]
    for i in reversed(range(len(given))):
        for s in reversed(range(spare + 1)):
            beside = _alike(given[i], printed[i + s]) + best[i + 1][s]
            best[i][s] = max(beside, best[i][s + 1] if s < spare else 0)
    pairs: Pairs = []
    i = s = 0
    while i + s < len(printed):
        here = i < len(given)
        if here and best[i][s] == _alike(given[i], printed[i + s]) + best[i + 1][s]:
            pairs.append((given[i], printed[i + s]))
            i += 1
        else:
            pairs.append((None, printed[i + s]))
            s += 1
    return pairs


def _alike(given: str, printed: str) -> int:
    """2 for the same line, 1 for the same words before the colon."""
    if given == printed:
        return 2
    head, colon, _ = given.partition(":")
    return int(bool(colon) and head == printed.partition(":")[0])
