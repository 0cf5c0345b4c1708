"""Each fault of an author is one clear line, and costs no more than its own exercise."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.harness.small_course import BUILD, CLASSIFY, PREDICT, replace_in, write_course
from tutor.course.checks_file import checks_of
from tutor.course.loader import ContentError, content_folder, load
from tutor.course.model import CheckSpec, Classify, Difficulty, Kind, Misconception, When

IDS = ["adders", "late", "scopes"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_course(tmp_path / "content")


def ids(folder: Path) -> list[str]:
    return [exercise.id for exercise in load(folder)[0].exercises]


def only_fault(folder: Path) -> ContentError:
    """The fault, which must be the only one and one line."""
    faults = load(folder)[1]
    assert len(faults) == 1, "\n".join(map(str, faults))
    assert "\n" not in str(faults[0])
    assert str(faults[0].file) in str(faults[0])
    assert faults[0].mend
    return faults[0]


def test_a_sound_course(folder: Path) -> None:
    course, faults = load(folder)
    assert faults == ()
    assert [(unit.id, unit.number, unit.title) for unit in course.units] == [
        ("first", 1, "First"),
        ("second", 2, "Second"),
    ]
    assert ids(folder) == IDS
    adders, late, scopes = course.exercises
    assert adders.check_specs == (
        CheckSpec("two adders differ", "Each adder adds its own number."),
    )
    assert late.check_specs == scopes.check_specs == ()
    assert (adders.kind, adders.difficulty, adders.number) == (Kind.BUILD, Difficulty.EASY, 1)
    assert adders.hints == ("Return a function.", "Return `add`.")
    assert adders.expected == "add5(3): 8\n"
    assert adders.checks
    assert adders.misconceptions[0] == Misconception(
        "returns-nothing",
        When(line="add5(3): None", at=1),
        "The inner function must return.",
    )
    assert [(w.path.name, w.misconception) for w in adders.wrong_answers] == [
        ("fixed.py", "fixed-number"),
        ("nothing.py", "returns-nothing"),
    ]
    assert adders.wrong_answers[0].text.startswith("# feedback: fixed-number\n")
    assert late.wrong_answers[0].text == "calls: [0, 1]\ndone\n"
    assert late.checks is None
    assert scopes.classify == Classify("outer.<locals>.inner", ("x", "y"))
    assert course.unit_of(scopes).lesson == "# Second\n"
    assert course.exercise("late") is late


@dataclass(frozen=True)
class Broken:
    """A place that is changed, and what must be told of it."""

    file: str
    old: str
    new: str
    key: str | None
    says: str


BROKEN = [
    Broken("exercise.toml", 'title = "Adders"', "title = ", None, "line 1"),
    Broken("exercise.toml", 'title = "Adders"', "title = 3", "title", "expected text"),
    Broken("exercise.toml", 'title = "Adders"', 'title = " "', "title", "empty"),
    Broken("exercise.toml", 'title = "Adders"\n', "", "title", "missing"),
    Broken("exercise.toml", "hints =", "hint =", "hint", "did you mean `hints`"),
    Broken("exercise.toml", "title =", "kindness = 1\ntitle =", "kindness", "unknown key"),
    Broken("exercise.toml", '"build"', '"built"', "kind", "one of 'predict'"),
    Broken("exercise.toml", '"build"', '"scratch"', "kind", "asks nothing"),
    Broken("exercise.toml", '"easy"', '"simple"', "difficulty", "'medium'"),
    Broken("exercise.toml", ', "Return `add`."', "", "hints", "only 1"),
    Broken("exercise.toml", '"Return `add`."', '" "', "hints", "a hint is empty"),
    Broken("exercise.toml", 'learned = "Each call', 'learnt = "Each call', "learnt", "`learned`"),
    Broken("exercise.toml", '"Each call makes a cell."', '" "', "learned", "empty"),
    Broken("exercise.toml", ", at = 1", ", at = 0", "misconceptions[0].when.at", ">= 1"),
    Broken("exercise.toml", ", at = 1", ", say = 1", "misconceptions[0].when", "`say`"),
    Broken(
        "exercise.toml", '{ check = "two adders differ" }', "{}", "misconceptions[1].when", "sign"
    ),
    Broken("exercise.toml", '"two adders differ"', '"x"', "misconceptions[1].when.check", "two ad"),
    Broken(
        "exercise.toml", '{ check = "two adders differ" }', "[]", "misconceptions[1].when", "signs"
    ),
    Broken(
        "exercise.toml",
        '{ check = "two adders differ" }',
        "3",
        "misconceptions[1].when",
        "a table or a list, got a number",
    ),
    Broken(
        "exercise.toml",
        '{ check = "two adders differ" }',
        '[{ error = "x" }, { check = "x" }]',
        "misconceptions[1].when[1].check",
        "two adders differ",
    ),
    Broken(
        "exercise.toml",
        '{ check = "two adders differ" }',
        '{ error = "x", unless = { check = "x" } }',
        "misconceptions[1].when.unless.check",
        "two adders differ",
    ),
    Broken(
        "exercise.toml",
        '{ check = "two adders differ" }',
        '{ error = "x", unless = [{ at = 1 }, {}] }',
        "misconceptions[1].when.unless[1]",
        "holds no sign",
    ),
    Broken(
        "exercise.toml",
        '{ check = "two adders differ" }',
        "{ unless = { at = 1 } }",
        "misconceptions[1].when",
        "holds no sign",
    ),
    Broken(
        "exercise.toml",
        '{ check = "two adders differ" }',
        '{ error = "x", says = "x" }',
        "misconceptions[1].when.says",
        "needs `check`",
    ),
    Broken(
        "exercise.toml",
        '{ check = "two adders differ" }',
        '{ error = "x", within = "f" }',
        "misconceptions[1].when.within",
        "needs `code`",
    ),
    Broken(
        "exercise.toml",
        '{ check = "two adders differ" }',
        '{ code = " # x" }',
        "misconceptions[1].when.code",
        "holds no code",
    ),
    Broken(
        "exercise.toml",
        "[[misc",
        "[[equivalents]]\nmutant = 'add: x -> y'\nreason = ' '\n[[misc",
        "equivalents[0].reason",
        "why it is right",
    ),
    Broken(
        "exercise.toml",
        "[[misc",
        "[[equivalents]]\nmutant = 'add: x -> y'\n[[misc",
        "equivalents[0]",
        "`reason`",
    ),
    Broken(
        "exercise.toml",
        'line = "add5(3): None"',
        'label = "x loc"',
        "misconceptions[0].when.label",
        "x loc",
    ),
    Broken(
        "exercise.toml", '"fixed-number"', '"returns-nothing"', "misconceptions[1].id", "second"
    ),
    Broken("exercise.toml", '"fixed-number"', '"fixed number"', "misconceptions[1].id", "hyphens"),
    Broken(
        "exercise.toml", '"Every adder adds five."', '""', "misconceptions[1].feedback", "empty"
    ),
    Broken(
        "exercise.toml",
        "[[misc",
        "[classify]\nfunction = 'f'\nnames = ['x']\n[[misc",
        "classify",
        "'build'",
    ),
    Broken("checks.py", "def check_", "def test_", None, "holds no check"),
    Broken("wrong/fixed.py", "# feedback: fixed-number", "# wrong", None, "no feedback"),
    Broken("wrong/fixed.py", "fixed-number", "fixed", None, "no misconception or belief `fixed`"),
]


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: f"{broken.key}:{broken.new[:12]}")
def test_a_fault_is_told_and_costs_its_exercise_only(folder: Path, broken: Broken) -> None:
    file = folder / BUILD / broken.file
    text = file.read_text()
    assert broken.old in text
    file.write_text(text.replace(broken.old, broken.new, 1))
    faults = load(folder)[1]
    assert ids(folder) == ["late", "scopes"]
    fault = next(fault for fault in faults if broken.says in str(fault))
    assert (fault.file, fault.key) == (file, broken.key)
    assert "\n" not in str(fault)


@pytest.mark.parametrize(
    ("place", "says"), [("01-first", "a unit, not a course"), (BUILD, "an exercise, not a course")]
)
def test_a_part_of_a_course_is_one_fault(folder: Path, place: str, says: str) -> None:
    fault = only_fault(folder / place)
    assert says in str(fault)
    assert str(folder) in fault.mend


@pytest.mark.parametrize(
    "name",
    ["exercise.toml", "starter.py", "solution.py", "checks.py", "explanation.md"],
)
@pytest.mark.parametrize("how", ["missing", "empty", "not UTF-8", "folder"])
def test_a_file_that_is_not_there_or_not_text(folder: Path, name: str, how: str) -> None:
    file = folder / BUILD / name
    file.unlink()
    if how == "empty":
        file.write_text("\n")
    elif how == "not UTF-8":
        file.write_bytes(b"x = '\xff'\n")
    elif how == "folder":
        file.mkdir()
    faults = load(folder)[1]
    assert {fault.file for fault in faults if fault.key is None} <= {file}
    assert {fault.file for fault in faults} == {file} or name == "checks.py"
    assert ids(folder) == ["late", "scopes"]


def test_all_faults_of_a_file_are_told_at_once(folder: Path) -> None:
    file = folder / BUILD / "exercise.toml"
    file.write_text('title = 1\nkind = "x"\nfoo = 1\n')
    keys = [fault.key for fault in load(folder)[1]]
    assert sorted(filter(None, keys)) == [
        "difficulty",
        "expected",
        "foo",
        "hints",
        "kind",
        "learned",
        "prompt",
        "title",
    ]


def test_classify_needs_names(folder: Path) -> None:
    replace_in(folder / CLASSIFY / "exercise.toml", 'names = ["x", "y"]', "names = []")
    assert only_fault(folder).key == "classify"


@pytest.mark.parametrize("name", ["starter.py~", "notes.md", "solution.txt", "old"])
def test_a_stray_file_is_told_and_costs_nothing(folder: Path, name: str) -> None:
    (folder / BUILD / name).write_text("x")
    assert only_fault(folder).what == "a stray file"
    assert ids(folder) == IDS


@pytest.mark.parametrize("place", ["", "01-first", f"{BUILD}/wrong"])
def test_a_stray_file_anywhere(folder: Path, place: str) -> None:
    (folder / place / "notes.md").write_text("x")
    assert only_fault(folder).file == folder / place / "notes.md"
    assert ids(folder) == IDS


def test_hidden_and_compiled_files_are_not_stray(folder: Path) -> None:
    (folder / BUILD / ".solution.py.swp").write_text("x")
    (folder / BUILD / "__pycache__").mkdir()
    (folder / ".git").mkdir()
    assert load(folder)[1] == ()


def test_a_code_answer_in_a_prediction(folder: Path) -> None:
    (folder / PREDICT / "checks.py").write_text("def check_x(learner): ...\n")
    assert only_fault(folder).file.name == "checks.py"


def test_one_wrong_answer_is_too_few(folder: Path) -> None:
    (folder / BUILD / "wrong/fixed.py").unlink()
    assert "wrong answers: 1; write at least 2" in str(only_fault(folder))
    assert ids(folder) == ["late", "scopes"]


def test_no_wrong_answers_at_all(folder: Path) -> None:
    for path in (folder / BUILD / "wrong").iterdir():
        path.unlink()
    (folder / BUILD / "wrong").rmdir()
    assert "wrong answers: 0" in str(only_fault(folder))


def test_a_name_is_given_once(folder: Path) -> None:
    os.rename(folder / CLASSIFY, folder / "02-second/01-late")
    assert "has the name of" in only_fault(folder).what
    assert ids(folder) == ["adders", "late"]


def test_a_number_is_given_once(folder: Path) -> None:
    os.rename(folder / PREDICT, folder / "01-first/01-late")
    assert only_fault(folder).what == "has the number of 01-adders"
    assert ids(folder) == ["adders", "scopes"]


@pytest.mark.parametrize("name", ["late", "01_late", "01-Late", "x-late"])
def test_folders_are_numbered(folder: Path, name: str) -> None:
    os.rename(folder / PREDICT, folder / "01-first" / name)
    assert "01-first-steps" in str(only_fault(folder))


@pytest.mark.parametrize("name", ["unit.toml", "lesson.md"])
def test_a_unit_keeps_its_exercises_whatever_its_own_files(folder: Path, name: str) -> None:
    (folder / "01-first" / name).unlink()
    assert only_fault(folder).file == folder / "01-first" / name
    assert ids(folder) == IDS


def test_exercises_stand_in_the_order_of_their_numbers(folder: Path) -> None:
    os.rename(folder / BUILD, folder / "01-first/10-adders")
    assert ids(folder) == ["late", "adders", "scopes"]


def test_a_byte_order_mark_and_windows_lines_are_no_fault(folder: Path) -> None:
    for name in ("exercise.toml", "starter.py", "wrong/fixed.py"):
        file = folder / BUILD / name
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    course, faults = load(folder)
    assert faults == ()
    assert "\r" not in course.exercises[0].starter
    assert course.exercises[0].starter.startswith("def ")


def test_no_folder(tmp_path: Path) -> None:
    course, faults = load(tmp_path / "none")
    assert course.units == ()
    assert [fault.file for fault in faults] == [tmp_path / "none"]


def test_an_empty_folder(tmp_path: Path) -> None:
    assert load(tmp_path)[0].units == ()
    assert only_fault(tmp_path).what == "there is no unit"


def test_a_path_cannot_write_to_the_terminal(folder: Path) -> None:
    (folder / "\x1b[2J\n").write_text("x")
    assert "\x1b" not in str(load(folder)[1][0])
    assert "\n" not in str(load(folder)[1][0])


def test_the_tutors_own_course_is_found() -> None:
    assert content_folder().is_dir()


@pytest.mark.parametrize(
    ("source", "specs"),
    [
        ("", ()),
        ("def check_it(learner): ...", (CheckSpec("it", ""),)),
        (
            "def check_b_b(learner):\n    '''It\n    holds.\n\n    Twice.'''\n"
            "def help(): ...\ncheck_c = 1\n"
            "def check_a(learner):\n    'Holds.'\n"
            "class A:\n    def check_d(learner): ...\n",
            (CheckSpec("b b", "It holds. Twice."), CheckSpec("a", "Holds.")),
        ),
        ("def check_it(learner) ...", ()),
        ("\0", ()),
    ],
)
def test_the_checks_of_a_file(source: str, specs: tuple[CheckSpec, ...]) -> None:
    assert checks_of(Path("checks.py"), source, []) == specs
