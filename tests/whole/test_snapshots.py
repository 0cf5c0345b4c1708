"""Pictures of the screens, against those that were looked at and kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.harness.scenes import PICTURES_OF, SETTINGS, Setting, app_of, play

pytestmark = pytest.mark.skipif(
    version("textual") != PICTURES_OF, reason=f"the pictures are of Textual {PICTURES_OF}"
)


@pytest.fixture(autouse=True)
def pictures_are_made_on_one_textual(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--snapshot-update", default=False):
        assert version("textual") == PICTURES_OF


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.file_name)
def test_it_looks_as_it_did(
    snap_compare: Callable[..., bool], tmp_path: Path, setting: Setting
) -> None:
    assert snap_compare(
        app_of(setting, tmp_path), terminal_size=setting.size, run_before=partial(play, setting)
    )
