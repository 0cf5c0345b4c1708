"""The message of every widget in which an answer is given."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message


@dataclass
class AnswerChanged(Message):
    """The answer is another now; editors post `TextArea.Changed` in its place."""
