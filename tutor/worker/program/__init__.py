"""Beside the learner's code, in its process: run it, report, answer at its prompt.

A line here must expect that the program has replaced anything that it can reach.
"""
