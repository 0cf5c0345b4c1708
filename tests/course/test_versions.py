"""What differs by CPython: written once an exercise, held and shown for the one that runs programs."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.harness.small_course import BUILD, PREDICT, replace_in, write_course
from tutor.attempt import attempt
from tutor.cli import main
from tutor.course.loader import load
from tutor.course.model import Exercise
from tutor.course.versions import Edition, Span, edition_for, with_spans
from tutor.grading.verdict import Verdict
from tutor.protocol.pythons import TRIED
from tutor.session import Session

HERE = sys.version_info[:2]
SAID = "new" if HERE >= (3, 13) else "old"
PROGRAM = "import sys\nprint('new' if sys.version_info >= (3, 13) else 'old')\nprint('done')\n"
EXPECTED = """
[expected]
"3.11" = \"\"\"
old
done
\"\"\"
"3.13" = \"\"\"
new
done
\"\"\"
[[look]]"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small course; its prediction prints `old` up to CPython 3.12 and `new` from 3.13 on."""
    folder = write_course(tmp_path / "content")
    table = folder / PREDICT / "exercise.toml"
    replace_in(table, 'expected = """\ncalls: [1, 1]\ndone\n"""\n[[look]]', EXPECTED)
    look = table.read_text().partition("[[look]]")[2].partition("[[try]]")[0]
    names = '\nat = "names"\nsay = "nothing."\nfunction = "f"\nname = "x"\nscope = "local"\n'
    replace_in(table, look, names)
    replace_in(table, 'code = "len(make())"\nprints = "2"', 'code = "sys.ps"\nerror = "Attr"')
    replace_in(table, '"calls: [0, 1]", at = 1 }', '"older", at = 1 }')
    (folder / PREDICT / "starter.py").write_text(f"{PROGRAM}\ndef f(x): ...\n")
    (folder / PREDICT / "solution.txt").unlink()
    (folder / PREDICT / "wrong/by-value.txt").write_text("# feedback: by-value\nolder\n")
    (folder / PREDICT / "wrong/silent.txt").write_text(f"# feedback: silent\n{SAID}\nDone\n")
    return folder


def late(folder: Path) -> Exercise:
    """The prediction, without a fault."""
    course, faults = load(folder)
    assert faults == ()
    exercise = course.exercise("late")
    assert exercise
    return exercise


