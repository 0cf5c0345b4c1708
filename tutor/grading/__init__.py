"""What an answer is worth: answer and transcript become a Verdict.

A line here computes; it reads no file, runs nothing and shows nothing.
"""
