"""The parent's side of a run (asyncio): start, evaluate, stop; owns the child's life."""

from tutor.session.nursery import PythonUnusable
from tutor.session.session import NoProgram, Session

__all__ = ["NoProgram", "PythonUnusable", "Session"]
