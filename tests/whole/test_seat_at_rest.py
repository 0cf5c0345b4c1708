"""A seat where nobody types: what it gives back, and that it is there again with the next key."""

from __future__ import annotations

import os
from pathlib import Path

from tests.harness.processes import gone_within
from tests.harness.terminal import DEADLINE_SECONDS, Terminal


def test_the_spare_goes_and_comes_back_with_a_key_and_with_a_run(tmp_path: Path) -> None:
    config, area = tmp_path / "config.toml", tmp_path / "area"
    config.write_text("spare_minutes = 0.005\n")
    area.mkdir()
    environment = {"TMPDIR": str(area), "PATH": f"{os.environ['PATH']}:{area}"}
    with Terminal(
        tmp_path, "--config", str(config), columns=120, rows=40, environment=environment
    ) as terminal:
        terminal.wait_for("make_greeter  line 1")
        assert gone_within(DEADLINE_SECONDS, area, but=1), "the app remains"

        terminal.press("ctrl+home", "from math import tau", "enter")
        terminal.wait_for("make_greeter  line 2")
        assert gone_within(DEADLINE_SECONDS, area, but=1)

        terminal.press("f5")
        terminal.wait_for("add5(3): None")
        assert gone_within(DEADLINE_SECONDS, area, but=3), "the program is at its prompt"
        terminal.press("f10")
        assert terminal.wait_until_gone() == 0
    assert gone_within(1.0, area)
