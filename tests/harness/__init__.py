"""What tests of several rooms use: the one room of helpers."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[2]
"""The folder that holds `tutor/`, `content/` and `tests/`."""
