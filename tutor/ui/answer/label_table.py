"""The table of a `classify` exercise: a label for each name, then what Python says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from tutor.course.model import AskedName, Classify, Exercise
from tutor.grading.kinds.classify import labels_in
from tutor.grading.verdict import LabelOutcome
from tutor.protocol.views import Scope
from tutor.text import columns, one_line, padded, visible
from tutor.ui.answer.changed import AnswerChanged
from tutor.ui.answer.rows.answer_rows import AnswerRows
from tutor.ui.answer.verdict_text import reason
from tutor.ui.kit.sentences import mark, spoken
from tutor.ui.kit.text_view import edged, hang

LETTERS = {scope.value[0]: scope for scope in Scope}
"""l, c, f, g, b: no two scopes begin alike."""
HOW = (
    "A letter labels the name and goes on to the next: "
    + ", ".join(f"`{letter}` {scope}" for letter, scope in LETTERS.items())
    + ". F5 runs the program and asks Python."
)
ONLY = f"Labels are given in the table, with the letters {', '.join(LETTERS)}. Escape goes there."
AGAIN = "Another letter labels a name anew."
COLUMNS_FOR_EVIDENCE_BESIDE = 64
"""From this width on the evidence stands on the line of its name."""
EVIDENCE_COLUMN = 45
LEAST_EVIDENCE = 16
"""Columns of evidence beside a name."""
LABEL_COLUMNS = len("builtin") + 4


class LabelTable(AnswerRows):
    """The names of a function or several, each with the learner's label."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(
                f"{letter},{letter.upper()}",
                f"label('{scope}')",
                "Label",
                show=scope is next(iter(Scope)),  # one entry in the row of keys stands for all
                key_display=" ".join(LETTERS),
            )
            for letter, scope in LETTERS.items()
        ),
    ]

    typed_in = None
    instead = ONLY

    def __init__(self) -> None:
        super().__init__()
        self.question: Classify | None = None
        self.asked: tuple[AskedName, ...] = ()
        self.labels: dict[str, Scope] = {}
        """By what stands for the name in an answer."""

    @property
    def answer(self) -> str:
        """A line a name: `x free`."""
        keys = [each.key for each in self.asked if each.key in self.labels]
        return "".join(f"{key} {self.labels[key]}\n" for key in keys)

    def open(self, exercise: Exercise, answer: str) -> None:
        """Show the names of an exercise with the labels that an answer gives."""
        self.ask(exercise.classify, answer)

    def ask(self, question: Classify | None, answer: str) -> None:
        """Show these names with the labels that an answer gives."""
        self.question = question
        self.asked = question.asked if question else ()
        keys = {each.key for each in self.asked}
        self.labels = {key: scope for key, scope in labels_in(answer).items() if key in keys}
        self.verdict = None
        self.row = 0
        self.reflow()

    def start_over(self) -> None:
        """No label at all."""
        self.ask(self.question, "")
        self.post_message(AnswerChanged())

    @property
    def blanks(self) -> Sequence[bool]:
        return [each.key not in self.labels for each in self.asked]

    def action_label(self, scope: str) -> None:
        if self.asked:
            self.labels[self.asked[self.row].key] = Scope(scope)
            self.verdict = None
            self.go_on()
            self.reflow()
            self.post_message(AnswerChanged())

    def lines(self, width: int) -> list[Content]:
        heading, name_columns = self.heading(width)
        shown = [Content.styled(heading, "$muted")]
        outcomes = self.verdict.labels if self.verdict else ()
        by_key = {outcome.key: outcome for outcome in outcomes}
        for row, asked in enumerate(self.asked):
            start, outcome = len(shown), by_key.get(asked.key)
            shown.append(self.label_line(row, self.said(asked, width), name_columns, outcome))
            if outcome and self.gives_evidence(outcome, width):
                shown = self.with_evidence(shown, outcome, width, name_columns)
            if row == self.row:
                self.cursor_line, self.cursor_rows = start, len(shown) - start
                shown[start:] = edged(shown[start:], width, "$accent")
        if self.verdict and self.verdict.feedback:
            shown += reason(self.verdict.feedback, width, "  ")
        if not (self.verdict and self.verdict.passed):
            how = spoken(AGAIN if self.verdict else HOW).stylize_before("$muted")
            shown += hang(how, width, "  ", "  ")
        return shown

    def said(self, asked: AskedName, width: int) -> str:
        """A name; of several functions, with the one that sees it."""
        if not (self.question and self.question.functions):
            return asked.name
        seen = "as seen from" if width >= COLUMNS_FOR_EVIDENCE_BESIDE else "in"
        return f"{asked.name} {seen} {asked.called}"

    def heading(self, width: int) -> tuple[str, int]:
        """The names of the columns, and how wide the first is: a label is never cut."""
        seen_from = ""
        if self.asked and self.question and not self.question.functions:
            function = visible(self.asked[0].called, keep_newlines=False)
            seen = "as seen from" if width >= COLUMNS_FOR_EVIDENCE_BESIDE else "in"
            seen_from = f"{seen} {function}()"
        longest = max((columns(self.said(each, width)) for each in self.asked), default=0)
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
        label = self.labels.get(self.asked[row].key)
        line = Content.assemble(
            "  ",
            (padded(one_line(name, name_columns - 1), name_columns), "bold"),
            (f"{label or '…':{LABEL_COLUMNS - 2}}", "bold" if row == self.row else ""),
        )
        if outcome is None:
            return line
        return Content.assemble(line, mark(outcome.same), outcome.right.scope)

    def with_evidence(
        self, shown: list[Content], outcome: LabelOutcome, width: int, name_columns: int
    ) -> list[Content]:
        """The lines so far with the reason for the last label, on its line if there is room."""
        cell = f"cell {outcome.right.cell}, " if outcome.right.cell else ""
        why = Content.styled(cell + visible(outcome.right.evidence, keep_newlines=False), "$muted")
        labels_end = 2 + name_columns + LABEL_COLUMNS + len(Scope.BUILTIN)
        column = max(EVIDENCE_COLUMN, labels_end + 2)
        if width < max(COLUMNS_FOR_EVIDENCE_BESIDE, column + LEAST_EVIDENCE):
            return shown + hang(why, width, "    ", "    ")
        start = shown[-1].pad_right(max(0, column - shown[-1].cell_length))
        return shown[:-1] + hang(why, width, start, " " * start.cell_length)
