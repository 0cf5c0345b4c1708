"""Memory of a seat after exercise 1.

What its processes hold, a shared page in equal parts by all who hold it (Pss, proc(5)).
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.harness.processes import children, memory
from tests.harness.terminal import Terminal

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
        terminal.complete_line(5, 'return f"Hello, {name}!"')
        terminal.complete_line(15, "return x + n")
        terminal.press("f5")
        terminal.wait_for("Passed")
        terminal.settle(QUIET_SECONDS)
        app = terminal.process.pid
        [nursery] = children(app)
        parts = {"app": memory(app), "nursery": memory(nursery)}
        for child in children(nursery):
            workers = children(child)
            parts["supervisor" if workers else "child at hand"] = memory(child)
            for worker in workers:
                parts["worker"] = memory(worker)
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
            return memory(terminal.process.pid)
