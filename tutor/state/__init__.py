"""What is kept of a learner, and what a learner has set.

A line here may read and write files of the learner; it knows no screen and no process.
"""
