"""The table of a `classify` exercise: a label for each name, then what Python says."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region
from textual.reactive import reactive

from tutor.course.model import Classify, Exercise
from tutor.grading.verdict import LabelOutcome, Verdict
from tutor.protocol.views import Scope
from tutor.text import columns, one_line, padded, visible
from tutor.ui.answer.changed import AnswerChanged
from tutor.ui.answer.verdict_text import reason
from tutor.ui.kit.sentences import mark, spoken
from tutor.ui.kit.text_view import TextView, edged, hang

NO_QUESTION = Classify("", ())
LETTERS = {scope.value[0]: scope for scope in Scope}
"""l, c, f, g, b: no two scopes begin alike."""
HOW = (
    "Up and down choose a name; a letter labels it: "
    + ", ".join(f"`{letter}` {scope}" for letter, scope in LETTERS.items())
    + ". F5 runs the program and asks Python."
)
AGAIN = "Another letter labels a name anew."
COLUMNS_FOR_EVIDENCE_BESIDE = 64
"""From this width on the evidence stands on the line of its name."""
EVIDENCE_COLUMN = 45
LABEL_COLUMNS = len("builtin") + 4


class LabelTable(TextView):
    """The names of one function, each with the learner's label."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "choose(-1)", "Name above", show=False),
        Binding("down", "choose(1)", "Name below", show=False),
        *(
            Binding(
                f"{letter},{letter.upper()}", f"label('{scope}')", f"Label it {scope}", show=False
            )
            for letter, scope in LETTERS.items()
        ),
    ]

    verdict: reactive[Verdict | None] = reactive(None)
    """What the run said; None while the learner labels."""
    row: reactive[int] = reactive(0)

    def __init__(self) -> None:
        super().__init__()
        self.question = NO_QUESTION
        self.labels: dict[str, Scope] = {}
        self.cursor_line = 0

    @property
    def answer(self) -> str:
        """A line a name: `x free`."""
        return "".join(
            f"{name} {self.labels[name]}\n" for name in self.question.names if name in self.labels
        )

    def open(self, exercise: Exercise, answer: str) -> None:
        """Show the names of an exercise with the labels that an answer gives."""
        self.ask(exercise.classify or NO_QUESTION, answer)

    def ask(self, question: Classify, answer: str) -> None:
        """Show these names with the labels that an answer gives."""
        self.question = question
        self.labels = {}
        for name, _, scope in (line.partition(" ") for line in answer.splitlines()):
            if name in self.question.names and scope in set(Scope):
                self.labels[name] = Scope(scope)
        self.verdict = None
        self.row = 0
        self.reflow()

    def start_over(self) -> None:
        """No label at all."""
        self.ask(self.question, "")
        self.post_message(AnswerChanged())

    def judge(self, verdict: Verdict | None) -> None:
        """Show Python's labels beside the learner's."""
        self.verdict = verdict

    def watch_row(self) -> None:
        self.reflow()
        self.scroll_to_region(Region(0, self.cursor_line, 1, 1), animate=False)

    def watch_verdict(self) -> None:
        self.reflow()
        self.scroll_home(animate=False)

    def action_choose(self, step: int) -> None:
        if self.question.names:
            self.row = (self.row + step) % len(self.question.names)

    def action_label(self, scope: str) -> None:
        if self.question.names:
            self.labels[self.question.names[self.row]] = Scope(scope)
            self.verdict = None
            self.reflow()
            self.post_message(AnswerChanged())

    @property
    def line_in_focus(self) -> int:
        return self.cursor_line

    def lines(self, width: int) -> list[Content]:
        heading, name_columns = self.heading(width)
        shown = [Content.styled(heading, "$muted")]
        outcomes = self.verdict.labels if self.verdict else ()
        by_name = {outcome.right.name: outcome for outcome in outcomes}
        for row, name in enumerate(self.question.names):
            start = len(shown)
            shown.append(self.label_line(row, name, name_columns, by_name.get(name)))
            if name in by_name and self.gives_evidence(by_name[name], width):
                shown = self.with_evidence(shown, by_name[name], width)
            if row == self.row:
                self.cursor_line = start
                shown[start:] = edged(shown[start:], width, "$accent")
        if self.verdict and self.verdict.feedback:
            shown += reason(self.verdict.feedback, width, "  ")
        if not (self.verdict and self.verdict.passed):
            how = spoken(AGAIN if self.verdict else HOW).stylize_before("$muted")
            shown += hang(how, width, "  ", "  ")
        return shown

    def heading(self, width: int) -> tuple[str, int]:
        """The names of the columns, and how wide the first is: a label is never cut."""
        function = visible(self.question.function.rpartition(".")[2], keep_newlines=False)
        seen_from = (
            f"as seen from {function}()"
            if width >= COLUMNS_FOR_EVIDENCE_BESIDE
            else f"in {function}()"
        )
        longest = max(map(columns, ("", *self.question.names)))
        room = width - 2 - LABEL_COLUMNS - len(Scope.BUILTIN)
        told = "Python says" if self.verdict else ""
        name_columns = max(columns(seen_from), longest) + 2
        if name_columns > room:
            seen_from, told = "", told.removesuffix(" says")
            name_columns = max(4, min(longest + 2, room))
        return f"  {padded(seen_from, name_columns)}{'yours':{LABEL_COLUMNS}}{told}", name_columns

    def gives_evidence(self, outcome: LabelOutcome, width: int) -> bool:
        """Whether to say why; where there is little room, feedback to what is wrong comes first."""
        verdict = self.verdict
        if width >= COLUMNS_FOR_EVIDENCE_BESIDE or verdict is None or verdict.passed:
            return True
        return not (outcome.same or verdict.feedback)

    def label_line(
        self, row: int, name: str, name_columns: int, outcome: LabelOutcome | None
    ) -> Content:
        """A name, the learner's label, and Python's once it is known."""
        label = self.labels.get(name)
        line = Content.assemble(
            "  ",
            (padded(one_line(name, name_columns - 1), name_columns), "bold"),
            (f"{label or '…':{LABEL_COLUMNS - 2}}", "bold" if row == self.row else ""),
        )
        if outcome is None:
            return line
        return Content.assemble(line, mark(outcome.same), outcome.right.scope)

    def with_evidence(
        self, shown: list[Content], outcome: LabelOutcome, width: int
    ) -> list[Content]:
        """The lines so far with the reason for the last label, on its line if there is room."""
        cell = f"cell {outcome.right.cell}, " if outcome.right.cell else ""
        why = Content.styled(cell + visible(outcome.right.evidence, keep_newlines=False), "$muted")
        if width < COLUMNS_FOR_EVIDENCE_BESIDE:
            return shown + hang(why, width, "    ", "    ")
        start = shown[-1].pad_right(max(0, EVIDENCE_COLUMN - shown[-1].cell_length))
        return shown[:-1] + hang(why, width, start, " " * start.cell_length)
