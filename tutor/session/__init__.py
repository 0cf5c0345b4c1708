"""The parent's end of a run: start, ask, stop; owns the child's life.

A line here may start processes and read their pipes (asyncio); alone it may know the worker.
"""

from tutor.session.nursery_client import PythonUnusable
from tutor.session.session import NoProgram, Session

__all__ = ["NoProgram", "PythonUnusable", "Session"]
