"""`verify`: holds content to its rules, and tells each rule that is broken."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree

import pytest

from tests.harness.believed_programs import PROGRAMS
from tests.harness.small_course import BUILD, CLASSIFY, PREDICT, replace_in
from tutor.cli import main

Printed = pytest.CaptureFixture[str]


def verify(course: Path, capsys: Printed) -> tuple[int, str]:
    """The exit status, and what was printed."""
    status = main(["verify", str(course)])
    out, err = capsys.readouterr()
    assert err == ""
    return status, out


def test_a_course_that_holds(course: Path, capsys: Printed) -> None:
    status, out = verify(course, capsys)
    lines = out.splitlines()
    assert status == 0
    assert [line.split()[0] for line in lines[:3]] == ["✓"] * 3
    assert [line.split()[2] for line in lines[:3]] == ["adders", "late", "scopes"]
    assert lines[3].startswith("3 of 3 hold on Python 3.")
    assert lines[3].endswith("; faults in the files: 0.")


@dataclass(frozen=True)
class Broken:
    """A place of the course that is changed, and what must be told."""

    file: str
    old: str
    new: str
    says: str


MORE = """[[misconceptions]]
id = "more"
feedback = "More."
when = { line = "more" }
[[misconceptions]]
id = "f"""


def belief(name: str) -> str:
    """A belief in exercise.toml, before its last misconception."""
    return f'[[beliefs]]\nbelief = "{name}"\nbecause = "so."\n[[misconceptions]]\nid = "silent'


SILENT = '[[misconceptions]]\nid = "silent'
BROKEN = [
    Broken(
        f"{PREDICT}/exercise.toml",
        SILENT,
        belief("a-cell-each"),
        "the belief `a-cell-each` says nothing about the program",
    ),
    Broken(
        f"{PREDICT}/exercise.toml",
        SILENT,
        belief("gone-with-the-call"),
        "no wrong answer gets `gone-with-the-call`",
    ),
    Broken(
        f"{PREDICT}/exercise.toml", SILENT, belief("by-value"), "beliefs[0]: a second `by-value`"
    ),
    Broken(
        f"{BUILD}/exercise.toml",
        '[[misconceptions]]\nid = "f',
        belief("by-value").replace("silent", "f"),
        "beliefs: are not for kind 'build'",
    ),
    Broken(f"{BUILD}/solution.py", "x + n", "x - n", "the solution does not pass. Line 1"),
    Broken(f"{BUILD}/starter.py", "    ...", "    return lambda x: x + n", "the starter passes"),
    Broken(f"{BUILD}/wrong/fixed.py", "x + 5", "x + n", "wrong/fixed.py passes"),
    Broken(
        f"{BUILD}/wrong/fixed.py",
        "feedback: fixed-number",
        "feedback: returns-nothing",
        "gets the feedback of `fixed-number`, not that of `returns-nothing`",
    ),
    Broken(
        f"{BUILD}/wrong/nothing.py", "        x + n", "        raise KeyError", "gets no feedback"
    ),
    Broken(f"{PREDICT}/exercise.toml", "done\n", "Done\n", "not what is printed, from line 2 on"),
    Broken(f"{PREDICT}/solution.txt", "done\n", "Done\n", "the solution does not pass. Line 2"),
    Broken(f"{CLASSIFY}/exercise.toml", "\n3\n", "\n4\n", "not what is printed, from line 1 on"),
    Broken(f"{CLASSIFY}/solution.txt", "x free", "x cell", "the solution does not pass. 1 of 2"),
    Broken(f"{BUILD}/exercise.toml", "Let `", "Let" + " it" * 19 + " `", "prompt: line 1 takes 1"),
    Broken(f"{BUILD}/exercise.toml", "Let `", "Let" + "\n" * 8 + "`", "prompt: has 9 lines"),
    Broken(f"{BUILD}/checks.py", "assert", "assert assert", "checks.py: not Python (line 4: "),
    Broken(
        f"{BUILD}/checks.py",
        "def check",
        "x = missing\ndef check",
        "    checks.py, line 1: NameError: name 'missing' is not defined\n0 of 1",
    ),
    Broken(
        f"{BUILD}/solution.py",
        "return add\n",
        "return add)\n",
        "the solution does not pass. solution.py, line 4: The program stopped with `SyntaxError: ",
    ),
    Broken(
        f"{BUILD}/starter.py",
        "    ...",
        "    .",
        "the starter is not Python. starter.py, line 2: The program stopped with `SyntaxError: ",
    ),
    Broken(
        f"{PREDICT}/starter.py",
        "range(2)]",
        "range(2)",
        "    starter.py, line 2: SyntaxError: '[' was never closed\n0 of 1",
    ),
    Broken(
        f"{CLASSIFY}/starter.py",
        "print(fn())",
        "print(fn()())",
        "    starter.py, line 12: TypeError: 'int' object is not callable\n0 of 1",
    ),
    Broken(
        f"{BUILD}/checks.py",
        "    'Each adder adds its own number.'\n",
        "",
        "checks.py: the check `two adders differ` has no docstring; say in its docstring",
    ),
    Broken(f"{BUILD}/checks.py", "'Each adder adds its own number.'", "' '", "has no docstring"),
    Broken(f"{BUILD}/checks.py", "assert learner", "assert not learner", "two adders differ: Not"),
    Broken(
        f"{BUILD}/starter.py", "    ...", "    ...  #" + " x" * 30, "starter.py: line 2 takes 70"
    ),
    Broken(f"{BUILD}/exercise.toml", '[[misconceptions]]\nid = "f', MORE, "answer gets `more`"),
    Broken(
        f"{CLASSIFY}/exercise.toml", "outer.<locals>.", "", "no function `inner`; the functions"
    ),
    Broken(
        f"{CLASSIFY}/exercise.toml", '["x", "y"]', '["x", "z"]', "no name `z`; its names are x, y"
    ),
    Broken(
        f"{BUILD}/checks.py",
        "    make_adder",
        "    assert 'x + n' in learner.source\n    make_adder",
        "an empty file gets the feedback of `fixed-number`; ask for each name",
    ),
    Broken(
        f"{BUILD}/checks.py",
        "learner.function('make_adder')",
        "learner['make_adder']\n    assert learner.is_function(make_adder)",
        "the solution ending in `make_adder = None` gets the feedback of `fixed-number`",
    ),
    Broken(f"{CLASSIFY}/solution.txt", "x free", "x fre", "solution.txt: `x fre` is no label"),
    Broken(f"{CLASSIFY}/wrong/y.txt", "y free", "y: free", "wrong/y.txt: `y: free` is no label"),
    Broken(f"{BUILD}/exercise.toml", ', "Return `add`."', "", "hints: only 1; write at least 2"),
    Broken(
        f"{BUILD}/exercise.toml",
        "makes a cell.",
        "x" * 120,
        "learned: takes 130 columns; say it in",
    ),
    Broken(
        f"{BUILD}/exercise.toml", '"Each call makes', '"Each\\ncall makes', "learned: has several"
    ),
]


