"""A stock Textual app with the tutor's widgets: `python -m tests.benchmarks.stock_app FILE [python]`.

With a language its editor is highlighted by tree-sitter, as Textual does it.
"""

from __future__ import annotations

import sys
from pathlib import Path

from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.widgets import Footer, Header, RichLog, TextArea, Tree


class StockApp(App[None]):
    """An editor with the tutor's options, a log, and a tree for cells."""

    CSS = "TextArea { height: 1fr; } Horizontal { height: 1fr; }"
    BINDINGS = [("f10", "quit", "Quit"), ("f5", "refresh", "Run")]  # noqa: RUF012

    def compose(self) -> ComposeResult:
        yield Header()
        yield TextArea(
            Path(sys.argv[1]).read_text(encoding="utf-8"),
            language=sys.argv[2] if len(sys.argv) > 2 else None,
            soft_wrap=False,
            tab_behavior="indent",
            show_line_numbers=True,
            compact=True,
        )
        with Horizontal():
            yield RichLog()
            yield Tree("Cells")
        yield Footer()

    def on_mount(self) -> None:
        area = self.query_one(TextArea)
        area.cursor_blink = False
        area.focus()


if __name__ == "__main__":
    StockApp().run(mouse=False)
