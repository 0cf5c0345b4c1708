"""What the tests of the recorder share."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tutor.session import Session

from .looking import VERSIONS
from .runs import pythons


@pytest.fixture(params=VERSIONS)
async def anywhere(request: pytest.FixtureRequest, scratch_area: Path) -> AsyncIterator[Session]:
    """A session on each Python."""
    if request.param not in pythons():
        pytest.skip(f"CPython {request.param} is not here")
    async with Session(pythons()[request.param]) as session:
        yield session
