"""Starts the nursery, and the supervisor in its forks: `python -I -X utf8 boot.py CONTROL_FD`.

The folder is loaded as a package of a private name. Its modules, and those of the standard library
that they import, see a private copy of builtins and are then taken out of `sys.modules`: a learner
can neither import ours nor break it by replacing `len`, and finds the interpreter as a script does.
This file must parse on old Pythons, so that one of them gets a clear line, and it imports only what
is there when a script begins.
"""

import sys

OLDEST = (3, 11)
"""As in `protocol/pythons.py`, which an older Python cannot import."""
TOO_OLD = 86
"""Exit status that tells the tutor that this Python is too old."""

if sys.version_info < OLDEST:
    sys.exit(TOO_OLD)

import builtins
import os
from _frozen_importlib_external import SourceFileLoader, spec_from_file_location

TYPE_CHECKING = False
if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec
    from types import ModuleType
    from typing import Any

PACKAGE = "_closure_tutor"
ROOMS = ("protocol", "worker")
"""What of the tutor the child may load."""


class _PrivateLoader:
    """Loads a module as its own loader does, but over the private copy of builtins."""

    def __init__(self, loader: "Any", private: "dict[str, object]") -> None:
        self.create_module = loader.create_module
        self._load = loader.exec_module
        self._private = private

    def exec_module(self, module: "ModuleType") -> None:
        module.__dict__["__builtins__"] = self._private
        self._load(module)


class _PrivateFinder:
    """Finds the modules of this folder under the private name, and those of the standard library.

    No MetaPathFinder: on 3.11 importlib.abc loads 3 MB of modules, which each seat would hold twice.
    """

    def __init__(self, folder: str) -> None:
        self.private = dict(vars(builtins))
        self.builtins_of_library = dict(vars(builtins))
        """Of the standard library, which imports privately: some of it is loaded late."""
        self._folder = folder
        self._finders = list(sys.meta_path)

    def find_spec(self, name: str, path: "Any" = None, target: "Any" = None) -> "ModuleSpec | None":
        package, *rooms = name.split(".")
        private = self.private if package == PACKAGE else self.builtins_of_library
        if package == PACKAGE:
            spec = self._ours(name, rooms)
        else:
            found = (finder.find_spec(name, path, target) for finder in self._finders)
            spec = next(filter(None, found), None)
        if spec and (type(spec.loader) is SourceFileLoader or spec.origin == "frozen"):
            spec.loader = _PrivateLoader(spec.loader, private)  # type: ignore[assignment]
        return spec

    def _ours(self, name: str, rooms: "list[str]") -> "ModuleSpec | None":
        """A module or room of ours, if the child may load it."""
        if rooms and rooms[0] not in ROOMS:
            return None
        place = os.path.join(self._folder, *rooms)
        if os.path.isdir(place):
            file = os.path.join(place, "__init__.py")
            return spec_from_file_location(name, file, submodule_search_locations=[place])
        return spec_from_file_location(name, place + ".py")


def load_nursery() -> "tuple[ModuleType, object]":
    """Import the worker's package privately; return its nursery module, and the Pristine."""
    names = {name: value for name, value in globals().items() if name.startswith("__")}
    began = {name: (module, dict(vars(module))) for name, module in sys.modules.items()}
    began["sys"][1].update(
        meta_path=list(sys.meta_path), path_importer_cache=dict(sys.path_importer_cache)
    )
    finder = _PrivateFinder(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    sys.meta_path.insert(0, finder)
    nursery = __import__(PACKAGE + ".worker.supervision.nursery", fromlist=["nursery"])
    for name in [n for n in sys.modules if n.partition(".")[0] == PACKAGE]:
        del sys.modules[name]
    return nursery, nursery.Pristine(names, began, finder.builtins_of_library)


if __name__ == "__main__":
    nursery, pristine = load_nursery()
    control = int(sys.argv[1])
    nursery.supervisor.serve(*nursery.await_fork(control), pristine)