LATE_TWICE = """def make():
    made = []
    for i in range(2):
        made.append(lambda: i)
    return made
print('calls:', [f() for f in make()])
print('done')
"""


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("callers-scope", "the belief `callers-scope` prints what Python prints; take it out"),
        ("one-cell-a-def", "the belief `one-cell-a-def` prints what Python prints; take it out"),
    ],
)
def test_a_belief_that_the_program_does_not_tell_apart(
    course: Path, capsys: Printed, name: str, says: str
) -> None:
    (course / PREDICT / "starter.py").write_text(LATE_TWICE, encoding="utf-8")
    replace_in(course / PREDICT / "exercise.toml", SILENT, belief(name))
    status, out = verify(course, capsys)
    assert status == 1
    assert says in out


def test_beliefs_that_print_the_same_line(course: Path, capsys: Printed) -> None:
    counters = next(each for each in PROGRAMS if each.name == "two counters")
    (course / PREDICT / "starter.py").write_text(counters.source, encoding="utf-8")
    table = course / PREDICT / "exercise.toml"
    replace_in(table, SILENT, belief("one-variable-a-name"))
    replace_in(table, SILENT, belief("one-cell-a-def"))
    _, out = verify(course, capsys)
    assert "`one-variable-a-name` and `one-cell-a-def` print the same line 2; keep one" in out


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.says[:30])
def test_a_broken_rule(course: Path, capsys: Printed, broken: Broken) -> None:
    for exercise in {BUILD, PREDICT, CLASSIFY} - {"/".join(broken.file.split("/")[:2])}:
        rmtree(course / exercise)  # each run costs a start of Python
    replace_in(course / broken.file, broken.old, broken.new)
    status, out = verify(course, capsys)
    assert status == 1
    assert broken.says in out


