"""Where each kind of exercise is answered, and what the run panel shows of it."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.course.model import Kind
from tutor.ui.answer.code import CodePane
from tutor.ui.answer.label_table import LabelTable
from tutor.ui.answer.prediction import Prediction
from tutor.ui.answer.rows.cell_answers import CellAnswers
from tutor.ui.tabs import Tab

PanelWidget = LabelTable | CellAnswers | Prediction
"""Answers in the run panel. Each has `answer`, `open(exercise, answer)`, `start_over()`, and
`judge(verdict)`, which shows what came of it in the same place."""
AnswerWidget = CodePane | PanelWidget
"""Where an answer is given: `answer`, `open(exercise, answer)`, `start_over()`; `typed_in`, the editor
for it if it is one at present, and `instead`, what is told to those who type where there is none."""


@dataclass(frozen=True)
class AnswerPlace:
    """Where one kind is answered."""

    tabs: tuple[Tab, ...]
    """Those of the run panel; the first is where the answer is given or, for a program, judged."""
    widget: type[PanelWidget] | None = None
    """What the first tab holds; None where the answer is the program in the editor."""


_PROGRAM = AnswerPlace((Tab.OUTPUT, Tab.CHECKS))

PLACES = {
    Kind.PREDICT: AnswerPlace((Tab.PREDICTION, Tab.OUTPUT), Prediction),
    Kind.CLASSIFY: AnswerPlace((Tab.LABELS, Tab.OUTPUT), LabelTable),
    Kind.CELLS: AnswerPlace((Tab.QUESTIONS, Tab.OUTPUT), CellAnswers),
    Kind.BUILD: _PROGRAM,
    Kind.REPAIR: _PROGRAM,
    Kind.SCRATCH: AnswerPlace((Tab.OUTPUT,)),
}
