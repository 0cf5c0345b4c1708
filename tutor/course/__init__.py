"""What is taught: a folder of content becomes a Course.

A line here may read files of a course; it knows no screen, no process and no learner.
"""
