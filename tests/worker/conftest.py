"""What the tests of the recorder share."""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.harness.programs import ONLY_HERE, VERSIONS
from tests.harness.recorded_runs import pythons
from tutor.session import Session

HERE = ".".join(map(str, sys.version_info[:2]))


@pytest.fixture(params=(HERE,) if ONLY_HERE in os.environ else VERSIONS)
async def anywhere(request: pytest.FixtureRequest, scratch_area: Path) -> AsyncIterator[Session]:
    """A session on each Python."""
    if request.param not in pythons():
        pytest.skip(f"CPython {request.param} is not here")
    async with Session(pythons()[request.param]) as session:
        yield session
