"""What the tutor is started with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tutor.state.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class AppOptions:
    """What was asked for on the command line when the tutor started; None: nothing."""

    exercise: str | None
    """The id of an exercise that exists."""
    content: Path | None
    state: Path | None
    python: Path | None
    theme: str | None
    mouse: bool
    settings: Settings = field(default_factory=Settings)
    config: Path | None = None
    """The configuration file, if it is not the user's own."""
