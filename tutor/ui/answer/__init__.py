"""Where the learner answers and sees what came of it.

A line here may show verdicts and cells beside an answer; it runs nothing.
"""
