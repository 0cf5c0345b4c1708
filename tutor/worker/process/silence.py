"""Warnings kept from being shown for something that we do, not the program."""

from __future__ import annotations

import _warnings
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from os import fork as fork_as_it_was  # the program may replace it
from types import ModuleType

IGNORED = ("ignore", None, Warning, None, 0)
"""A warning filter: nothing is shown."""


@contextmanager
def without_warnings() -> Iterator[None]:
    """Show none meanwhile, and leave the program's filters as they were."""
    # C asks the module that the program has loaded, or if there is none its own (_warnings.c).
    module = sys.modules.get("warnings", _warnings)
    filters = vars(module).get("filters") if type(module) is ModuleType else None
    if type(filters) is not list:
        yield
        return
    filters.insert(0, IGNORED)
    try:
        yield
    finally:
        filters.remove(IGNORED)


def fork() -> int:
    """Fork, without the warning of 3.12 and later that there are threads: they are the program's."""
    with without_warnings():
        return fork_as_it_was()
