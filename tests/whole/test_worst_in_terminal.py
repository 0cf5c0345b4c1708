"""The twelve worst programs, run by a key in a real terminal: the tutor tells, and goes on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.harness.processes import gone_within
from tests.harness.small_course import BUILD, write_course
from tests.harness.terminal import Terminal

WORST = {
    "busy loop": ("while True: pass", "You stopped the program", "stop"),
    "flood": ("while True: print('x' * 1000)", "printed more than 1,000,000 bytes", ""),
    "flood without newlines": ("while True: print('x', end='')", "printed more than", ""),
    "growing list": ("x = []\nwhile True: x.append('x' * 10_000_000)", "512 MB", ""),
    "os._exit": ("import os\nos._exit(0)", "left at once", ""),
    "NULL dereference": ("import ctypes\nctypes.string_at(0)", "crashed the interpreter", ""),
    "closed descriptors": (
        "import os\nos.closerange(0, 100_000)",
        "damaged what the tutor watches it with",
        "",
    ),
    "fork bomb": (
        "import os, time\nfor _ in range(8): os.fork()\ntime.sleep(3600)",
        "You stopped",
        "stop",
    ),
    "ignored signals": (
        "import signal\n"
        "for s in signal.valid_signals() - {9, 19}: signal.signal(s, signal.SIG_IGN)\n"
        "while True: pass",
        "You stopped the program",
        "stop",
    ),
    "kills its parent": (
        "import os\ntry: os.kill(os.getppid(), 9)\nexcept OSError: os.abort()",
        "Aborted",
        "",
    ),
    "writes to the terminal": (
        "import os\n"
        "for path in ('/dev/tty', '/proc/%d/fd/0' % os.getppid()):\n"
        "    try: open(path, 'w').write('\\x1b[2J\\x1b]0;title\\x07')\n"
        "    except OSError as e: print(type(e).__name__)\n"
        "print('\\x1b[2J\\x1b]0;title\\x07 \\0')",
        "\\x1b[2J\\x1b]0;title\\x07 \\x00",
        "",
    ),
    "double fork": (
        "import os, time\n"
        "if os.fork() == 0:\n"
        "    os.setsid()\n"
        "    if os.fork(): os._exit(0)\n"
        "    os.chdir('/'); time.sleep(3600)\n"
        "print('escaped')",
        "escaped",
        "",
    ),
}


@pytest.mark.parametrize("name", WORST)
def test_the_tutor_goes_on(tmp_path: Path, name: str) -> None:
    source, tells, key = WORST[name]
    course = write_course(tmp_path / "content")
    (course / BUILD / "starter.py").write_text(source + "\n", encoding="utf-8")
    area = tmp_path / "area"
    area.mkdir()
    environment = {"TMPDIR": str(area), "PATH": f"{os.environ['PATH']}:{area}"}
    with Terminal(
        tmp_path, "adders", "--content", str(course), environment=environment
    ) as terminal:
        terminal.wait_for("Adders")
        terminal.press("f5")
        if key == "stop":
            terminal.wait_for("F9")
            terminal.press("f1")  # keys are answered all along
            terminal.wait_for("Keys")
            terminal.press("f1")
            terminal.wait_for(lambda text: "Keys" not in text)
            terminal.press("f9")
        terminal.wait_for(lambda text: tells in " ".join(unframed(text).split()), tells)
        terminal.press("f1")
        terminal.wait_for("Keys")
        terminal.press("f1")
        terminal.wait_for(lambda text: "Keys" not in text)
        terminal.press("f10")
        assert terminal.wait_until_gone() == 0
        assert b"\x1b]0;title" not in terminal.received
    assert gone_within(1.0, area)
    assert list(area.iterdir()) == []


def unframed(text: str) -> str:
    """The left column of the screen: a sentence may be broken over its lines."""
    return " ".join(row.partition("│")[0] for row in text.splitlines())
