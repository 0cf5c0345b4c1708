"""What goes to the terminal, in few bytes.

A line here knows characters and styles, of widgets only which has the focus and where its cursor
is, and nothing of the tutor.
"""
