"""Pictures of what reaches a terminal of sixteen colours, one without colour and one of ASCII only.

Only the driver makes these what they are, so they are drawn from the bytes that it sends.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import __version__

from tests.harness.scenes import PICTURES_OF
from tests.harness.terminal import Terminal
from tests.harness.terminal_picture import svg
from tutor.course.loader import content_folder, load
from tutor.state.progress import Progress

FOLDER = Path(__file__).parent / "terminal_pictures"
"""Not beside the snapshots: whoever makes those anew removes there what it does not know."""
EXERCISE = "closure-bank-account"
TERMINALS = {
    "sixteen-colours": {"TERM": "linux"},
    "no-colour": {"TERM": "xterm-256color", "NO_COLOR": "1"},
    "ascii": {"TERM": "xterm-256color", "LANG": "C"},
}


@pytest.mark.skipif(__version__ != PICTURES_OF, reason=f"the pictures are of Textual {PICTURES_OF}")
@pytest.mark.parametrize("name", TERMINALS)
def test_it_comes_to_look_as_it_did(
    tmp_path: Path, request: pytest.FixtureRequest, name: str
) -> None:
    course, _ = load(content_folder())
    exercise = course.exercise(EXERCISE)
    assert exercise
    Progress.open(tmp_path).save_draft(EXERCISE, exercise.solution)
    arguments = (EXERCISE, "--state", str(tmp_path), "--no-mouse")
    kept = FOLDER / f"{name}-80x24.svg"
    with Terminal(tmp_path, *arguments, environment=TERMINALS[name]) as terminal:
        terminal.wait_for(exercise.title)
        terminal.press("f5")
        terminal.wait_for("Passed")
        terminal.press("f6", "f6", "right")
        if request.config.getoption("--snapshot-update"):
            terminal.settle(3.0)
            FOLDER.mkdir(exist_ok=True)
            kept.write_text(svg(terminal.screen, name), encoding="utf-8")
        picture = kept.read_text(encoding="utf-8")
        terminal.wait_for(lambda _: svg(terminal.screen, name) == picture, f"the picture of {name}")
