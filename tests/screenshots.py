"""Make the pictures in `screenshots/` from the running tutor: `python -m tests.screenshots`."""

from __future__ import annotations

import asyncio
import os
import tempfile
from pathlib import Path

from tests.harness import ROOT
from tests.harness.scenes import SETTINGS, Setting, app_of, play

FOLDER = ROOT / "screenshots"


async def picture(setting: Setting, state: Path) -> None:
    """Play a scene and save what is then on the screen."""
    app = app_of(setting, state)
    async with app.run_test(size=setting.size) as pilot:
        await play(setting, pilot)
        app.save_screenshot(f"{setting.file_name}.svg", str(FOLDER))


def main() -> None:
    """Make them all anew."""
    os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
    os.environ.pop("NO_COLOR", None)
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.svg"):
        old.unlink()
    for setting in SETTINGS:
        with tempfile.TemporaryDirectory() as state:
            asyncio.run(picture(setting, Path(state)))


if __name__ == "__main__":
    main()
