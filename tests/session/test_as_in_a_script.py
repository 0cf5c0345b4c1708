"""What a program can see of us: its interpreter held against that of `python -I FILE`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.harness.recorded_runs import pythons
from tests.harness.runs import collect
from tests.harness.scripts import PATIENT, behind, script
from tutor.protocol.requests import RunRequest
from tutor.session import Session

PROBE = r'''
import sys
main = [name for name in globals() if name.startswith("__")]
modules = list(sys.modules)
here = {name: sorted(vars(sys.modules[name])) for name in modules if name != "__main__"}
streams = [(each.name, each.mode, each.encoding, each.newlines, each.write_through, each.isatty(),
            type(each), type(each.buffer), each.buffer.raw.name, each.buffer.raw.mode,
            each.buffer.raw.closefd, each is vars(sys)[f"__{name}__"])
           for name in ("stdin", "stdout", "stderr") for each in [vars(sys)[name]]]
errors = [each.errors for each in (sys.stdin, sys.stdout, sys.stderr)]
buffering = [each.line_buffering for each in (sys.stdin, sys.stdout, sys.stderr)]
cached = sorted(sys.path_importer_cache)
import builtins, gc, os, signal, threading, atexit, faulthandler, json, resource
import importlib
fresh = hasattr(importlib, "util")
def shown(value, depth=3):
    """A value without addresses, and those that no two processes have alike by their type."""
    kind = type(value)
    if kind in (list, tuple) and depth:
        return [kind.__name__, *[shown(each, depth - 1) for each in value]]
    if kind is dict and depth:
        return {str(key): shown(each, depth - 1) for key, each in value.items()}
    if kind in (int, float, str, bytes, bool, type(None)):
        return repr(value)
    if isinstance(value, (type, type(shown), type(len))):
        return getattr(value, "__module__", None), value.__qualname__
    if isinstance(value, tuple):
        return repr(value)
    return kind.__name__
def names(module):
    return {f"{module.__name__}.{name}": shown(value) for name, value in vars(module).items()
            if name not in ("modules", "path_importer_cache")}
seen = {}
for module in (sys, os, builtins, signal, gc):
    seen |= names(module)
seen |= {f"__main__.{name}": shown(globals()[name]) for name in main}
seen |= {f"threading.{name}": shown(value) for name, value in vars(threading).items()
         if name != "_active"}
handlers = {int(n): shown(signal.getsignal(n)) for n in signal.valid_signals()}
strange = sorted(n for n in handlers if n in (24, signal.SIGRTMIN + 9))
seen |= {
    "order of __main__": main,
    "modules": modules,
    "names of modules": here,
    "importlib.util before it is imported": fresh,
    "sys.path_importer_cache": cached,
    "streams": shown(streams),
    "errors of streams": errors,
    "buffering of streams": buffering,
    "class of the raw stdin": type(sys.stdin.buffer.raw).__name__,
    "sys.modules['__main__']": vars(sys.modules["__main__"]) is globals(),
    "sys.displayhook is as it was": sys.displayhook is sys.__displayhook__,
    "sys.excepthook is as it was": sys.excepthook is sys.__excepthook__,
    "sys.getrecursionlimit": sys.getrecursionlimit(),
    "sys.getswitchinterval": sys.getswitchinterval(),
    "sys.gettrace": shown((sys.gettrace(), sys.getprofile(), threading.gettrace())),
    "sys.getdlopenflags": sys.getdlopenflags(),
    "sys.exc_info": shown(sys.exc_info()),
    "frames below": shown(sys._getframe(0).f_back),
    "stdin at its end": [sys.stdin.read(), sys.stdin.readline()],
    "os.getcwd": os.getcwd(),
    "os.environ": dict(os.environ),
    "os.umask": os.umask(0o22),
    "os.nice": os.nice(0),
    "descriptors": sorted(map(int, os.listdir("/proc/self/fd")))[:-1],
    "os.getpgid, os.getsid": (os.getpgid(0) == os.getpid(), os.getsid(0) == os.getpid()),
    "limits": {name: resource.getrlimit(getattr(resource, name))
               for name in dir(resource) if name.startswith("RLIMIT_")},
    "signal.getsignal": {n: handlers[n] for n in handlers if n not in strange},
    "signal.getsignal of ours": {n: handlers[n] for n in strange},
    "signal.pthread_sigmask": shown(list(signal.pthread_sigmask(0, []))),
    "signal.set_wakeup_fd": signal.set_wakeup_fd(-1),
    "signal.getitimer": signal.getitimer(0),
    "threading.enumerate": shown([(t.name, t.daemon, t.ident == threading.get_ident(),
                                   t.native_id == os.getpid()) for t in threading.enumerate()]),
    "threading.current_thread": threading.current_thread() is threading.main_thread(),
    "atexit._ncallbacks": atexit._ncallbacks(),
    "faulthandler.is_enabled": faulthandler.is_enabled(),
    "gc.isenabled": gc.isenabled(),
    "gc.get_threshold": gc.get_threshold(),
    "gc.get_freeze_count": gc.get_freeze_count(),
    "gc.get_debug": gc.get_debug(),
    "sys.monitoring": [sys.monitoring.get_tool(n) for n in range(6)]
                      if sys.version_info >= (3, 12) else None,
}
print(json.dumps(seen, sort_keys=True).replace(os.getcwd(), "FOLDER"))
'''

DIFFERS = {
    "modules": "two of C are shared with the inspector, which knows their types by identity",
    "names of modules": "so are their names",
    "sys.path": "a program imports what lies beside it, as without -I",
    "errors of streams": "a lone surrogate is printed as what it is, where a script would end",
    "buffering of streams": "output is buffered by line, as on a terminal",
    "class of the raw stdin": "it tells the tutor that the program waits for input",
    "frames below": "the worker's frames lie below the program's",
    "os.nice": "runs give way to the tutor",
    "descriptors": "the worker's lie from 4000 on",
    "os.getpgid, os.getsid": "what a run kills, and who is killed with it, is its own",
    "limits": "a run has limits",
    "signal.getsignal of ours": "Stop, and the end of processor time, ask for the last cells",
    "faulthandler.is_enabled": "a crash is told with the learner's line",
    "gc.get_freeze_count": "the worker's objects are hidden from the collector",
}
"""What must differ, and why."""


@pytest.mark.parametrize("version", pythons())
async def test_what_differs_from_a_script_is_what_is_written_down(
    version: str, scratch_area: Path
) -> None:
    python = behind(pythons()[version])
    expected = json.loads(script(python, PROBE, scratch_area / "script").stdout)
    for file in (scratch_area / "script").iterdir():
        file.unlink()
    (scratch_area / "script").rmdir()
    async with Session(python) as session:
        run = session.run(RunRequest(PROBE, limits=PATIENT))
        outcome = await collect(run, session, [None] * 3)
    found = json.loads(outcome.stdout)
    differing = {
        key for key in found.keys() | expected.keys() if found.get(key) != expected.get(key)
    }
    for key in differing - DIFFERS.keys():
        assert found.get(key) == expected.get(key), key
    more = set(found["modules"]) - set(expected["modules"])
    assert more <= {"_functools", "_collections"}
    there_anyhow = set() if more else {"modules", "names of modules"}  # by a .pth file
    assert DIFFERS.keys() - differing == there_anyhow