def faults_of(folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What `verify` prints of the prediction; empty if it holds."""
    status = main(["verify", str(folder / PREDICT)])
    out = capsys.readouterr().out
    return out if status else ""


@pytest.mark.parametrize("version", TRIED)
def test_what_is_expected_on_each(folder: Path, version: tuple[int, int]) -> None:
    said = "new\ndone\n" if version >= (3, 13) else "old\ndone\n"
    held = late(folder).on(version)
    assert (held.expected, held.solution) == (said, said)


def test_it_holds_on_the_python_that_runs_this(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert faults_of(folder, capsys) == ""


def test_the_text_for_this_python_is_the_one_that_is_held(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replace_in(folder / PREDICT / "exercise.toml", f"{SAID}\ndone", f"{SAID}er\ndone")
    out = faults_of(folder, capsys)
    assert "the solution does not pass. Line 1 differs" in out
    assert "`expected` is not what is printed, from line 1 on" in out


def test_the_text_for_another_python_is_not(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = "old" if SAID == "new" else "new"
    replace_in(folder / PREDICT / "exercise.toml", f"\n{other}\ndone", f"\n{other}er\ndone")
    assert faults_of(folder, capsys) == ""


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"3.11" = ', '"3.12" = ', "expected: begins with 3.12; begin with"),
        ('"3.11" = ', '"old" = ', "exercise.toml, expected"),
        (
            'id = "silent"',
            'id = "silent"\nsince = "3.13"\nuntil = "3.11"',
            "ends before since 3.13",
        ),
        ('id = "silent"', 'id = "silent"\nsince = 3.13', "misconceptions[1].since: expected"),
        ('say = "n', 'since = "new"\nsay = "n', "look[0].since: expected"),
        ('code = "sys.ps"', 'until = "3.1x"\ncode = "sys.ps"', "try[0].until: expected"),
    ],
)
def test_what_is_not_well_written(
    folder: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, says: str
) -> None:
    replace_in(folder / PREDICT / "exercise.toml", old, new)
    assert says in faults_of(folder, capsys)


def test_a_prediction_with_several_has_no_solution_of_its_own(folder: Path) -> None:
    (folder / PREDICT / "solution.txt").write_text("new\ndone\n")
    assert [fault.what for fault in load(folder)[1]] == ["a stray file"]


def test_a_table_without_a_version_is_a_fault(folder: Path) -> None:
    table = folder / BUILD / "exercise.toml"
    replace_in(table, 'expected = """\nadd5(3): 8\n"""', "expected = {}")
    assert [fault.key for fault in load(folder)[1]] == ["expected"]


def test_a_wrong_answer_of_other_pythons_is_not_tried(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = folder / PREDICT / "wrong/future.txt"
    place.write_text(f"# feedback: silent since 3.98 until 3.99\n{SAID}\ndone\n")
    assert faults_of(folder, capsys) == ""
    assert late(folder).wrong_answers[1].span == Span("3.98", "3.99")
    assert late(folder).wrong_answers[1].text == f"{SAID}\ndone\n"
    place.write_text(f"# feedback: silent since 3.11\n{SAID}\ndone\n")
    assert "wrong/future.txt passes" in faults_of(folder, capsys)


def test_a_misconception_of_other_pythons_is_silent(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replace_in(folder / PREDICT / "exercise.toml", 'id = "silent"', 'id = "silent"\nsince = "3.99"')
    assert "wrong/silent.txt gets no feedback" in faults_of(folder, capsys)


def test_looks_and_tries_of_other_pythons_are_not_held(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = folder / PREDICT / "exercise.toml"
    replace_in(table, "[[try]]", '[[try]]\nsince = "3.99"\ncode = "1"\nprints = "2"\n[[try]]')
    replace_in(
        table,
        "[[try]]",
        '[[look]]\nuntil = "3.10"\nat = "cells"\nsay = "x"\nno_cells = "x"\n[[try]]',
    )
    assert faults_of(folder, capsys) == ""


def test_one_exercise_for_all_is_the_same_on_all(folder: Path) -> None:
    adders = load(folder)[0].exercises[0]
    assert all(adders.on(version) is adders for version in TRIED)


def test_spans_in_words() -> None:
    editions = (Edition("3.11", "a"), Edition("3.12", "b"), Edition("3.14", "c"))
    assert [span.title for span, _ in with_spans(editions)] == [
        "CPython 3.11",
        "CPython 3.12 to 3.13",
        "CPython 3.14 and later",
    ]
    assert Span(until="3.12").title == "CPython 3.12 and before"
    assert [edition_for(editions, (3, minor)).text for minor in (10, 11, 13, 20)] == list("aabc")


def test_check_holds_a_file_against_the_text_for_this_python(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = tmp_path / "answer.txt"
    answer.write_text(f"{SAID}\ndone\n")
    words = ["check", "late", str(answer), "--content", str(folder), "--json"]
    assert main([*words, "--python", sys.executable]) == 0
    assert json.loads(capsys.readouterr().out)["expected"] == f"{SAID}\ndone\n"


@pytest.mark.parametrize("python", [None, Path(sys.executable)])
async def test_the_version_is_that_of_the_python_that_runs_programs(python: Path | None) -> None:
    async with Session(python) as session:
        assert await session.version() == HERE


async def test_an_attempt_takes_the_exercise_as_it_is_there(folder: Path) -> None:
    """Whoever begins it: a misconception of other CPythons does not speak."""
    table = folder / PREDICT / "exercise.toml"
    replace_in(table, 'id = "silent"', 'id = "silent"\nsince = "3.99"')
    async with Session() as session:
        for answer, spoke in ((f"{SAID}\nDone\n", None), ("older\ndone\n", "by-value")):
            *_, verdict = [each async for each in attempt(session, late(folder), answer)]
            assert isinstance(verdict, Verdict)
            assert verdict.spoke == spoke
