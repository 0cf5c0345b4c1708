"""What learners write, and how each of it must end: a row a fault."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.protocol.reports import Status
from tutor.protocol.requests import Limits

SHORT = Limits(wall_seconds=0.6, memory_bytes=256 * 1024 * 1024)
PATIENT = Limits(wall_seconds=20, memory_bytes=256 * 1024 * 1024)

FINISHED, FAILED, TIMED_OUT = Status.FINISHED, Status.FAILED, Status.TIMED_OUT
OUT_OF_MEMORY, TOO_MUCH_OUTPUT, DIED = Status.OUT_OF_MEMORY, Status.TOO_MUCH_OUTPUT, Status.DIED


@dataclass(frozen=True)
class Fault:
    """A program and how it must end."""

    source: str
    status: Status
    says: str = ""
    """A part of the sentence, or of the traceback's last line."""
    prints: str = ""
    """What stdout begins with."""
    limits: Limits = SHORT


FAULTS = {
    # loops and waits
    "busy loop": Fault("print('before')\nwhile True: pass", TIMED_OUT, "0.6 seconds", "before\n"),
    "flood of lines": Fault(
        "while True: print('x' * 1000)", TOO_MUCH_OUTPUT, "1,000,000 bytes", "xxx", PATIENT
    ),
    "flood without newlines": Fault(
        "while True: print('x', end='')", TOO_MUCH_OUTPUT, "", "xxx", PATIENT
    ),
    "one huge print": Fault("print('x' * 10 ** 7)", TOO_MUCH_OUTPUT, "", "xxx", PATIENT),
    "sleep": Fault("import time\ntime.sleep(3600)", TIMED_OUT),
    "catastrophic regex": Fault("import re\nre.match('(a+)+$', 'a' * 60 + 'b')", TIMED_OUT),
    "huge power": Fault("x = 10 ** 10 ** 9", TIMED_OUT),
    "C loop that hears no signal": Fault("sum(range(10 ** 11))", TIMED_OUT, "no chance to look"),
    "deep recursion": Fault("def f(): f()\nf()", FAILED, "RecursionError"),
    # memory
    "huge string": Fault("x = 'x' * 10 ** 12", OUT_OF_MEMORY, "256 MB"),
    "growing list": Fault(
        "x = []\nwhile True: x.append('x' * 10_000)", OUT_OF_MEMORY, "256 MB", limits=PATIENT
    ),
    # ways out
    "sys.exit": Fault("import sys\nsys.exit()", FINISHED),
    "exit(0)": Fault("exit(0)", FINISHED),
    "os._exit": Fault(
        "import os\nprint('a', flush=True)\nos._exit(0)", DIED, "left at once", "a\n"
    ),
    "os.abort": Fault("import os\nos.abort()", DIED, "Abort"),
    "kill itself": Fault("import os\nos.kill(os.getpid(), 9)", DIED, "Killed"),
    "kill its process group": Fault("import os\nos.killpg(0, 15)", DIED, "Terminated"),
    "an alarm nobody handles": Fault(
        "import signal\nsignal.setitimer(signal.ITIMER_REAL, 0.05)\nsignal.pause()",
        DIED,
        "Alarm",
        limits=PATIENT,
    ),
    "become another program": Fault(
        "import os, sys\nos.execv(sys.executable, [sys.executable, '-c', 'print(1)'])",
        DIED,
        "left at once",
        "1\n",
        PATIENT,
    ),
    "stop itself": Fault(
        "import os, signal\nprint('a')\nos.kill(os.getpid(), signal.SIGSTOP)", TIMED_OUT, "", "a\n"
    ),
    "NULL dereference": Fault("import ctypes\nctypes.string_at(0)", DIED, "crashed"),
    "KeyboardInterrupt": Fault("raise KeyboardInterrupt", FAILED, "KeyboardInterrupt"),
    "BaseException": Fault("raise BaseException", FAILED, "BaseException"),
    # threads, atexit, processes
    "thread that never ends": Fault(
        "import threading, time\n"
        "threading.Thread(target=time.sleep, args=(3600,)).start()\nprint('main')",
        TIMED_OUT,
        "",
        "main\n",
    ),
    "daemon thread that prints for ever": Fault(
        "import threading\n"
        "def go():\n    while True: print('x')\n"
        "threading.Thread(target=go, daemon=True).start()",
        FINISHED,
    ),
    "atexit that hangs": Fault(
        "import atexit, time\natexit.register(time.sleep, 3600)\nprint('end')",
        TIMED_OUT,
        "",
        "end\n",
    ),
    "multiprocessing": Fault(
        "import multiprocessing as m\n"
        "def f(q): q.put(m.current_process().name)\n"
        "if __name__ == '__main__':\n"
        "    c = m.get_context('fork'); q = c.Queue()\n"
        "    p = c.Process(target=f, args=(q,)); p.start(); print(q.get()); p.join()",
        FINISHED,
        "",
        "ForkProcess-1\n",
    ),
    "multiprocessing by spawn": Fault(
        "import multiprocessing as m\ndef f(x): return x * 2\n"
        "if __name__ == '__main__':\n"
        "    with m.get_context('spawn').Pool(2) as p: print(p.map(f, [1, 2]))",
        FINISHED,
        "",
        "[2, 4]\n",
        PATIENT,
    ),
    "asyncio with a subprocess": Fault(
        "import asyncio\n"
        "async def main():\n"
        "    p = await asyncio.create_subprocess_exec('echo', 'hi', stdout=-1)\n"
        "    return await p.communicate()\n"
        "print(asyncio.run(main()))",
        FINISHED,
        "",
        "(b'hi\\n', None)\n",
        PATIENT,
    ),
    "bounded fork bomb": Fault(
        "import os, time\nfor _ in range(8): os.fork()\ntime.sleep(3600)", TIMED_OUT
    ),
    "busy fork bomb": Fault("import os\nfor _ in range(6): os.fork()\nwhile True: pass", TIMED_OUT),
    "double fork with setsid": Fault(
        "import os, time\n"
        "if os.fork() == 0:\n"
        "    os.setsid()\n"
        "    if os.fork() == 0:\n"
        "        os.chdir('/'); time.sleep(3600)\n"
        "    os._exit(0)\n"
        "os.wait()\nprint('escaped')",
        FINISHED,
        "",
        "escaped\n",
    ),
    "signals ignored": Fault(
        "import signal\n"
        "for s in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM, signal.SIGHUP):\n"
        "    signal.signal(s, signal.SIG_IGN)\n"
        "while True: pass",
        TIMED_OUT,
    ),
    "every signal ignored": Fault(
        "import signal\n"
        "for s in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:\n"
        "    signal.signal(s, signal.SIG_IGN)\n"
        "while True: pass",
        TIMED_OUT,
        "no chance to look",
    ),
    "subprocess that writes to the terminal": Fault(
        "import subprocess\n"
        "r = subprocess.run('echo x > /dev/tty', shell=True, capture_output=True)\n"
        "print(r.returncode)",
        FINISHED,
    ),
    # descriptors and streams
    "every descriptor used": Fault(
        "kept = []\nwhile True: kept.append(open('/dev/null'))", FAILED, "Too many open files"
    ),
    "os.closerange": Fault("import os\nos.closerange(0, 1024)", FINISHED),
    "rubbish on every descriptor": Fault(
        "import os\n"
        "for fd in map(int, os.listdir('/proc/self/fd')):\n"
        "    try: os.write(fd, b'\\x00rubbish{}' * 99)\n"
        "    except OSError: pass\n",
        FINISHED,
    ),
    "every descriptor closed": Fault(
        "import os\n"
        "for fd in map(int, os.listdir('/proc/self/fd')):\n"
        "    try: os.close(fd)\n"
        "    except OSError: pass\n",
        DIED,
    ),
    "stdout closed": Fault("import sys\nprint('a')\nsys.stdout.close()", FINISHED, "", "a\n"),
    "stdout replaced": Fault(
        "import sys, io\nprint('a')\nsys.stdout = io.StringIO()\nprint('b')", FINISHED, "", "a\n"
    ),
    "stdout deleted": Fault("import sys\nprint('a')\ndel sys.stdout", FINISHED, "", "a\n"),
    # builtins and the library replaced
    "print = None": Fault("print = None", FINISHED),
    "builtins.print replaced": Fault("import builtins\nbuiltins.print = None", FINISHED),
    "len, type, isinstance replaced": Fault(
        "import builtins\n"
        "for name in ('len', 'type', 'isinstance', 'getattr', 'map', 'str', 'dict', 'vars'):\n"
        "    setattr(builtins, name, None)\n"
        "1 / 0",
        FAILED,
        "ZeroDivisionError",
    ),
    "builtins emptied": Fault(
        "import builtins\nprint('a')\nvars(builtins).clear()", FINISHED, "", "a\n"
    ),
    "json.dumps replaced": Fault("import json\njson.dumps = json.JSONEncoder = None", FINISHED),
    "gc.get_objects replaced": Fault("import gc\ngc.get_objects = None", FINISHED),
    "traceback replaced": Fault(
        "import traceback\ntraceback.TracebackException = traceback.StackSummary = None\n1 / 0",
        FAILED,
        "ZeroDivisionError",
    ),
    "sys.modules cleared": Fault(
        "import sys\nprint('a')\nsys.modules.clear()\n1 / 0", FAILED, "ZeroDivisionError", "a\n"
    ),
    "sys.settrace": Fault("import sys\ndef t(*a): raise ValueError\nsys.settrace(t)", FINISHED),
    "gc.disable": Fault("import gc\ngc.disable()\ngc.freeze()", FINISHED),
    "recursion limit of 10**9": Fault(
        "import sys\nsys.setrecursionlimit(10 ** 9)\nprint('a')", FINISHED, "", "a\n"
    ),
    "tiny recursion limit": Fault("import sys\nsys.setrecursionlimit(12)\n1 / 0", FAILED, "Zero"),
    # files and the source itself
    "a huge file": Fault(
        "f = open('big', 'wb')\nfor _ in range(10_000): f.write(b'x' * 1_000_000)",
        FAILED,
        "File too large",
    ),
    "a temporary file": Fault(
        "import tempfile\n"
        "with tempfile.NamedTemporaryFile() as f: print(f.name.startswith(tempfile.gettempdir()))",
        FINISHED,
        "",
        "True\n",
    ),
    "its own file removed": Fault("import os\nos.remove(__file__)\n1 / 0", FAILED, "Zero"),
    "files below the scratch folder": Fault(
        "import os\nos.makedirs('a/b')\nopen('a/b/c', 'w').write('x')\n"
        "os.rename('a/b/c', 'd')\nos.remove('d')\nos.chmod('a', 0)\nprint('ok')",
        FINISHED,
        "",
        "ok\n",
    ),
    "missing import": Fault("import not_there", FAILED, "No module named 'not_there'"),
    "exec, eval, compile": Fault(
        "exec('def f(): return 1')\nprint(eval('f()'), eval(compile('2', 'x', 'eval')))",
        FINISHED,
        "",
        "1 2\n",
    ),
    "empty source": Fault("", FINISHED),
    "NUL bytes": Fault("x = 1\0", FAILED, "null byte"),
    "lone surrogate in the source": Fault("x = '\ud800'", FAILED),
    "tabs and spaces": Fault("if 1:\n\tx = 1\n        y = 2\n", FAILED, "TabError"),
    "a byte order mark": Fault("\ufeffprint(1)", FAILED, "U+FEFF"),
    "a coding cookie that lies": Fault(
        "# coding: nonsense\nprint('é')\n1 / 0", FAILED, "Zero", "é\n"
    ),
    "every end of a line": Fault("print(1)\rprint(2)\r\n\fprint(3)\n", FINISHED, "", "1\n2\n3\n"),
    "100,000 parentheses": Fault("(" * 100_000, FAILED),
    "a line of 1 MB": Fault(f"x = '{'a' * 1_000_000}'\nprint(len(x))", FINISHED, "", "1000000\n"),
    "50,000 lines": Fault("x = 1\n" * 50_000 + "print('end')", FINISHED, "", "end\n", PATIENT),
    "every control character": Fault(
        "print(''.join(map(chr, range(32))) + '\\x7f\\x9b\\ud800')", FINISHED, "", "\x00\x01"
    ),
    "bytes that are not UTF-8": Fault(
        "import sys\nsys.stdout.buffer.write(b'a\\xff\\xfe')", FINISHED, "", "a\\xff\\xfe"
    ),
}
