"""The processes above a run: the nursery, and the supervisor that it forks.

No learner code ever runs here, so all of the interpreter can be trusted.
"""
