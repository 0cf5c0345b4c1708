"""A stock Textual app with all panes of the tutor: `python -m tests.benchmarks.stock_seat FILE`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from textual.app import App, ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget
from textual.widgets import (
    Footer,
    Header,
    Input,
    RichLog,
    Static,
    TabbedContent,
    TabPane,
    TextArea,
    Tree,
)

from tests.harness import ROOT

UNIT = ROOT / "content" / "01-first-contact"


class StockSeat(App[None]):
    """Exercises, editor, two panes with tabs and a prompt; in sight is what the tutor begins with."""

    CSS = """
    TextArea, TabbedContent { height: 1fr; }
    #exercises, #cells { display: none; }
    """
    BINDINGS = [("f10", "quit", "Quit"), ("f5", "refresh", "Run")]  # noqa: RUF012

    def compose(self) -> ComposeResult:
        tree: Tree[Path] = Tree("Exercises", id="exercises")
        for folder in sorted(UNIT.glob("*/")):
            tree.root.add_leaf(folder.name, folder)
        explanation, lesson = sorted(UNIT.glob("01-*/*.md"))[0], UNIT / "lesson.md"
        yield Header()
        yield tree
        yield TextArea(
            Path(sys.argv[1]).read_text(encoding="utf-8"),
            soft_wrap=False,
            tab_behavior="indent",
            show_line_numbers=True,
            compact=True,
        )
        with Horizontal():
            yield from _pane(
                "run",
                Task=VerticalScroll(Static(explanation.read_text(encoding="utf-8"), markup=False)),
                Lesson=VerticalScroll(Static(lesson.read_text(encoding="utf-8"), markup=False)),
                Output=VerticalScroll(RichLog(), Input()),
                Checks=Static(),
            )
            yield from _pane(
                "cells", List=Tree("Cells"), Diagram=Static(), Names=Static(), Timeline=RichLog()
            )
        yield Footer()

    def on_mount(self) -> None:
        area = self.query_one(TextArea)
        area.cursor_blink = False
        area.focus()


def _pane(name: str, **bodies: Widget) -> Iterator[Widget]:
    with TabbedContent(id=name):
        for title, body in bodies.items():
            with TabPane(title):
                yield body


if __name__ == "__main__":
    StockSeat().run(mouse=False)
