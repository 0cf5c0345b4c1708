"""Answers that are given in rows: a row for each thing that is asked.

A line here may show what is right beside an answer; it runs nothing.
"""
