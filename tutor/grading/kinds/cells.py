"""`cells`: the learner says which cells there are, and what is in them; the inspector's report judges."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tutor.course.model import Exercise, Kind
from tutor.course.questions import CellQuestion, Contents, answers_in, as_answers, in_words
from tutor.course.tables import ContentError
from tutor.grading.asked_cells import NotThere, Report, answer_of, cell_in
from tutor.grading.believed_cells import NoPicture, around, believed
from tutor.grading.given_answers import fault_of, is_value, reading
from tutor.grading.kind import ExerciseKind
from tutor.grading.verdict import AnswerOutcome, Outcomes, Transcript, TwoPictures
from tutor.protocol.reports import Status
from tutor.protocol.views import Cells
from tutor.text import one_line

QUOTED = 40


def _compare(exercise: Exercise, answer: str, transcript: Transcript) -> Outcomes:
    """Each answer against the report of the run; the fault of a question that it cannot answer."""
    if transcript.status is not Status.FINISHED or transcript.cells is None:
        return Outcomes()
    report = Report(transcript.cells, transcript.recording)
    given = answers_in(answer)
    texts = list(in_words(exercise.questions))
    outcomes = []
    for number, question in enumerate(exercise.questions, start=1):
        key = f"questions[{number - 1}]"
        try:
            mine = given.get(number)
            outcome = _outcome(question, texts[number - 1], number, mine, report.at(question))
        except NotThere as fault:
            return Outcomes(fault=f"exercise.toml, {key}{fault}")
        outcomes.append(outcome)
    wrong = [each for each in outcomes if not each.same and each.given]
    pictures = _pictures(exercise, given, report, wrong[0].number) if wrong else None
    return Outcomes(answers=tuple(outcomes), pictures=pictures)


def _outcome(
    question: CellQuestion, text: str, number: int, given: str | None, cells: Cells
) -> AnswerOutcome:
    found = answer_of(question, cells)
    if given is None:
        same = False
    elif isinstance(question, Contents):
        same = is_value(given, cell_in(cells, question.parts[0]), cells)
    else:
        same = reading(question, given) == reading(question, found.text)
    return AnswerOutcome(number, text, given, found.text, same, found.evidence)


def _pictures(
    exercise: Exercise, given: dict[int, str], report: Report, number: int
) -> TwoPictures:
    """Both pictures of the moment that a question is about."""
    first = exercise.questions[number - 1]
    asked = [
        (each, given.get(at, ""))
        for at, each in enumerate(exercise.questions, start=1)
        if each.moment == first.moment
    ]
    answered = [(each, mine) for each, mine in asked if mine]
    cells = around(report.at(first), [each for each, _ in asked])
    for each, mine in answered:
        if what := fault_of(each, mine, exercise.starter):
            why = f"`{one_line(mine, QUOTED)}` makes no picture: write {what}."
            return TwoPictures(cells, None, why, first.when)
    try:
        return TwoPictures(cells, believed(cells, answered), "", first.when)
    except NoPicture as why_not:
        return TwoPictures(cells, None, str(why_not), first.when)


def _praise(outcomes: Outcomes) -> str:
    count = len(outcomes.answers)
    return "the answer is right" if count == 1 else f"all {count} answers are right"


def _objection(outcomes: Outcomes) -> str:
    wrong = [each for each in outcomes.answers if not each.same]
    if not wrong:
        return "The run reported no cells."
    numbers = ", ".join(str(each.number) for each in wrong)
    noun = "question" if len(wrong) == 1 else "questions"
    if all(each.given is None for each in wrong):
        return f"No answer yet to {noun} {numbers}."
    right, count = len(outcomes.answers) - len(wrong), len(outcomes.answers)
    are = "is" if right == 1 else "are"
    return f"{right} of {count} answers {are} right; look again at {noun} {numbers}."


def _lacks(exercise: Exercise, answer: str) -> str:
    given = answers_in(answer)
    numbers = range(1, len(exercise.questions) + 1)
    blank = [str(number) for number in numbers if number not in given]
    if blank:
        have = "question has" if len(blank) == 1 else "questions have"
        return f"{len(blank)} {have} no answer yet: {', '.join(blank)}."
    for number in numbers:
        if what := fault_of(exercise.questions[number - 1], given[number], exercise.starter):
            return f"Question {number} asks for {what}."
    return ""


def _written_faults(exercise: Exercise) -> Iterator[ContentError]:
    """Answers that belong to no question, or that nobody could read."""
    texts: list[tuple[Path, str | None, str]]
    texts = [(exercise.folder / "solution.txt", None, exercise.solution)]
    texts += [(wrong.path, None, wrong.text) for wrong in exercise.wrong_answers]
    for index, misconception in enumerate(exercise.misconceptions):
        place = f"misconceptions[{index}].when.answer"
        texts.append((exercise.folder / "exercise.toml", place, misconception.when.answer or ""))
    for path, key, text in texts:
        for line in filter(str.strip, text.split("\n")):
            given = answers_in(line)
            number = next(iter(given), 0)
            if not 1 <= number <= len(exercise.questions):
                mend = f"write `N: ` and the answer, N from 1 to {len(exercise.questions)}"
                yield ContentError(path, key, f"`{line.strip()}` answers no question", mend)
            elif what := fault_of(exercise.questions[number - 1], given[number], exercise.starter):
                mend = f"write {what}"
                yield ContentError(path, key, f"`{line.strip()}` cannot be read", mend)


def _blanks(exercise: Exercise) -> Iterator[tuple[str, str]]:
    """The solution without each of its answers."""
    given = answers_in(exercise.solution)
    for number in given:
        rest = {each: text for each, text in given.items() if each != number}
        yield f"the solution without its answer {number}", as_answers(rest)


CELLS = ExerciseKind(
    Kind.CELLS,
    call="Answer a question",
    compare=_compare,
    praise=_praise,
    objection=_objection,
    lacks=_lacks,
    written_faults=_written_faults,
    blanks=_blanks,
    mend_blanks="give it a sign that a blank does not show",
)
