"""Which function, which cell and which moment a question is about; what is not there is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.harness.cells_answered import ADDERS
from tests.harness.passing_run import TRANSCRIPT
from tests.harness.samples import cell, function
from tutor.course.questions import CellName, CellQuestion, Contents, HowMany, SameCell
from tutor.grading.asked_cells import NotThere, Report, function_in, times_of
from tutor.grading.grade import grade
from tutor.protocol.views import (
    Cells,
    Change,
    FreeName,
    RecordedCell,
    RecordedCode,
    RecordedFunction,
    Recording,
    Step,
)

ACCOUNT = Cells(
    (
        function("f1", "account", ("ops", "A"), name="dispatch"),
        function("f2", "account ▸ ops['deposit']", ("balance", "B"), name="deposit"),
        function("f3", "account ▸ ops['take']", ("balance", "B"), name="take"),
        function("f4", "make", why="it uses only globals"),
    ),
    (cell("A", "ops", "{...}", "f1", type="dict"), cell("B", "balance", "3", "f2", "f3")),
)
MADE = Change.FUNCTION_MADE
COUNTER = Recording(
    steps=(
        Step(1, MADE, function="f4", by=0),
        Step(1, Change.FILLED, "B", after="0", by=1),
        Step(2, MADE, function="f2", by=1),
        Step(5, Change.REBOUND, "B", before="0", after="1", by=2),
        Step(5, Change.REBOUND, "B", before="1", after="2", by=2),
        Step(6, Change.FILLED, "C", after="9", by=1),
        Step(6, Change.FILLED, "A", after="{}", by=1),
        Step(5, Change.REBOUND, "B", before="2", after="3", by=2),
    ),
    functions=(
        RecordedFunction("f4", "make", "make", 1, ()),
        RecordedFunction("f2", "deposit", "make.deposit", 2, (FreeName("balance", "B"),)),
    ),
    cells=(
        RecordedCell("A", "ops", "make"),
        RecordedCell("B", "balance", "make"),
        RecordedCell("C", "limit", "make"),
    ),
    codes=(
        RecordedCode("<module>", "<module>", 1),
        RecordedCode("make", "make", 1),
        RecordedCode("deposit", "make.deposit", 2),
    ),
)


@pytest.mark.parametrize(
    ("called", "id"),
    [
        ("account", "f1"),
        ("account()", "f1"),
        ("account ▸ ops['deposit']", "f2"),
        ("ops['deposit']", "f2"),
        ("make.<locals>.deposit", "f2"),
        ("make", "f4"),
    ],
)
def test_a_function_is_named_by_its_way_or_its_qualified_name(called: str, id: str) -> None:
    assert function_in(ACCOUNT, called).id == id


def test_two_functions_of_one_qualified_name_are_told_by_their_ways() -> None:
    twins = Cells(
        (
            function("f1", "add5", ("n", "A"), name="add"),
            function("f2", "add10", ("n", "B"), name="add"),
        )
    )
    with pytest.raises(NotThere) as told:
        function_in(twins, "make.<locals>.add")
    assert str(told.value) == (
        ".function: 2 functions are called `make.<locals>.add`; "
        "name one by how it is reached: add5, add10"
    )


BALANCE = CellName("ops['deposit']", "balance")


def fault(*questions: CellQuestion, recording: Recording | None = COUNTER) -> str | None:
    """What is told of an exercise that asks this."""
    run = replace(TRANSCRIPT, check_names=(), cells=ACCOUNT, recording=recording)
    verdict = grade(replace(ADDERS, questions=questions), "1: 1", run)
    assert bool(verdict.fault) == (not verdict.answers)
    return verdict.fault


@pytest.mark.parametrize(
    ("question", "says"),
    [
        (
            HowMany(function="acount"),
            "exercise.toml, questions[1].function: the run has no function `acount`; its functions "
            "are account, account ▸ ops['deposit'], account ▸ ops['take'], make",
        ),
        (
            Contents(function="account", name="balance"),
            "exercise.toml, questions[1].name: `account` holds no cell for `balance`; "
            "those that it holds are for ops",
        ),
        (
            SameCell(cells=(BALANCE, CellName("make", "balance"))),
            "exercise.toml, questions[1].name: `make` holds no cell for `balance`; "
            "those that it holds are for none",
        ),
        (
            HowMany(function="account", step=9),
            "exercise.toml, questions[1].step: there is no step 9; the last one is 8",
        ),
        (
            HowMany(function="account", line=4),
            "exercise.toml, questions[1].line: line 4 changes nothing; the lines that do are 1, 2, 5, 6",
        ),
        (
            HowMany(function="account", line=5, time=4),
            "exercise.toml, questions[1].time: there is no time 4; the last one is 3",
        ),
        (
            Contents(function="ops['deposit']", name="balance", step=1),
            "exercise.toml, questions[1].function: the run has no function `ops['deposit']`; "
            "its functions are make",
        ),
    ],
)
def test_what_is_not_there_is_the_fault_of_the_exercise(question: CellQuestion, says: str) -> None:
    assert fault(HowMany(function="make"), question) == says


def test_without_a_recording_no_moment_can_be_asked_about() -> None:
    asked = HowMany(function="make", step=1)
    assert fault(asked, recording=None) == (
        "exercise.toml, questions[0]: the run was not recorded; ask about the end of the run"
    )
    unavailable = Recording(unavailable="This Python is not known.")
    assert fault(asked, recording=unavailable) == (
        "exercise.toml, questions[0]: This Python is not known; ask about the end of the run"
    )


def test_each_time_of_a_line_ends_with_its_last_step() -> None:
    assert list(times_of(1, COUNTER)) == [1, 2]  # the def, then the parameter that a call fills
    assert list(times_of(2, COUNTER)) == [3]
    assert list(times_of(5, COUNTER)) == [4, 5, 8]
    assert list(times_of(6, COUNTER)) == [7]  # two cells at once
    assert list(times_of(4, COUNTER)) == []


@pytest.mark.parametrize(
    ("question", "value"),
    [
        (Contents(function="ops['deposit']", name="balance", line=5), "1"),
        (Contents(function="ops['deposit']", name="balance", line=5, time=2), "2"),
        (Contents(function="ops['deposit']", name="balance", line=2), "0"),
        (Contents(function="make.deposit", name="balance", step=5), "2"),
        (Contents(function="ops['deposit']", name="balance"), "3"),
    ],
)
def test_contents_at_a_moment(question: Contents, value: str) -> None:
    run = replace(TRANSCRIPT, check_names=(), cells=ACCOUNT, recording=COUNTER)
    exercise = replace(ADDERS, questions=(question,), misconceptions=())
    assert grade(exercise, f"1: {value}", run).passed
    assert not grade(exercise, "1: 8", run).passed


def test_the_picture_is_of_the_moment_of_the_first_wrong_answer() -> None:
    asked = (
        Contents(function="ops['deposit']", name="balance"),
        Contents(function="ops['deposit']", name="balance", line=5),
    )
    run = replace(TRANSCRIPT, check_names=(), cells=ACCOUNT, recording=COUNTER)
    pictures = grade(replace(ADDERS, questions=asked), "1: 3\n2: 7", run).pictures
    assert pictures
    assert pictures.yours
    assert pictures.moment == "after line 5"
    assert [each.value for each in pictures.pythons.cells] == ["1"]
    assert [(each.type, each.value) for each in pictures.yours.cells] == [(None, "7")]
    assert [each.reached_by for each in pictures.pythons.functions] == ["account ▸ ops['deposit']"]


def test_a_report_at_the_end_needs_no_recording() -> None:
    assert Report(ACCOUNT, None).at(HowMany(function="make")) is ACCOUNT
