"""A prediction: first an editor of lines, then these lines beside what Python printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive

from tutor.course.model import Exercise
from tutor.grading.verdict import LineOutcome, Verdict
from tutor.protocol.reports import Status
from tutor.text import columns, shorten, visible
from tutor.ui.answer.verdict_text import ROWS
from tutor.ui.kit.plain_editor import PlainEditor
from tutor.ui.kit.sentences import mark, spoken
from tutor.ui.kit.text_view import TextView, cut, hang

INVITATION = "Type what this prints, a line each.\nF5 commits and runs."
AGAIN = "Enter opens your prediction again."
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

    def judge(self, verdict: Verdict | None, advice: Content) -> None:
        """Show the comparison in place of the editor, and what to do next."""
        self.comparison.advice = advice
        self.verdict = verdict

    def watch_verdict(self) -> None:
        had_focus = self.has_focus_within
        self.comparison.verdict = self.verdict
        self.comparison.display = self.verdict is not None
        self.editor.display = self.verdict is None
        if had_focus:
            self.screen.set_focus(self.comparison if self.verdict else self.editor)

    def on_comparison_again(self, message: Comparison.Again) -> None:
        message.stop()
        self.verdict = None


class Comparison(TextView):
    """Two columns: your lines and Python's, with a mark on each row."""

    @dataclass
    class Again(Message):
        """The learner wants to predict anew."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "again", "Predict again", show=False)]

    verdict: reactive[Verdict | None] = reactive(None)

    advice = Content()
    """What to do next: the last line."""

    def watch_verdict(self) -> None:
        self.reflow()
        self.scroll_home(animate=False)

    def lines(self, width: int) -> list[Content]:
        if self.verdict is None:
            return []
        return [*comparison_lines(self.verdict, width), *hang(self.advice, width)]

    def action_again(self) -> None:
        self.post_message(self.Again())


def comparison_lines(verdict: Verdict, width: int) -> list[Content]:
    """The prediction beside the output; a line that agrees stands once where two do not fit."""
    half = (width - 2 - len(GAP)) // 2
    fits = all(
        columns(visible(text)) <= half
        for line in verdict.lines
        for text in (line.given or "", line.expected or "")
    )
    shown = hang(spoken(_headline(verdict)), width, mark(verdict.passed), "  ")
    shown.append(Content.styled(f"  {'yours':{half}}{GAP}Python", "$muted"))
    to_say = verdict.feedback
    for line in verdict.lines:
        if line.same and not fits:
            shown += hang(_quoted(line.given, width), width, mark(True), "  ")
        else:
            shown += _beside(line, half)
        if to_say and not line.same and line.given is not None:
            shown += hang(spoken(to_say), width, "  ", "  ")
            to_say = None
    return [*shown, Content.styled(AGAIN, "$muted")]


def _headline(verdict: Verdict) -> str:
    if verdict.passed or verdict.status is not Status.FINISHED:
        return verdict.summary
    right = sum(line.same for line in verdict.lines)
    return (
        f"{right} of {len(verdict.lines)} lines {'is' if right == 1 else 'are'} as you predicted."
    )


def _beside(line: LineOutcome, half: int) -> list[Content]:
    yours, pythons = cut(_quoted(line.given, half), half), cut(_quoted(line.expected, half), half)
    height = max(len(yours), len(pythons))
    yours += [Content()] * (height - len(yours))
    pythons += [Content()] * (height - len(pythons))
    return [
        Content.assemble(
            "  " if number else mark(line.same), left, " " * (half - left.cell_length), GAP, right
        )
        for number, (left, right) in enumerate(zip(yours, pythons, strict=True))
    ]


def _quoted(text: str | None, width: int) -> Content:
    if text is None:
        return Content.styled("nothing", "italic $muted")
    return Content(shorten(visible(text, keep_newlines=False), ROWS * width))
