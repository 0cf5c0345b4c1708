"""Starts the nursery, and the supervisor in its forks: `python -I -X utf8 boot.py CONTROL_FD`.

The folder is loaded as a package of a private name whose modules see a private copy of builtins,
and is then dropped from `sys.modules`: a learner can neither import it nor break it by replacing
`len`. This file must parse on old Pythons, so that one of them gets a clear line.
"""

import sys

TRIED = ((3, 11), (3, 12), (3, 13), (3, 14), (3, 15))
"""The CPythons that all of this was tried on, with the GIL. What a version has of its own stands where
it is used; a new one is added here, to the layouts of `memory`, and to the classifiers."""
TOO_OLD = 86
"""Exit status that tells the tutor that this Python is too old."""

if sys.version_info < TRIED[0]:
    sys.exit(TOO_OLD)

import builtins
import importlib.machinery
import importlib.util
import os
from types import ModuleType

PACKAGE = "_closure_tutor_worker"


class _PrivateLoader(importlib.machinery.SourceFileLoader):
    """Runs a module over the private copy of builtins."""

    def __init__(self, name: str, path: str, private: dict[str, object]) -> None:
        super().__init__(name, path)
        self.private = private

    def exec_module(self, module: ModuleType) -> None:
        module.__dict__["__builtins__"] = self.private
        super().exec_module(module)


class _PrivateFinder:
    """Finds the modules of this folder under the private name.

    No MetaPathFinder: on 3.11 importlib.abc loads 3 MB of modules, which each seat would hold twice.
    """

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.private = dict(vars(builtins))

    def find_spec(
        self,
        name: str,
        path: object = None,  # noqa: ARG002
        target: object = None,  # noqa: ARG002
    ) -> importlib.machinery.ModuleSpec | None:
        package, _, module = name.partition(".")
        if package != PACKAGE:
            return None
        file = os.path.join(self.folder, (module or "__init__") + ".py")
        return importlib.util.spec_from_file_location(
            name,
            file,
            loader=_PrivateLoader(name, file, self.private),
            submodule_search_locations=None if module else [self.folder],
        )


def load_nursery() -> ModuleType:
    """Import the worker's package privately and return its nursery module."""
    finder = _PrivateFinder(os.path.dirname(os.path.abspath(__file__)))
    sys.meta_path.insert(0, finder)
    try:
        return importlib.import_module(PACKAGE + ".nursery")
    finally:
        sys.meta_path.remove(finder)
        for name in [n for n in sys.modules if n.partition(".")[0] == PACKAGE]:
            del sys.modules[name]


if __name__ == "__main__":
    nursery = load_nursery()
    control = int(sys.argv[1])
    del sys.modules["__main__"]
    nursery.supervisor.serve(*nursery.await_fork(control))
