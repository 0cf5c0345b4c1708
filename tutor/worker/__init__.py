"""Where learner code runs: the child process.

A line here may touch the learner's objects and the standard library; nothing of the tutor but `protocol`.
"""
