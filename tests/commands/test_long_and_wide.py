"""What `inspect` prints keeps its columns, whatever names and values a program has."""

from __future__ import annotations

from pathlib import Path

import pytest

from tutor.cli import main
from tutor.text import columns

Printed = pytest.CaptureFixture[str]

# As numpy and pandas print them.
ARRAY = "array([[1, 2],\\n       [3, 4]])"
FRAME = "   a  b\\n0  1  2\\n1  3  4"
PROGRAM = f"""
class ndarray:
    def __repr__(self): return "{ARRAY}"
class DataFrame:
    def __repr__(self): return "{FRAME}"
def make():
    a, frames, 漢字, e\u0301e = ndarray(), [DataFrame()], 1, 2
    {"n" * 5_000} = 3
    def use(): return a, frames, 漢字, e\u0301e, {"n" * 5_000}
    return use
use = make()
{"x" * 5_000} = make()
class {"K" * 5_000}: pass
held = (lambda k: lambda: k)({"K" * 5_000}())
flood = (lambda s: lambda: s)("a" + "\u0301" * 50)
"""


@pytest.fixture
def lines(tmp_path: Path, capsys: Printed) -> list[str]:
    file = tmp_path / "program.py"
    file.write_text(PROGRAM, encoding="utf-8")
    assert main(["inspect", str(file)]) == 0
    return capsys.readouterr().out.splitlines()


def test_a_value_of_several_lines_is_one_row(lines: list[str]) -> None:
    rows = [line for line in lines if line.startswith("  a ")]
    assert rows
    assert all(row.endswith(r"  ndarray  array([[1, 2],\n       [3, 4]])") for row in rows)
    assert any(r"[   a  b\n0  1  2\n1  3  4]" in line for line in lines)


def test_labels_stand_under_each_other(lines: list[str]) -> None:
    heading = lines.index(next(line for line in lines if line.startswith("use   ")))
    rows = lines[heading + 1 : heading + 6]
    starts = {
        columns(row[: row.index(f"  {label}  ")]) for row, label in zip(rows, "ABCDE", strict=True)
    }
    assert len(starts) == 1


def test_what_stands_beside_a_long_name_is_in_sight(lines: list[str]) -> None:
    assert max(map(columns, lines)) < 500
    assert any(line.startswith("xxx") and line.endswith("   use, line 9") for line in lines)
    assert any(line.startswith("  k  ") and "KKK…" in line for line in lines)


def test_of_a_flood_of_marks_a_few_are_left(lines: list[str]) -> None:
    assert any("(+46 marks)" in line for line in lines)
    assert not any("\u0301" * 5 in line for line in lines)
