"""Questions about cells: judged by the report of the run, and the picture that answers make."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.harness.cells_answered import ADDERS, ONE_COUNTER, TWO_ADDERS
from tests.harness.passing_run import TRANSCRIPT
from tutor.course.model import Misconception, When
from tutor.course.questions import (
    CellName,
    CellQuestion,
    Contents,
    HowMany,
    SameCell,
    answers_in,
    as_answers,
    in_words,
)
from tutor.grading.asked_cells import answer_of, cell_in
from tutor.grading.believed_cells import NoPicture, believed
from tutor.grading.given_answers import fault_of, is_value, reading
from tutor.grading.grade import grade
from tutor.grading.kinds import kind_of
from tutor.grading.verdict import Verdict
from tutor.protocol.reports import Status
from tutor.protocol.views import Cells, CellView, FreeName, FunctionKind, FunctionView

RUN = replace(TRANSCRIPT, labels=(), check_names=(), checks=(), cells=TWO_ADDERS)


def judged(answer: str, cells: Cells = TWO_ADDERS, exercise: object = ADDERS) -> Verdict:
    """The verdict on an answer, where a run reported these cells."""
    return grade(exercise, answer, replace(RUN, cells=cells))  # type: ignore[arg-type]


def test_right_answers_pass_in_any_spelling() -> None:
    for answer in ("1: 1\n2: n\n3: 5\n", " 1 : 01\n2:NO\n3: 0x5", "3: +5\n2: n\n1: 1"):
        verdict = judged(answer)
        assert verdict.passed, answer
        assert verdict.summary == "Passed: all 3 answers are right."
        assert verdict.pictures is None


@pytest.mark.parametrize(
    ("answer", "wrong", "says"),
    [
        ("1: 2\n2: n\n3: 5", [1], "2 of 3 answers are right; look again at question 1."),
        ("1: 1\n2: y\n3: 6", [2, 3], "1 of 3 answers is right; look again at questions 2, 3."),
        ("1: 1\n2: n\n3: 5.0", [3], "2 of 3 answers are right; look again at question 3."),
        ("1: 1\n2: n\n3: empty", [3], "2 of 3 answers are right; look again at question 3."),
        ("1: 1\n2: n", [3], "No answer yet to question 3."),
        ("", [1, 2, 3], "No answer yet to questions 1, 2, 3."),
    ],
)
def test_wrong_answers(answer: str, wrong: list[int], says: str) -> None:
    verdict = judged(answer)
    assert not verdict.passed
    assert [each.number for each in verdict.answers if not each.same] == wrong
    assert verdict.summary == says


def test_the_report_judges_and_not_what_the_author_expects() -> None:
    assert judged("1: 1\n2: y\n3: 5", ONE_COUNTER).passed
    assert not judged(ADDERS.solution, ONE_COUNTER).passed


def test_evidence() -> None:
    assert [each.evidence for each in judged("").answers] == [
        "cell A (n)",
        "cells A and B",
        "cell A, int 5",
    ]
    assert [each.evidence for each in judged("", ONE_COUNTER).answers] == [
        "cell A (n)",
        "one cell, A",
        "cell A, int 5, shared with add10",
    ]


@pytest.mark.parametrize("status", [each for each in Status if each is not Status.FINISHED])
def test_a_run_that_did_not_finish_judges_nothing(status: Status) -> None:
    verdict = grade(ADDERS, ADDERS.solution, replace(RUN, status=status, sentence="It was long."))
    assert not verdict.passed
    assert (verdict.summary, verdict.answers, verdict.fault) == ("It was long.", (), None)


@pytest.mark.parametrize("sign", ["2: y", "2: YES", " 2 :yes"])
def test_a_misconception_speaks_of_a_wrong_answer_in_any_spelling(sign: str) -> None:
    mistaken = (Misconception("one", When(answer=sign), "Each its own."),)
    exercise = replace(ADDERS, misconceptions=mistaken)
    verdict = judged("1: 1\n2: y\n3: 5", exercise=exercise)
    assert (verdict.feedback, verdict.spoke) == ("Each its own.", "one")
    assert judged("1: 2\n2: n\n3: 5", exercise=exercise).feedback is None
    assert judged("1: 1\n3: 5", exercise=exercise).feedback is None
    assert judged("1: 2\n2: y\n3: 5", ONE_COUNTER, exercise).feedback is None  # it is right here


def test_what_an_answer_lacks_tells_nothing_of_what_is_right() -> None:
    kind = kind_of(ADDERS)
    for answer, says in (
        ("", "3 questions have no answer yet: 1, 2, 3."),
        ("1: 1\n3: 5\n", "1 question has no answer yet: 2."),
        ("1: one\n2: n\n3: 5\n", "Question 1 asks for a number, such as 2."),
        ("1: 9\n2: y\n3: None\n", ""),
    ):
        assert kind.before_a_run(ADDERS, answer) == says


@pytest.mark.parametrize(
    ("value", "type", "given", "same"),
    [
        ("'a'", "str", '"a"', True),
        ("['a', 1]", "list", "[ 'a',1 ]", True),
        ("{1, 2}", "set", "{2, 1}", True),
        ("True", "bool", "1", False),
        ("1", "int", "True", False),
        ("1", "Money", "1", False),
        ("'empty'", "str", "empty", False),
        (None, None, "empty", True),
        (None, None, " Empty ", True),
        (None, None, "None", False),
        ("None", "NoneType", "empty", False),
        ("None", "NoneType", "None", True),
        ("odd", "function", "odd", True),
        ("function odd", None, "odd", True),
        ("odd", "function", "'odd'", False),
        ("class Box", "type", "Box", True),
        ("range(0, 3)", "range", "range(0, 3)", True),
    ],
)
def test_what_is_in_a_cell(value: str | None, type: str | None, given: str, same: bool) -> None:
    cell = CellView("A", "n", "make", value is None, type, value, ("f1",))
    assert is_value(given, cell, Cells()) is same


def test_a_function_in_a_cell_may_be_called_by_its_way() -> None:
    cell = CellView("A", "n", "make", False, "function", "odd", ("f1",), "f2")
    odd = FunctionView("f2", FunctionKind.FUNCTION, "odd", "odd", 3, "ops['odd']")
    assert is_value("ops['odd']", cell, Cells((odd,), (cell,)))
    assert fault_of(Contents(function="f", name="n"), "odd", "def odd(n): ...") == ""
    assert fault_of(Contents(function="f", name="n"), "odd", "odd = 3")


@given(st.dictionaries(st.integers(1, 99), st.from_regex(r"[^\s:][^\n\r]*[^\s]", fullmatch=True)))
def test_answers_survive_their_text(answers: dict[int, str]) -> None:
    answers = {number: text.strip() for number, text in answers.items() if "\n" not in text}
    assert answers_in(as_answers(answers)) == answers


def test_questions_in_words() -> None:
    where = CellName("ops['add']", "n")
    asked: list[CellQuestion] = [
        HowMany(function="add"),
        SameCell(cells=(where, CellName("add", "n")), line=3),
        Contents(function="add", name="n", line=3, time=2),
        Contents(function="add", name="n", step=0),
        Contents(function="add", name="n"),
    ]
    assert list(in_words(asked)) == [
        "how many cells has `add`?",
        "`n` of `ops['add']`: same cell as `n` of `add` after line 3?",
        "what is in `n` of `add` after line 3, time 2?",
        "what is in `n` of `add` before the first step?",
        "what is in `n` of `add` at the end?",
    ]
    assert list(in_words(asked[:1] + asked[-1:]))[1] == "what is in `n` of `add`?"


# Any report, any answers.


@st.composite
def reports(draw: st.DrawFn) -> Cells:
    """Functions that hold cells of up to three variables, shared at will."""
    values = draw(st.lists(st.none() | st.integers(-3, 3), min_size=1, max_size=5))
    labels = "ABCDE"[: len(values)]
    variable = {label: draw(st.sampled_from("xyz")) for label in labels}
    functions = []
    for number in range(draw(st.integers(1, 4))):
        free = []
        for name in "xyz":
            ours = [label for label in labels if variable[label] == name]
            label = draw(st.sampled_from([None, *ours]))
            if label:
                free.append(FreeName(name, label))
        id, way, of = f"f{number}", f"add{number}", FunctionKind.FUNCTION
        functions.append(FunctionView(id, of, "add", "make.add", 1, way, tuple(free)))
    cells = []
    for label, value in zip(labels, values, strict=True):
        holders = tuple(
            each.id for each in functions if any(label == free.cell for free in each.free)
        )
        kind = None if value is None else "int"
        held = None if value is None else str(value)
        view = CellView(label, variable[label], "make", value is None, kind, held, holders)
        cells += [view] * bool(holders)
    return Cells(tuple(functions), tuple(cells))


def parts_of(cells: Cells) -> list[CellName]:
    return [CellName(each.reached_by, name) for each in cells.functions for name, _ in each.free]


def all_questions(cells: Cells) -> list[CellQuestion]:
    parts = parts_of(cells)
    return [
        *(HowMany(function=each.reached_by) for each in cells.functions),
        *(Contents(function=each.function, name=each.name) for each in parts),
        *(SameCell(cells=(one, other)) for one in parts for other in parts if one is not other),
    ]


def directly(question: CellQuestion, cells: Cells) -> str:
    """The answer, read off the report in the plainest way."""
    held = {(each.reached_by, name): label for each in cells.functions for name, label in each.free}
    contents = {each.label: each for each in cells.cells}
    match question:
        case HowMany():
            return str(len({label for (way, _), label in held.items() if way == question.function}))
        case SameCell():
            one, other = (held[each.function, each.name] for each in question.cells)
            return "y" if one == other else "n"
        case Contents():
            cell = contents[held[question.function, question.name]]
            return "empty" if cell.empty else str(cell.value)


@given(reports(), st.data())
def test_every_question_has_one_right_answer(cells: Cells, data: st.DataObject) -> None:
    asked = data.draw(st.lists(st.sampled_from(all_questions(cells)), min_size=1, max_size=6))
    exercise = replace(ADDERS, questions=tuple(asked), misconceptions=())
    right = {number: directly(each, cells) for number, each in enumerate(asked, start=1)}
    verdict = judged(as_answers(right), cells, exercise)
    assert verdict.passed
    assert [each.right for each in verdict.answers] == [*right.values()]

    number = data.draw(st.sampled_from(sorted(right)))
    other = data.draw(st.sampled_from(["0", "1", "2", "-1", "y", "n", "None", "empty", "'1'"]))
    is_right = reading(asked[number - 1], other) == reading(asked[number - 1], right[number])
    assert judged(as_answers({**right, number: other}), cells, exercise).passed is is_right


POSSIBLE = {
    HowMany: ["0", "1", "2", "3", "4"],
    SameCell: ["y", "n"],
    Contents: ["empty", "7", "None", "-1"],
}


@settings(max_examples=400)
@given(reports(), st.data())
def test_a_picture_says_what_the_answers_say(cells: Cells, data: st.DataObject) -> None:
    asked = data.draw(
        st.lists(st.sampled_from(all_questions(cells)), min_size=1, max_size=6, unique_by=repr)
    )
    answered = [(each, data.draw(st.sampled_from(POSSIBLE[type(each)]))) for each in asked]
    why, mine = "", cells
    try:
        mine = believed(cells, answered)
    except NoPicture as none:
        why = str(none)
    if why:
        assert re.fullmatch(r"[A-Z].*\.", why)
        assert any(text != directly(each, cells) for each, text in answered)
        return
    held = {(each.reached_by, name) for each in mine.functions for name, _ in each.free}
    for question, text in answered:
        if not all((each.function, each.name) in held for each in question.parts):
            assert text == "n"  # of a cell that there is not
            continue
        assert reading(question, answer_of(question, mine).text) == reading(question, text)
        if isinstance(question, Contents):
            assert is_value(text, cell_in(mine, question.parts[0]), mine)
    labels = [each.label for each in mine.cells]
    assert len(set(labels)) == len(labels)
    assert {label for each in mine.functions for _, label in each.free} == set(labels)


@given(reports(), st.data())
def test_right_answers_make_pythons_picture(cells: Cells, data: st.DataObject) -> None:
    asked = data.draw(st.lists(st.sampled_from(all_questions(cells)), max_size=6))
    mine = believed(cells, [(each, directly(each, cells)) for each in asked])
    assert all_questions(mine) == all_questions(cells)
    for question in all_questions(cells):
        assert directly(question, mine) == directly(question, cells)


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ("1: 0\n2: n\n3: 5", "By your answers add5 has no cell, and yet one for n."),
        ("1: 9999\n2: n\n3: 5", "9,999 cells of add5 are too many to draw."),
        ("1: 1\n2: y\n3: x =", "`x =` makes no picture: write a Python value"),
    ],
)
def test_answers_without_a_picture_are_told_why(answers: str, says: str) -> None:
    pictures = judged(answers).pictures
    assert pictures
    assert pictures.yours is None
    assert pictures.why_none.startswith(says)
    assert {each.reached_by for each in pictures.pythons.functions} == {"add5", "add10"}
