"""What the linter of imports cannot say: who may import what from outside, and how large rooms are."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
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
