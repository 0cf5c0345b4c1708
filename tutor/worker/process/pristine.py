"""The interpreter as a script finds it, for the program; and as it was then, for what we do.

A learner may replace `builtins.len` or empty `sys.modules`. Our own modules, and those of the
standard library that they imported, see private copies of builtins, and the library's import
privately. What a script begins with (`os`, `io`, `abc`) is the program's and ours, and sees the real
builtins.
"""

from __future__ import annotations

import builtins
import sys
from collections.abc import Mapping
from copy import copy
from types import ModuleType
from typing import Any

SEARCH = ("path", "meta_path", "path_hooks", "path_importer_cache")
"""What of `sys` an import goes by."""
KEPT = ("_functools", "_collections")
"""Modules of C that the program shares with us: the inspector knows their types by identity, and a
second `_functools` would have a second `partial`."""
RECURSION_LIMIT = sys.getrecursionlimit()
if sys.version_info >= (3, 12):  # taken at import: a learner can replace them
    get_tool, set_events = sys.monitoring.get_tool, sys.monitoring.set_events


class Pristine:
    """Gives the program the interpreter of a script, and keeps what we have loaded from it.

    As a context manager: inside it builtins are as at the start. It is made before the fork, so
    that what it copies is copied once, and shared.
    """

    def __init__(
        self,
        names: Mapping[str, object],
        began: Mapping[str, tuple[ModuleType, dict[str, object]]],
        librarys: dict[str, object],
    ) -> None:
        """Hide what has been loaded since.

        `names` is what a script's own module begins with, `began` the modules that a script begins
        with and their names; `librarys` are the builtins of what was loaded since.
        """
        self.builtins = dict(vars(builtins))
        self._script = names
        self._in_use = sys.modules
        self._modules = dict(sys.modules)
        del self._modules["__main__"]
        self._search = {name: copy(vars(sys)[name]) for name in SEARCH}
        self._importing = False
        self._theirs: dict[str, object] = {}
        self._names = {
            name: (vars(module), before)
            for name, (module, before) in began.items()
            if type(module) is ModuleType and name != "__main__"
        }
        for now, before in self._names.values():
            _replace(now, before)
        shared = {name: self._modules[name] for name in KEPT}
        _replace(self._in_use, {name: module for name, (module, _) in began.items()} | shared)
        librarys["__import__"] = self.import_

    def __enter__(self) -> None:
        self._theirs = dict(vars(builtins))
        vars(builtins).update(self.builtins)

    def __exit__(self, *_: object) -> None:
        _replace(vars(builtins), self._theirs)
        self._theirs = {}

    def script(self, path: str) -> ModuleType:
        """Begin a script: its module, as `python FILE` makes it, and what of `sys` is its own."""
        module = ModuleType("__main__")
        module.__dict__.update(self._script, __file__=path, __doc__=None)
        loader: Any = self._script["__loader__"]
        module.__loader__ = type(loader)("__main__", path)
        if "__annotations__" in self._script:  # before 3.14
            module.__annotations__ = {}
        sys.path_importer_cache.pop(sys.orig_argv[-2], None)
        sys.path_importer_cache[path] = None
        sys.orig_argv[-2:] = [path]
        sys.argv[:] = [path]
        sys.modules["__main__"] = module
        if "threading" in sys.modules:  # a fork keeps the number of its parent (3.11, 3.12)
            sys.modules["threading"].main_thread()._set_native_id()
        return module

    def import_(
        self,
        name: str,
        globals: Mapping[str, object] | None = None,
        locals: Mapping[str, object] | None = None,
        fromlist: tuple[str, ...] | None = (),
        level: int = 0,
    ) -> object:
        """An `__import__` of what we have loaded, past all that the program has done to modules.

        What is not there yet is loaded, for us alone, and by the search path of the start.
        """
        if not level and (module := self._modules.get(name)):
            if not fromlist:
                return self._modules[name.partition(".")[0]]
            if all(each in vars(module) for each in fromlist):
                return module
        how = (name, globals, locals, fromlist, level)
        if self._importing:
            return self.builtins["__import__"](*how)
        theirs, their_modules = {each: vars(sys).get(each) for each in SEARCH}, dict(self._in_use)
        vars(sys).update(self._search)
        _replace(self._in_use, self._modules)
        self._importing = True
        try:
            return self.builtins["__import__"](*how)
        finally:
            self._importing = False
            self._modules = dict(self._in_use)
            _replace(self._in_use, their_modules)
            vars(sys).update(theirs)

    def import_for_checks(self, name: str, *how: Any) -> object:
        """As `import_`, for a fork: a module that is the program's too gets its names of the start.

        To restore all would cost a fork its shared memory: a copied reference is a written page.
        """
        if name in self._names:
            names, originals = self._names[name]
            names.update(originals)
        return self.import_(name, *how)


def stop_monitoring() -> None:
    """Switch off what the learner's code switched on in sys.monitoring (3.12 and later)."""
    if sys.version_info >= (3, 12):
        for tool in range(6):
            if get_tool(tool) is not None:
                set_events(tool, 0)


def _replace(target: dict[str, Any], names: Mapping[str, object]) -> None:
    """Make `target` hold exactly `names`, never empty meanwhile: other threads may be reading."""
    target.update(names)
    for name in target.keys() - names.keys():
        del target[name]
