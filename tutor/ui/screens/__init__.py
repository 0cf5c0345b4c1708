"""The screens: which panes there are, and what each key does in them.

A line here may know every pane; no pane knows its screen.
"""
