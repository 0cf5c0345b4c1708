"""A value in a few words: bounded in depth, length and time.

A line here may read a value; what a learner's `__repr__` says is asked in a fork.
"""
