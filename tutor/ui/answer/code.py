"""The pane of the program."""

from __future__ import annotations

from collections.abc import Mapping

from textual.widgets.text_area import Selection

from tutor.course.gaps import first_gap
from tutor.course.model import Exercise
from tutor.grading.kinds import kind_of
from tutor.ui.editor.code_editor import CodeEditor
from tutor.ui.editor.searched_editor import SearchedEditor
from tutor.ui.kit.pane import Pane
from tutor.ui.tabs import Tab


class CodePane(Pane):
    """The editor under its name, where there is room for a name."""

    def __init__(self, keys: Mapping[str, str], *, close_brackets: bool) -> None:
        self.searched = SearchedEditor(keys, close_brackets=close_brackets)
        self.editor = self.searched.editor
        self.starter = ""
        super().__init__({Tab.CODE: self.searched})

    instead = ""

    @property
    def typed_in(self) -> CodeEditor:
        """Where the program is typed."""
        return self.editor

    @property
    def answer(self) -> str:
        """The program as it stands."""
        return self.editor.text

    def open(self, exercise: Exercise, answer: str) -> None:
        """Show the program that would run: the answer, or one to read."""
        kind = kind_of(exercise)
        self.starter = exercise.starter
        self.editor.open(kind.source(exercise, answer), read_only=not kind.is_program)
        if kind.is_program:
            self.go_to_gap()
        self.refresh_header()

    def start_over(self) -> None:
        """The starter again; undo brings the draft back."""
        self.editor.rewrite(self.starter)
        self.go_to_gap()

    def go_to_gap(self) -> None:
        """Go to the first gap that is still open; what stands in for the code gives way to it."""
        if gap := first_gap(self.answer, self.starter):
            self.editor.selection = Selection((gap.row, gap.start), (gap.row, gap.end))

    def give_up(self) -> bool:
        return self.searched.end_find()

    def title_of(self, tab: Tab) -> str:
        return "The program, to read" if self.editor.read_only else tab
