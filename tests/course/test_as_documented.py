"""What the README shows of `exercise.toml` is read as it stands there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from textwrap import dedent

import msgspec
import pytest

from tutor.course.tables import ExerciseTable

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
SECTION = README.partition("## Writing an exercise")[2].partition("\n## ")[0]
BLOCKS = [dedent(block) for block in re.findall(r"```toml\n(.*?)```", SECTION, re.S)]
TYPES = {field.encode_name: field.type for field in msgspec.structs.fields(ExerciseTable)}


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.split("\n")[0])
def test_what_is_shown_is_read(block: str) -> None:
    for key, value in tomllib.loads(block).items():
        msgspec.convert(value, TYPES[key])


def test_looks_tries_and_editions_are_shown() -> None:
    shown = {key for block in BLOCKS for key in tomllib.loads(block)}
    assert shown >= {"look", "try", "expected"}
    assert {"cells", "timeline", "names"} <= {
        look["at"] for block in BLOCKS for look in tomllib.loads(block).get("look", [])
    }
