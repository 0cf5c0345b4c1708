"""The interpreter as it was before the learner's code: for the moments in which we report.

A learner may replace `builtins.len`, empty `sys.modules`, or set a recursion limit of 5. Our own
modules see a private copy of builtins, but the standard library's see the real one.
"""

from __future__ import annotations

import builtins
import sys
from collections.abc import Mapping
from types import ModuleType
from typing import Any

_RECURSION_LIMIT = sys.getrecursionlimit()


class Pristine:
    """A context manager inside which builtins, sys.modules and tracing are as at the start."""

    def __init__(self) -> None:
        self.builtins = dict(vars(builtins))
        self._modules = dict(sys.modules)
        self._names = [
            (vars(module), dict(vars(module)))
            for module in self._modules.values()
            if type(module) is ModuleType
        ]
        self._theirs: dict[str, object] = {}
        self._their_modules: dict[str, ModuleType] = {}
        self._their_trace = sys.gettrace()
        self._their_limit = _RECURSION_LIMIT

    def __enter__(self) -> None:
        self._their_limit = sys.getrecursionlimit()
        sys.setrecursionlimit(max(_RECURSION_LIMIT, self._their_limit))
        self._their_trace = sys.gettrace()
        sys.settrace(None)
        self._theirs = dict(vars(builtins))
        self._their_modules = dict(sys.modules)
        vars(builtins).update(self.builtins)
        sys.modules.update(self._modules)

    def __exit__(self, *_: object) -> None:
        _replace(vars(builtins), self._theirs)
        _replace(sys.modules, self._their_modules)
        self._their_modules = {}
        self._theirs = {}
        sys.settrace(self._their_trace)
        self._their_trace = None
        try:
            sys.setrecursionlimit(self._their_limit)
        except RecursionError:  # "the limit is too low": ours stays, and theirs did not last
            sys.setrecursionlimit(_RECURSION_LIMIT)

    def restore_modules(self) -> None:
        """Give every module loaded at the start the names that it had then, for good."""
        for names, originals in self._names:
            names.update(originals)


def _replace(target: dict[str, Any], names: Mapping[str, object]) -> None:
    """Make `target` hold exactly `names`, never empty meanwhile: other threads may be reading."""
    target.update(names)
    for name in target.keys() - names.keys():
        del target[name]
