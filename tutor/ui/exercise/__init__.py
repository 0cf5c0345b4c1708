"""The exercise in view: the tree, the task, the title row, the state of the course.

A line here may read the course and the learner's state.
"""
