"""A prediction: first an editor of lines, then each of them over what Python printed."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive

from tutor.course.model import Exercise
from tutor.grading.verdict import LineOutcome, Verdict
from tutor.text import one_line
from tutor.ui.answer.verdict_text import ROWS, reason
from tutor.ui.kit.plain_editor import PlainEditor
from tutor.ui.kit.sentences import mark
from tutor.ui.kit.text_view import TextView, cut, hang

INVITATION = "Type what this prints, a line each.\nF5 commits and runs."
AGAIN = "Enter opens your prediction again."
YOURS, PYTHONS = "yours", "Python"
GAP = "  "


class Prediction(Vertical):
    """The learner's lines, and once they are run, the comparison in their place."""

    DEFAULT_CSS = """
    Prediction {
        height: 1fr;
        width: 1fr;
    }
    """

    verdict: reactive[Verdict | None] = reactive(None)
    """What the run said; None while the learner predicts."""

    def __init__(self) -> None:
        super().__init__()
        self.editor = PlainEditor(placeholder=INVITATION)
        self.comparison = Comparison()

    def compose(self) -> ComposeResult:
        yield self.editor
        yield self.comparison

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "again", "Again", show=True)]

    instead = "Your prediction was run. Enter, pressed on it, opens it again."

    @property
    def typed_in(self) -> PlainEditor | None:
        """Where lines are typed, unless they were run."""
        return self.editor if self.verdict is None else None

    @property
    def answer(self) -> str:
        """The learner's lines."""
        return self.editor.text

    def open(self, _: Exercise, answer: str) -> None:
        """Show the lines that were predicted so far."""
        self.verdict = None
        self.editor.load_text(answer)

    def start_over(self) -> None:
        """No line; undo brings them back."""
        self.verdict = None
        self.editor.rewrite("")

    def judge(self, verdict: Verdict | None) -> None:
        """Show the comparison in place of the editor."""
        self.verdict = verdict

    def watch_verdict(self) -> None:
        had_focus = self.has_focus_within
        self.comparison.verdict = self.verdict
        self.comparison.display = self.verdict is not None
        self.editor.display = self.verdict is None
        if had_focus:
            self.screen.set_focus(self.comparison if self.verdict else self.editor)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        return action != "again" or self.verdict is not None

    def action_again(self) -> None:
        """Predict anew."""
        self.verdict = None


class Comparison(TextView):
    """Your lines over Python's, with a mark on each row."""

    verdict: reactive[Verdict | None] = reactive(None)

    def watch_verdict(self) -> None:
        self.reflow()
        self.scroll_home(animate=False)

    def lines(self, width: int) -> list[Content]:
        return comparison_lines(self.verdict, width) if self.verdict else []


def comparison_lines(verdict: Verdict, width: int) -> list[Content]:
    """A row for each line: its number, its mark, and yours over Python's where they differ.

    Under the first line that is wrong stands what that may mean.
    """
    shown: list[Content] = []
    figures = len(str(max((line.number for line in verdict.lines), default=0)))
    to_say = verdict.feedback
    for line in verdict.lines:
        lead = Content.assemble((f"{line.number:>{figures}} ", "$muted"), mark(line.same))
        shown += _compared(line, lead, width)
        if to_say and not line.same and line.given is not None:
            indent = " " * lead.cell_length
            shown += reason(to_say, width, indent)
            to_say = None
    return [*shown, *hang(Content.styled(AGAIN, "$muted"), width)]


def _compared(line: LineOutcome, lead: Content, width: int) -> list[Content]:
    """A line once if both agree, else twice, each under the name of whose it is."""
    said = (("", line.given),) if line.same else ((YOURS, line.given), (PYTHONS, line.expected))
    shown = []
    for whose, text in said:
        name = Content.styled(f"{whose:{len(PYTHONS)}}{GAP}", "$muted")
        room = width - lead.cell_length - name.cell_length
        for part in cut(_quoted(text, room), max(8, room)):
            shown.append(lead + name + part)
            lead, name = Content(" " * lead.cell_length), Content(" " * name.cell_length)
    return shown


def _quoted(text: str | None, width: int) -> Content:
    if text is None:
        return Content.styled("nothing", "italic $muted")
    return Content(one_line(text, ROWS * max(8, width)))
