"""Where the recorder hears from: what it asks of `monitoring` and `tracing` alike."""

from __future__ import annotations

from types import CodeType, FrameType
from typing import Protocol

from .plan import Plan


class Source(Protocol):
    """Tells the recorder what learner code does, instruction by instruction."""

    def follow(self, code: CodeType, plan: Plan) -> None:
        """Tell of what the code does from now on."""

    def start(self) -> None:
        """Begin, or begin again."""

    def stop(self) -> None:
        """Tell of nothing any more."""

    def follow_lines(self, wanted: bool) -> None:
        """Tell also of every line, return and yield, or no longer."""

    def causes(self, caller: FrameType) -> bool:
        """Whether it is itself behind an audit event of `audit.SELF_TRACING`."""
