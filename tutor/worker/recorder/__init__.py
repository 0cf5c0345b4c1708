"""What changed in the cells, in order, while the program runs.

A line here runs amid learner code: it may read memory and count, and call nothing of the program.
"""
