"""What goes to the terminal, in few bytes.

A line here knows characters and styles, and neither widgets nor the tutor.
"""
