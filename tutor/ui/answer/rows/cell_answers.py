"""The questions of a `cells` exercise: an answer typed to each, then Python's beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Offset

from tutor.course.model import Exercise
from tutor.course.questions import (
    CellQuestion,
    Contents,
    HowMany,
    SameCell,
    answers_in,
    as_answers,
    in_words,
)
from tutor.grading.verdict import AnswerOutcome, Verdict
from tutor.text import one_line, visible
from tutor.ui.answer.changed import AnswerChanged
from tutor.ui.answer.rows.answer_rows import AnswerRows
from tutor.ui.answer.rows.two_pictures import picture_lines
from tutor.ui.answer.verdict_text import reason
from tutor.ui.kit.keys_in_order import is_typed
from tutor.ui.kit.sentences import mark, spoken
from tutor.ui.kit.text_view import edged, hang

ASKS_FOR: dict[type[CellQuestion], str] = {
    HowMany: "number",
    SameCell: "y or n",
    Contents: "value, or empty",
}
"""What stands where nothing was typed yet."""
HOW = "Type each answer; Enter goes on to the next. F5 runs the program and asks Python."
AGAIN = "Type to answer anew."
BELOW = "Below are the cells as you have them and as they are: Page Down, or F4 for more room."
LONGEST_ANSWER = 200
"""Characters."""
INDENT = 5
ANSWER_COLUMNS = 24
"""What is shown of an answer on the line of its question, at most."""
SHOWN_COLUMNS = 60
"""What is shown of an answer at all."""


class CellAnswers(AnswerRows):
    """The questions, each with what the learner typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next", "Next question", show=True),
        Binding("backspace", "take_away", "Take a letter away", show=False),
        Binding("delete,ctrl+u", "clear", "Take the answer away", show=False),
    ]
    instead = ""

    def __init__(self) -> None:
        super().__init__()
        self.questions: tuple[CellQuestion, ...] = ()
        self.given: dict[int, str] = {}
        """What was typed, by the number of the question."""
        self.begins_anew = True
        """Whether what is typed takes the place of the answer: it was chosen, and not typed in."""
        self.cursor_column = 0

    @property
    def typed_in(self) -> CellAnswers:
        """Here; also what is typed elsewhere."""
        return self

    @property
    def takes_text(self) -> bool:
        return True

    @property
    def answer(self) -> str:
        """A line a question: `2: n`."""
        return as_answers({number: text.strip() for number, text in self.given.items()})

    def open(self, exercise: Exercise, answer: str) -> None:
        """Show the questions of an exercise with the answers that were given so far."""
        self.questions = exercise.questions
        self.ask(answer)

    def ask(self, answer: str) -> None:
        """Show these answers."""
        self.given = {
            number: text[:LONGEST_ANSWER]
            for number, text in answers_in(answer).items()
            if number <= len(self.questions)
        }
        self.verdict = None
        self.row = 0
        self.reflow()

    def start_over(self) -> None:
        """No answer at all."""
        self.ask("")
        self.post_message(AnswerChanged())

    @property
    def blanks(self) -> Sequence[bool]:
        return [not self.given.get(number, "").strip() for number in self.numbers]

    @property
    def numbers(self) -> range:
        """Of the questions, from 1."""
        return range(1, len(self.questions) + 1)

    def judge(self, verdict: Verdict | None) -> None:
        self.begins_anew = True
        super().judge(verdict)

    # Typing.

    def watch_row(self) -> None:
        self.begins_anew = True
        super().watch_row()

    def on_focus(self) -> None:
        self.reflow()

    def on_blur(self) -> None:
        self.reflow()

    async def on_key(self, event: events.Key) -> None:
        """What is written goes into the chosen row; all other keys have their meanings."""
        writes = is_typed(event) and event.is_printable and event.character
        if self.heir is None and self.questions and writes:
            event.stop()
            event.prevent_default()
            self.insert(event.character or "")

    def on_paste(self, event: events.Paste) -> None:
        if self.heir is None and self.questions:
            event.stop()
            event.prevent_default()
            self.insert(next(filter(str.strip, event.text.split("\n")), "").strip())

    def insert(self, text: str) -> None:
        """Add to the answer of the chosen row, or begin it anew."""
        number = self.row + 1
        before = "" if self.begins_anew else self.given.get(number, "")
        self.write(before + text)

    def write(self, text: str) -> None:
        """Make this the answer of the chosen row."""
        self.begins_anew = False
        self.given[self.row + 1] = text.lstrip()[:LONGEST_ANSWER]
        self.verdict = None
        self.reflow()
        self.post_message(AnswerChanged())

    def action_take_away(self) -> None:
        if before := self.given.get(self.row + 1):
            self.write(before[:-1])

    def action_clear(self) -> None:
        if self.given.get(self.row + 1):
            self.write("")

    def action_next(self) -> None:
        self.go_on()

    # What is shown.

    def lines(self, width: int) -> list[Content]:
        shown: list[Content] = []
        outcomes = self.verdict.answers if self.verdict else ()
        by_number = {outcome.number: outcome for outcome in outcomes}
        texts = [spoken(text) for text in in_words(self.questions)]
        column = self.answer_column(texts, width)
        for number, text in zip(self.numbers, texts, strict=True):
            start = len(shown)
            chosen = number == self.row + 1
            lines = list(self.row_lines(number, text, by_number.get(number), column, width))
            if chosen:
                self.cursor_line, self.cursor_rows = start, len(lines)
                lines = edged(lines, width, "$accent")
            shown += lines
        if self.verdict and self.verdict.feedback:
            shown += reason(self.verdict.feedback, width, "  ")
        if not (self.verdict and self.verdict.passed):
            drawn = self.verdict is not None and self.verdict.pictures is not None
            how = HOW if self.verdict is None else f"{AGAIN} {BELOW}" if drawn else AGAIN
            shown += hang(spoken(how).stylize_before("$muted"), width, "  ", "  ")
        if self.verdict and self.verdict.pictures:
            shown += picture_lines(self.verdict.pictures, width, reverse=self.app.no_color)
        return shown

    def answer_column(self, texts: list[Content], width: int) -> int:
        """Where the answers begin: behind the longest question that leaves room for one."""
        lengths = [text.cell_length for text in texts]
        room = width - INDENT - 2 - ANSWER_COLUMNS
        return INDENT + 2 + max((length for length in lengths if length <= room), default=0)

    def row_lines(
        self, number: int, text: Content, outcome: AnswerOutcome | None, column: int, width: int
    ) -> Iterator[Content]:
        """A question, its answer, and once it is known what is right and why."""
        lead = Content.styled(f"{number:>3}  ", "$muted")
        question = hang(text, width, lead, " " * INDENT)
        shown = max(8, min(SHOWN_COLUMNS, width - INDENT - 4))
        answer = self.answer_shown(number, shown, judged=outcome is not None)
        column = max(column, question[-1].cell_length + 2)
        if column + answer.cell_length > width:
            column = INDENT
            question.append(Content())
        yield from question[:-1]
        line = question[-1].pad_right(column - question[-1].cell_length)
        if number == self.row + 1:
            typed = one_line(self.given.get(number, ""), shown)
            self.cursor_column = min(column + 1 + Content(typed).cell_length, width - 1)
        if outcome is None:
            yield line + answer
            return
        right = "" if outcome.same else one_line(outcome.right, shown)
        told = (mark(outcome.same) + Content.styled(right, "bold")).rstrip()
        line += answer
        if line.cell_length + 2 + told.cell_length > width:
            yield line
            line = Content(" " * (INDENT - 2))
        line = line + "  " + told
        why = Content.styled(visible(outcome.evidence, keep_newlines=False), "$muted")
        if line.cell_length + 2 + why.cell_length <= width:
            yield line + "  " + why
            return
        yield line
        yield from hang(why, width, " " * INDENT, " " * INDENT)

    def answer_shown(self, number: int, width: int, *, judged: bool) -> Content:
        """What was typed, in brackets; where one types, with a cursor behind it."""
        typed = one_line(self.given.get(number, ""), width)
        here = number == self.row + 1 and self.has_focus and not judged
        inside = Content(typed)
        if not typed:
            inside = Content.styled(ASKS_FOR[type(self.questions[number - 1])], "italic $muted")
        if here:
            cursor = Content.styled(" " if typed else inside.plain[:1], "reverse")
            inside = inside + cursor if typed else cursor + inside[1:]
        return Content.assemble("[", inside, "]")

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the terminal's cursor stands: where one types."""
        return super().cursor_screen_offset + Offset(self.cursor_column, 0)