@pytest.mark.parametrize("checks", ["def check_(:\n", f"x = {'-' * 50_000}1", "x = '\0'"])
def test_checks_that_are_not_python_are_one_line(
    course: Path, capsys: Printed, checks: str
) -> None:
    (course / BUILD / "checks.py").write_text(checks)
    status, out = verify(course / BUILD, capsys)
    assert status == 1
    [line] = [line for line in out.splitlines() if "checks.py" in line]
    assert "checks.py: not Python (" in line
    assert len(out.splitlines()) == 2


def test_the_signs_that_were_there_where_a_wrong_answer_got_no_feedback(
    course: Path, capsys: Printed
) -> None:
    replace_in(
        course / BUILD / "exercise.toml", 'check = "two adders differ"', 'error = "KeyError"'
    )
    replace_in(course / CLASSIFY / "wrong/x.txt", "x global", "x cell")
    replace_in(course / BUILD / "wrong/nothing.py", "x + n", "1 / 0")
    status, out = verify(course, capsys)
    assert status == 1
    told = [line.strip() for line in out.splitlines()]
    for sign in (
        'check = "two adders differ", says = "Not the sum."',
        'error = "ZeroDivisionError: division by zero"',
        'label = "x cell"',
    ):
        assert f"a sign that was there: {sign}" in told
    replace_in(course / BUILD / "wrong/nothing.py", "1 / 0", "'a \"b\"'; print('\\x1b')")
    _, out = verify(course, capsys)
    assert r'a sign that was there: line = "\x1b", at = 1' in out
    assert 'a sign that was there: line = "add5(3): None", at = 2' in out


def test_a_name_that_is_asked_for_too_late(course: Path, capsys: Printed) -> None:
    rmtree(course / PREDICT)
    rmtree(course / CLASSIFY)
    replace_in(
        course / BUILD / "checks.py", "    make", "    learner.cells(learner['add5'])\n    make"
    )
    replace_in(course / BUILD / "exercise.toml", 'line = "add5(3): None", at = 1', 'error = "None"')
    status, out = verify(course, capsys)
    assert status == 1
    assert "`make_adder = None` in place of its definition gets the feedback of `returns-n" in out


@pytest.mark.parametrize(
    ("place", "hold"), [("01-first", 2), (BUILD, 1), (f"{BUILD}/../02-late", 1)]
)
def test_a_part_of_a_course(course: Path, capsys: Printed, place: str, hold: int) -> None:
    (course / CLASSIFY / "notes.txt").write_text("x")
    status, out = verify(course / place, capsys)
    assert status == 0
    assert f"{hold} of {hold} hold" in out


def test_a_fault_in_a_part_of_a_course(
    course: Path, capsys: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    (course / BUILD / "explanation.md").unlink()
    monkeypatch.chdir(course / BUILD)
    status, out = verify(Path(), capsys)
    assert status == 1
    assert "explanation.md: the file is missing" in out
    assert "None ran; faults in the files: 1." in out


def test_a_stray_file(course: Path, capsys: Printed) -> None:
    (course / BUILD / "notes.txt").write_text("x")
    status, out = verify(course, capsys)
    assert status == 1
    assert "notes.txt: a stray file" in out
    assert "3 of 3 hold" in out
    assert out.endswith("faults in the files: 1.\n")


def test_several_interpreters_as_json(course: Path, capsys: Printed) -> None:
    replace_in(course / PREDICT / "solution.txt", "done", "Done")
    assert (
        main(["verify", str(course), "--python", "python3", "--python", "python3", "--json"]) == 1
    )
    data = json.loads(capsys.readouterr().out)
    assert (data["passed"], data["faults"]) == (False, [])
    assert [each["exercise"] for each in data["exercises"]] == ["adders", "late", "scopes"] * 2
    assert [len(each["faults"]) for each in data["exercises"]] == [0, 1, 0] * 2
    assert all(each["python"].startswith("3.") for each in data["exercises"])


def test_no_course(tmp_path: Path, capsys: Printed) -> None:
    assert main(["verify", str(tmp_path / "none")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_an_interpreter_that_is_none(course: Path, capsys: Printed) -> None:
    assert main(["verify", str(course), "--python", "false"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
