"""What the linter of imports cannot say: who may import what from outside, and how large rooms are."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import tutor

HOUSE = Path(tutor.__file__).parent
TESTS = Path(__file__).parent
FILES = sorted(HOUSE.rglob("*.py"))
MOST_FILES = 13
MOST_LINES = 300
LONG_FOR_A_REASON = "More than 300 lines: "
"""How the docstring of a longer file begins to say why it is one file."""

TOLD_BY_ITS_NAME = re.compile(r"(on|watch|validate|action)_\w+")
"""Methods that Textual calls, named after what they do."""
LEAST_DESCRIBED = 0.95
OF_NAMED_TUPLES = {"_replace", "_make", "_asdict", "_fields"}
INSIDES = re.compile(r"# (Textual 8|Pygments 2)\.x: ")
"""How a comment begins beside what no upgrade of a library promises to keep."""

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def _imported(file: Path) -> Iterator[tuple[str, int]]:
    """The modules that a file imports, and from how many folders up (0: an absolute import)."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((each.name, 0) for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "", node.level


def _is_below(file: Path, *rooms: str) -> bool:
    return file.relative_to(HOUSE).parts[0] in rooms


@pytest.mark.parametrize(
    "file", [each for each in FILES if _is_below(each, "protocol", "worker")], ids=str
)
def test_the_child_imports_the_standard_library_only(file: Path) -> None:
    for module, level in _imported(file):
        assert level or module.partition(".")[0] in sys.stdlib_module_names, module


def test_textual_and_rich_are_seen_in_ui_only() -> None:
    found = {
        file.relative_to(HOUSE).parts[0]
        for file in FILES
        for module, _ in _imported(file)
        if module.partition(".")[0] in ("textual", "rich")
    }
    assert found == {"ui"}


ABOUT_KINDS = ("course/model.py", "grading/kinds/", "ui/answer/kinds.py")
"""Where a kind of exercise may be named: its data, its object, its widget."""


def test_nobody_else_asks_which_kind_an_exercise_is() -> None:
    for file in FILES:
        named = {
            f"{node.value.id}.{node.attr}"
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
            if isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id == "Kind"
        }
        assert not named or str(file.relative_to(HOUSE)).startswith(ABOUT_KINDS), (file, named)


def test_no_room_has_become_a_hall() -> None:
    folders = {file.parent for file in FILES}
    full = {
        str(folder.relative_to(HOUSE)): count
        for folder in folders
        if (count := sum(each.is_file() for each in folder.iterdir())) > MOST_FILES
    }
    assert not full


def test_a_long_file_says_why() -> None:
    for file in FILES:
        text = file.read_text(encoding="utf-8")
        if text.count("\n") > MOST_LINES:
            assert LONG_FOR_A_REASON in (ast.get_docstring(ast.parse(text)) or ""), file


def test_every_room_says_what_it_may_touch() -> None:
    for folder in {file.parent for file in FILES}:
        said = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8")))
        assert said, folder


def _public(body: list[ast.stmt], where: tuple[str, ...]) -> Iterator[tuple[str, Definition]]:
    """The public functions, classes and methods, each with its dotted name."""
    for each in body:
        if isinstance(each, Definition) and not each.name.startswith("_"):
            inner = (*where, each.name)
            yield ".".join(inner), each
            if isinstance(each, ast.ClassDef):
                yield from _public(each.body, inner)


def _goes_without_saying(file: Path, name: str, definition: Definition) -> bool:
    """Whether it overrides what a base describes, or is a stub, a setter or named for Textual."""
    if isinstance(definition, ast.ClassDef):
        return False
    is_stub = ast.unparse(definition.body[-1]) == "..."
    is_setter = any(isinstance(each, ast.Attribute) for each in definition.decorator_list)
    if is_stub or is_setter or TOLD_BY_ITS_NAME.fullmatch(definition.name):
        return True
    *classes, method = name.split(".")
    if not classes:
        return False
    found = import_module(".".join(file.relative_to(HOUSE.parent).with_suffix("").parts))
    for each in classes:
        found = getattr(found, each)
    return any(method in vars(base) for base in found.__mro__[1:])


def test_what_is_public_says_what_it_is() -> None:
    wanting, count = [], 0
    for file in FILES:
        for name, definition in _public(ast.parse(file.read_text(encoding="utf-8")).body, ()):
            described = ast.get_docstring(definition)
            if described or not _goes_without_saying(file, name, definition):
                count += 1
                wanting += [] if described else [f"{file.relative_to(HOUSE)}: {name}"]
    assert len(wanting) <= (1 - LEAST_DESCRIBED) * count, wanting


def _of_others(tree: ast.Module) -> Iterator[ast.Attribute | ast.ImportFrom]:
    """Where a file uses a name with an underscore that it does not define itself."""
    nodes = [*ast.walk(tree)]
    own = OF_NAMED_TUPLES | {each.name for each in nodes if isinstance(each, Definition)}
    own |= {each.id for each in nodes if isinstance(each, ast.Name)}
    own |= {
        each.attr
        for each in nodes
        if isinstance(each, ast.Attribute) and isinstance(each.ctx, ast.Store)
    }
    for each in nodes:
        if isinstance(each, ast.ImportFrom) and "._" in (each.module or ""):
            yield each
        if (
            isinstance(each, ast.Attribute)
            and re.match("_[a-z]", each.attr)
            and each.attr not in own
        ):
            yield each


def test_what_leans_on_the_insides_of_a_library_says_so() -> None:
    silent = []
    for file in (each for each in FILES if _is_below(each, "ui")):
        text = file.read_text(encoding="utf-8")
        tree, lines = ast.parse(text), text.splitlines()
        functions = [each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)]
        for use in _of_others(tree):
            around = [
                each for each in functions if each.lineno <= use.lineno <= (each.end_lineno or 0)
            ]
            first, last = use.lineno - 1, use.lineno
            if around:
                first, last = around[-1].lineno, around[-1].end_lineno or last
            if not INSIDES.search("\n".join(lines[first - 1 : last])):
                silent.append(f"{file.relative_to(HOUSE)}:{use.lineno}")
    assert not silent


def test_tests_share_what_is_in_the_harness_and_nothing_else() -> None:
    for file in TESTS.rglob("*.py"):
        shared = ["harness"]
        if "benchmarks" in file.parts:
            shared.append("benchmarks")
        for module, level in _imported(file):
            assert not level, file
            if module.startswith("tests."):
                assert module.split(".")[1] in shared, file


def test_what_tests_share_says_what_it_is_for() -> None:
    for file in (*TESTS.rglob("conftest.py"), *TESTS.joinpath("harness").glob("*.py")):
        assert ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))), file
