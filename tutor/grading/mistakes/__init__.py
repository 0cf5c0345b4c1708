"""Which known mistake or belief an attempt shows, and what is said of it.

A line here reads what the grading found; it grades nothing itself.
"""
