"""What is asked, a row each: one is chosen, and gets the answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.reactive import reactive

from tutor.grading.verdict import Verdict
from tutor.ui.kit.text_view import TextView


class AnswerRows(TextView):
    """Rows of which one is chosen by the arrow keys; a run puts what is right beside them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "choose(-1)", "Row above", show=False),
        Binding("down", "choose(1)", "Row below", show=False),
    ]

    verdict: reactive[Verdict | None] = reactive(None)
    """What the run said; None while the learner answers."""
    row: reactive[int] = reactive(0)

    def __init__(self) -> None:
        super().__init__()
        self.cursor_line = 0
        """The line where the chosen row begins."""
        self.cursor_rows = 1
        """How many lines it has."""

    @property
    def blanks(self) -> Sequence[bool]:
        """For each row, whether it has no answer yet."""
        raise NotImplementedError

    def judge(self, verdict: Verdict | None) -> None:
        """Show what is right beside the learner's answers, and choose the first that is wrong."""
        self.verdict = verdict
        wrong = [not each.same for each in verdict.rows] if verdict else []
        if True in wrong:
            self.row = wrong.index(True)

    def watch_row(self) -> None:
        self.reflow()
        self.scroll_to_region(Region(0, self.cursor_line, 1, self.cursor_rows), animate=False)

    def watch_verdict(self) -> None:
        self.reflow()
        self.scroll_home(animate=False)

    def action_choose(self, step: int) -> None:
        if count := len(self.blanks):
            self.row = (self.row + step) % count

    def go_on(self) -> None:
        """Choose the next row; from the last there is nowhere to go."""
        self.row = min(self.row + 1, max(0, len(self.blanks) - 1))

    def go_to_blank(self) -> None:
        """Choose the first row that has no answer, if there is one."""
        self.row = next((row for row, blank in enumerate(self.blanks) if blank), self.row)

    @property
    def line_in_focus(self) -> int:
        return self.cursor_line
