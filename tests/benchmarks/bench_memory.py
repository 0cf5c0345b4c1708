"""Memory of a seat after exercise 1.

What its processes hold, a shared page in equal parts by all who hold it (Pss, proc(5)).
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.harness.terminal import Terminal
from tests.whole.test_first_session import erase_and_type

MIB = 1024
QUIET_SECONDS = 1.0


def rows() -> Iterator[tuple[str, str, str]]:
    """What was measured, the figure, the goal."""
    parts = seat()
    told = ", ".join(f"{name} {size:.1f}" for name, size in parts.items())
    yield "memory of a seat", f"{sum(parts.values()):.1f} MiB ({told})", "at most 64 MiB"
    for name, what in (("stock_seat", "with its panes"), ("stock_app", "without tabs")):
        yield f"a stock app {what}, which runs nothing", f"{stock(name):.1f} MiB", "beside it"


def seat() -> dict[str, float]:
    """MiB of each process of the tutor, exercise 1 passed and its program at the prompt."""
    with tempfile.TemporaryDirectory() as home, Terminal(Path(home)) as terminal:
        terminal.wait_for("Write the bodies of greet and add.")
        erase_and_type(terminal, 5, 'return f"Hello, {name}!"')
        erase_and_type(terminal, 10, "return x + n")
        terminal.press("f5")
        terminal.wait_for("Passed")
        terminal.settle(QUIET_SECONDS)
        app = terminal.process.pid
        [nursery] = children(app)
        parts = {"app": pss(app), "nursery": pss(nursery)}
        for child in children(nursery):
            workers = children(child)
            parts["supervisor" if workers else "child at hand"] = pss(child)
            for worker in workers:
                parts["worker"] = pss(worker)
        return parts


def stock(name: str) -> float:
    """MiB of a stock app at rest."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        file = home / "program.py"
        file.write_text("def make_greeter(name):\n    ...\n", encoding="utf-8")
        command = [sys.executable, "-m", f"tests.benchmarks.{name}", str(file)]
        with Terminal(home, command=command) as terminal:
            terminal.wait_for("make_greeter")
            terminal.settle(QUIET_SECONDS)
            return pss(terminal.process.pid)


def children(process: int) -> list[int]:
    return [int(pid) for pid in _proc(process, f"task/{process}/children").split()]


def pss(process: int) -> float:
    """In MiB."""
    found = re.search(r"^Pss: +(\d+) kB$", _proc(process, "smaps_rollup"), re.MULTILINE)
    assert found
    return int(found[1]) / MIB


def _proc(process: int, what: str) -> str:
    return Path(f"/proc/{process}/{what}").read_text(encoding="ascii")
