"""Which Pythons the tutor was tried on, for who tells of it."""

from __future__ import annotations

import sys
from typing import Any

TRIED = ((3, 11), (3, 12), (3, 13), (3, 14), (3, 15))
"""The CPythons that all of this was tried on, with the GIL. What a version has of its own stands where
it is used; a new one is added here, to the layouts of `memory`, and to the classifiers."""
OLDEST, *_, NEWEST = (".".join(map(str, version)) for version in TRIED)


def untried(name: str, version: tuple[Any, ...], gil: bool) -> str:
    """That an interpreter is not one of those that were tried, in a sentence; empty if it is.

    `name` is that of `sys.implementation`; `gil` is whether there is one (PEP 703).
    """
    if name == "cpython" and (*version[:2],) in TRIED and gil:
        return ""
    this = f"{name} {'.'.join(map(str, version[:2]))}{'' if gil else ', free-threaded'}"
    return (
        f"Closure Tutor was not tried on this Python ({this}); "
        f"it was on CPython {OLDEST} to {NEWEST}."
    )


def untried_here() -> str:
    """The same of the interpreter that runs this."""
    gil = getattr(sys, "_is_gil_enabled", lambda: True)()
    return untried(sys.implementation.name, sys.version_info, gil)
