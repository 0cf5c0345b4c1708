"""The tabs of all panes, by the name in their header."""

from __future__ import annotations

from enum import StrEnum


class Tab(StrEnum):
    """What a pane can show."""

    EXERCISES = "Exercises"
    TASK = "Task"
    LESSON = "Lesson"
    CODE = "Your code"
    PREDICTION = "Prediction"
    LABELS = "Labels"
    QUESTIONS = "Questions"
    OUTPUT = "Output"
    CHECKS = "Checks"
    LIST = "list"
    DIAGRAM = "diagram"
    NAMES = "names"
    TIMELINE = "timeline"
    VALUE = "Value"
    HELP = "Help"
    UNIT_END = "End of the unit"
    WELCOME = "Welcome"
    SETTINGS = "Settings"
    SOLUTION = "Solution"
